"""What chat programs write in place of a message, or behind it."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from rapidfuzz import fuzz

from hamdel.exports.conversation import Left, Part, Said
from hamdel.language.sets import entries

__all__ = ["chat_phrases", "without_edit_mark", "without_versions"]

_EDITABLE = 15 * 60 * 1000  # milliseconds within which Instagram lets a message be edited
_BEFORE = 10  # messages back in which the version before an edit is looked for
_ALIKE = 50  # per cent

_ENDING = re.compile("\\s?[\u200e\u200f]?[<(]\\s?([^<>()\n]{3,60}?)\\.?\\s?[>)][\u200e\u200f]?\\s*\\Z")


@cache
def chat_phrases(name: str) -> frozenset[str]:
    """Return a set of phrases.

    Args:
        name: of a list in ``exports.chats``.
    """
    return frozenset(entries(f"exports.chats.{name}"))


def _edit_mark(text: str) -> int | None:
    """Return where the mark of an edited message begins; None when there is none."""
    found = _ENDING.search(text, max(0, len(text) - 100))
    return found.start() if found and found[1].strip("\u200e\u200f ") in chat_phrases("edited") else None


def without_edit_mark(text: str) -> str:
    """Return a message as its writer left it."""
    place = _edit_mark(text)
    return text if place is None else text[:place]


def without_versions(messages: Iterable[Said]) -> Iterator[Said]:
    """Yield messages; of one that was edited, which is exported twice, the first version is left out.

    Args:
        messages: in the order of time, which is in milliseconds.
    """
    waiting: deque[Said] = deque()
    for message in messages:
        said = message
        if isinstance(said, Part) and _edit_mark(said.text) is not None:
            said = replace(said, text=without_edit_mark(said.text))
            _drop_version(waiting, said)
        waiting.append(said)
        if len(waiting) > _BEFORE:
            yield waiting.popleft()
    yield from waiting


def _drop_version(waiting: deque[Said], edited: Part) -> None:
    """Leave out the version before an edit, if it is there."""
    likeness = [_likeness(one, edited) for one in waiting]
    best = max(likeness, default=0.0)
    if best >= _ALIKE:
        waiting[len(likeness) - 1 - likeness[::-1].index(best)] = Left.EDITED


def _likeness(one: Said, edited: Part) -> float:
    """How alike an edited message and one that may be its first version are, in per cent."""
    if not isinstance(one, Part) or one.author != edited.author:
        return 0.0
    times = (one.time, edited.time)
    if all(isinstance(time, (int, float)) for time in times) and abs(times[0] - times[1]) > _EDITABLE:
        return 0.0
    return fuzz.ratio(one.text, edited.text)
