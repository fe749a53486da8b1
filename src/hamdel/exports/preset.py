"""What a file of `hamdel.exports.presets` says of the program whose exports it reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from hamdel.exports.conversation import Flat

__all__ = ["Conversations", "Expand", "Reviews"]

Expand = Callable[[Mapping[str, Any]], Iterator[Flat]]


@dataclass(frozen=True, slots=True)
class Conversations:
    """A program whose exports are conversations in JSON.

    Attributes:
        fits: whether an object can only come from it.
        expand: the rows of one conversation.
        key: what tells the conversation of a single message, for exports that list messages; None for an object that is
            a conversation.
        by_team: ``expand`` for exports in which agents are known by name only: it also takes the names or ids of those
            who answer. None where the export itself tells.
    """

    fits: Callable[[Mapping[str, Any]], bool]
    expand: Expand
    key: Callable[[Mapping[str, Any]], Any] | None = None
    by_team: Callable[[Mapping[str, Any], frozenset[str]], Iterator[Flat]] | None = None


@dataclass(frozen=True, slots=True)
class Reviews:
    """A program whose exports are tables of reviews, some of which were answered.

    Attributes:
        columns: what the headings are of ``reply`` and ``message``, by which it is known, and of other roles.
    """

    columns: Mapping[str, str]
