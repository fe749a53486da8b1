"""Replies compared one by one: what no search file holds yet, and earlier replies that were given as a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from rapidfuzz import fuzz

from hamdel.archive.alphabet import compared_bytes, decode, encode_query, is_odd
from hamdel.archive.mask import SENTENCE, compared, sentence_spans
from hamdel.archive.segment import SHORTEST_SENTENCE, coded_sentences

__all__ = ["SentenceHit", "Tail", "TextHit", "best_of"]


@dataclass(frozen=True, slots=True)
class TextHit:
    """A reply that is near: its score and its id."""

    score: float
    text: int


@dataclass(frozen=True, slots=True)
class SentenceHit:
    """A sentence of an earlier reply that is near.

    Attributes:
        score: 0 to 100.
        sentence: masked.
        text: the id of a reply that has it.
    """

    score: float
    sentence: str
    text: int


class Tail:
    """A few texts and their sentences."""

    def __init__(self) -> None:
        self._texts: dict[int, bytes | str] = {}
        self._sentences: dict[bytes | str, int] = {}

    def add(self, text: int, coded: bytes) -> None:
        """Add a text: its id and its coded layout."""
        if is_odd(coded):
            layout = decode(coded)
            self._texts[text] = compared(layout)
            spans = sentence_spans(layout, SENTENCE, SHORTEST_SENTENCE)
            sentences: list[bytes | str] = [compared(layout[start:end]) for start, end in spans]
        else:
            plain = self._texts[text] = compared_bytes(coded)
            sentences = [plain[start:end] for start, end in coded_sentences(coded)]
        for sentence in sentences:
            self._sentences.setdefault(sentence, text)

    def texts(self, masked: str, cutoff: float) -> list[TextHit]:
        """Return the replies that score at least ``cutoff``, in the order in which they were added."""
        coded = encode_query(masked)
        scores = ((_ratio(coded, masked, plain, cutoff), text) for text, plain in self._texts.items())
        return [TextHit(score, text) for score, text in scores if score]

    def sentences(self, masked: str, cutoff: float) -> list[SentenceHit]:
        """Return the distinct sentences that score at least ``cutoff``."""
        coded = encode_query(masked)
        scores = ((_ratio(coded, masked, plain, cutoff), plain, text) for plain, text in self._sentences.items())
        return [SentenceHit(score, _shown(plain), text) for score, plain, text in scores if score]


def _shown(plain: bytes | str) -> str:
    return decode(plain) if isinstance(plain, bytes) else plain


def _ratio(coded: bytes, masked: str, plain: bytes | str, cutoff: float) -> float:
    """The score, or 0 below the cutoff; a text in one byte a character is compared with one."""
    if isinstance(plain, bytes):
        return float(fuzz.ratio(coded, plain, score_cutoff=cutoff))
    return float(fuzz.ratio(masked, plain, score_cutoff=cutoff))


_Hit = TypeVar("_Hit", TextHit, SentenceHit)


def best_of(hits: list[_Hit]) -> list[_Hit]:
    """Return the hits that no other one beats."""
    highest = max((hit.score for hit in hits), default=0.0)
    return [hit for hit in hits if hit.score == highest]
