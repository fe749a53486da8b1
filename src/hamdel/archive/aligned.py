"""What a draft has in common with an earlier reply, and what is its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from hamdel.masking.mask import SYMBOL, MaskedText

__all__ = ["Shares", "copied_parts", "shares"]

_SHORTEST_COPY = 12  # masked characters; shorter agreement is chance
_BRIDGE = 3  # masked characters between two copied stretches that don't part them


@dataclass(frozen=True, slots=True)
class Shares:
    """A draft, divided.

    Attributes:
        copied: raw ``(start, end)`` of what is copied, in order.
        own: the same of what isn't.
        own_share: 0 to 1, of the words that say something (no greeting, no closing, nothing covered).
    """

    copied: tuple[tuple[int, int], ...]
    own: tuple[tuple[int, int], ...]
    own_share: float


def copied_parts(masked: str, past: str) -> list[tuple[int, int]]:
    """Return which parts of a masked draft an earlier reply, masked too, has in the same order."""
    from rapidfuzz.distance import Indel

    stretches: list[tuple[int, int]] = []
    for step in Indel.opcodes(masked, past):
        if step.tag != "equal":
            continue
        if stretches and step.src_start - stretches[-1][1] <= _BRIDGE:
            stretches[-1] = stretches[-1][0], step.src_end
        else:
            stretches.append((step.src_start, step.src_end))
    shortest = min(_SHORTEST_COPY, len(masked))
    whole = (_whole_words(masked, start, end) for start, end in stretches)
    return [(start, end) for start, end in whole if end - start >= shortest]


def _whole_words(masked: str, start: int, end: int) -> tuple[int, int]:
    """Give up the parts of words at both ends: a shared letter or two is chance."""
    if start and masked[start - 1] != " ":
        start = masked.find(" ", start, end) + 1 or end
    if end < len(masked) and masked[end] != " ":
        end = max(start, masked.rfind(" ", start, end))
    return start, end


def shares(draft: str, masked: MaskedText, copied: Sequence[tuple[int, int]]) -> Shares:
    """Divide a draft.

    Args:
        draft: raw.
        masked: the draft, masked.
        copied: which parts of ``masked.text`` are copied.
    """
    words = [(start, end) for start, end in _words(masked.text) if masked.text[start:end] != SYMBOL]
    own = [word for word in words if not any(start <= word[0] and word[1] <= end for start, end in copied)]
    share = len(own) / len(words) if words else 0.0
    return Shares(_raw(draft, masked, copied), _raw(draft, masked, _runs(masked.text, own)), share)


def _words(text: str) -> Iterator[tuple[int, int]]:
    place = 0
    for word in text.split(" "):
        yield place, place + len(word)
        place += len(word) + 1


def _runs(text: str, words: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Words that follow each other, what is covered between them included, as one."""
    run: tuple[int, int] | None = None
    for start, end in words:
        if run and not text[run[1] : start].strip(f" {SYMBOL}"):
            run = run[0], end
            continue
        if run:
            yield run
        run = start, end
    if run:
        yield run


def _raw(draft: str, masked: MaskedText, parts: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    return tuple(_trimmed(draft, *masked.raw_span(start, end)) for start, end in parts if start < end)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out white space and marks at both ends."""
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return start, end
