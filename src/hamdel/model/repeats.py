"""What a team's replies repeat, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hamdel.model.measures import Share

__all__ = ["Approximate", "Cluster", "Clusters", "Formula", "Variant"]


@dataclass(frozen=True, slots=True)
class Variant:
    """Another text of a cluster, as pieces of words: ``same``, ``old`` (only in the first text) or ``new``."""

    pieces: tuple[tuple[str, str], ...]
    size: int


@dataclass(frozen=True, slots=True)
class Cluster:
    """Replies, or sentences of replies, that are near copies of each other.

    Attributes:
        sentence: whether it is one of sentences.
        size: in how many replies it is.
        texts: how many different masked texts these have.
        agents: who sent them, by name.
        first, last: when, in Iran's time; None when no time is known.
        text: the most frequent one, as the first of its replies has it, personal data masked.
        variants: other texts, the most frequent first.
    """

    sentence: bool
    size: int
    texts: int
    agents: tuple[str, ...]
    first: date | None
    last: date | None
    text: str
    variants: tuple[Variant, ...] = ()


@dataclass(frozen=True, slots=True)
class Approximate:
    """Near copies among the texts that weren't all compared: each is one, but some weren't found.

    Attributes:
        distinct, compared: how many such texts there are, and how many of them were looked at.
        copies: of the replies with one that was looked at, the share that has it, or nearly, in common with another.
        found: how many clusters they make, also with texts that were all compared.
        largest: the largest ones.
    """

    distinct: int
    compared: int
    copies: Share
    found: int
    largest: tuple[Cluster, ...]


@dataclass(frozen=True, slots=True)
class Clusters:
    """Near copies.

    Attributes:
        cutoff: how alike two texts are at least (rapidfuzz's ``fuzz.ratio``).
        copies: the share of the replies that are long enough which are in a cluster.
        replies, sentences: the largest clusters, the largest first.
        found: how many clusters there are of each kind, those that aren't listed too.
        distinct, compared: how many different texts there are of each kind, and how many of them were compared: the
            most frequent ones, for comparing takes time with the square of their number.
        approximate: what was found of each kind among the others; None when there are none.
    """

    cutoff: float
    copies: Share
    replies: tuple[Cluster, ...]
    sentences: tuple[Cluster, ...]
    found: tuple[int, int]
    distinct: tuple[int, int]
    compared: tuple[int, int]
    approximate: tuple[Approximate | None, Approximate | None] = (None, None)


@dataclass(frozen=True, slots=True)
class Formula:
    """How often replies open, or close, with one text.

    Attributes:
        text: as the most of these replies have it.
        share: of all replies that have an opening, or a closing.
        agents: how many agents use it.
    """

    text: str
    share: Share
    agents: int
