"""Find the earlier reply that a draft is nearest to.

`PastReplies` is what a check sees; `InMemoryReplies` compares with every reply, an indexed archive with few,
and both must give the same answer. Source: catalogue, repetition/near-copy; the verdict is rapidfuzz's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from hamdel.archive.mask import mask, mask_with_offsets

__all__ = ["InMemoryReplies", "Match", "PastReplies", "copied_spans"]

_SHORTEST_COPY = 12  # masked characters; shorter agreement is chance
_BRIDGE = 3  # masked characters between two copied stretches that don't part them


@dataclass(frozen=True, slots=True)
class Match:
    """The earlier reply that a draft is nearest to.

    Attributes:
        score: 0 to 100, ``rapidfuzz.fuzz.ratio`` of the masked texts.
        index: the reply's place among the earlier replies.
        text: the earlier reply, raw.
        spans: ``(start, end)`` of the copied parts in the raw draft, in order.
    """

    score: float
    index: int
    text: str
    spans: tuple[tuple[int, int], ...]


class PastReplies(Protocol):
    """Earlier replies to compare drafts with."""

    def nearest(self, draft: str, cutoff: float) -> Match | None:
        """Return the reply with the highest score of at least ``cutoff``, the first one of several.

        Args:
            draft: the raw draft.
            cutoff: 0 to 100.
        """
        ...

    def latest(self, count: int) -> Sequence[str]:
        """Return the last ``count`` replies, raw, oldest first; fewer when there are fewer."""
        ...


class InMemoryReplies:
    """Earlier replies in a list; compares with each distinct masked text. For some 100,000 replies.

    Args:
        replies: raw, oldest first.
    """

    def __init__(self, replies: Sequence[str]) -> None:
        self._replies = replies
        first: dict[str, int] = {}
        for index, reply in enumerate(replies):
            first.setdefault(mask(reply), index)
        first.pop("", None)  # nothing but courtesy: no reply of its own
        self._masked = list(first)
        self._indexes = list(first.values())

    def nearest(self, draft: str, cutoff: float) -> Match | None:
        """Return the reply nearest to ``draft``; see `PastReplies.nearest`."""
        from rapidfuzz import fuzz, process  # few drafts come with earlier replies

        masked = mask(draft)
        if not masked:
            return None
        best = process.extractOne(masked, self._masked, scorer=fuzz.ratio, score_cutoff=cutoff)
        if best is None:
            return None
        past, score, place = best
        index = self._indexes[place]
        return Match(score, index, self._replies[index], copied_spans(draft, past))

    def latest(self, count: int) -> Sequence[str]:
        """Return the last replies; see `PastReplies.latest`."""
        return self._replies[-count:] if count > 0 else ()


def copied_spans(draft: str, past: str) -> tuple[tuple[int, int], ...]:
    """Return where a raw draft says the same as an earlier reply.

    Args:
        draft: the raw draft.
        past: the earlier reply, masked.
    """
    from rapidfuzz.distance import Indel

    masked = mask_with_offsets(draft)
    stretches: list[list[int]] = []
    for step in Indel.opcodes(masked.text, past):
        if step.tag != "equal":
            continue
        if stretches and step.src_start - stretches[-1][1] <= _BRIDGE:
            stretches[-1][1] = step.src_end
        else:
            stretches.append([step.src_start, step.src_end])
    whole = (_whole_words(masked.text, start, end) for start, end in stretches)
    shortest = min(_SHORTEST_COPY, len(masked.text))
    spans = (masked.raw_span(start, end) for start, end in whole if end - start >= shortest)
    return tuple(_trimmed(draft, start, end) for start, end in spans)


def _whole_words(masked: str, start: int, end: int) -> tuple[int, int]:
    """Give up the parts of words at both ends: a shared letter or two is chance."""
    if start and masked[start - 1] != " ":
        start = masked.find(" ", start, end) + 1 or end
    if end < len(masked) and masked[end] != " ":
        end = max(start, masked.rfind(" ", start, end))
    return start, end


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out white space and marks at both ends."""
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return start, end
