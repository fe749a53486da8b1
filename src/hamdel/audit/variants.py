"""What the texts of a cluster say, and how they differ."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz.distance import Indel

from hamdel.archive.mask import SYMBOL, mask_with_offsets
from hamdel.audit.results import Variant

__all__ = ["raw_sentence", "variants_of"]

_VARIANTS = 3
_KINDS = {"equal": "same", "delete": "old", "insert": "new"}
_COVERED = "…"  # what a reader sees of a name, number or date that was masked


def variants_of(text: str, others: Sequence[str], sizes: Sequence[int]) -> tuple[Variant, ...]:
    """Return how other texts of a cluster differ from the most frequent one, word by word.

    Args:
        text: the most frequent masked text.
        others: other ones, the most frequent first; a few of them are told.
        sizes: how many replies have each.
    """
    words = _words(text)
    return tuple(
        Variant(_pieces(words, _words(other)), size)
        for other, size in zip(others[:_VARIANTS], sizes[:_VARIANTS], strict=True)
    )


def _words(text: str) -> list[str]:
    return text.replace(SYMBOL, _COVERED).split()


def _pieces(words: list[str], others: list[str]) -> tuple[tuple[str, str], ...]:
    """Runs of words that both have, that only the first has, and that only the other has."""
    pieces = []
    for code in Indel.opcodes(words, others):
        new = code.tag == "insert"
        run = others[code.dest_start : code.dest_end] if new else words[code.src_start : code.src_end]
        pieces.append((_KINDS[code.tag], " ".join(run)))
    return tuple(pieces)


def raw_sentence(reply: str, masked: str) -> str:
    """Return the sentence of a reply whose masked form is known; that form when it isn't found in the reply."""
    known = mask_with_offsets(reply)
    start = known.text.find(masked)
    if start < 0:
        return " ".join(_words(masked))
    first, last = known.raw_span(start, start + len(masked))
    return reply[first:last]
