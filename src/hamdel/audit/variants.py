"""What the texts of a cluster say, and how they differ."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz.distance import Indel

from hamdel.masking.mask import SYMBOL, mask_with_offsets
from hamdel.model.repeats import Variant

__all__ = ["VARIANTS", "Spelled", "raw_sentence", "variants_of"]

#: How many other texts of a cluster are told.
VARIANTS = 3
_KINDS = {"equal": "same", "delete": "old", "insert": "new"}
_COVERED = "…"  # what a reader sees of a name, number or date that was masked


class Spelled(NamedTuple):
    """A text of a cluster.

    Attributes:
        masked: as it was compared.
        reply: the first reply that has it, as it is shown.
        size: how many replies have it.
    """

    masked: str
    reply: str
    size: int


def variants_of(first: Spelled, others: Sequence[Spelled]) -> tuple[Variant, ...]:
    """Return how other texts of a cluster differ from the most frequent one, word by word, what was masked aside.

    Args:
        first: the most frequent one.
        others: other ones, the most frequent first; a few of them are told.
    """
    if not others:
        return ()
    words = _words(first)
    return tuple(Variant(_pieces(words, _words(other)), other.size) for other in others[:VARIANTS])


def _words(one: Spelled) -> list[str]:
    """The words as the reply spells them; masked ones are covered."""
    known = mask_with_offsets(one.reply)
    start = known.text.find(one.masked)
    words = []
    at = max(start, 0)
    for word in one.masked.split(" "):
        raw = word if start < 0 else one.reply[slice(*known.raw_span(at, at + len(word)))]
        words.append(_COVERED if word == SYMBOL else raw)
        at += len(word) + 1
    return words


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
        return masked.replace(SYMBOL, _COVERED)
    first, last = known.raw_span(start, start + len(masked))
    return reply[first:last]
