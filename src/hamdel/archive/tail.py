"""Replies compared one by one: what no search file holds yet, and earlier replies that were given as a list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from rapidfuzz import fuzz, process

from hamdel.archive.alphabet import compared_bytes, decode, encode_query, is_odd
from hamdel.archive.segment import SHORTEST_SENTENCE, coded_sentences
from hamdel.masking.mask import SENTENCE, compared, sentence_spans

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
    """A few texts and their sentences.

    Texts in one byte a character are kept apart from those that have other characters, for each kind is compared with
    its own kind, all of it in one call.
    """

    def __init__(self) -> None:
        self._texts: dict[int, bytes] = {}
        self._odd_texts: dict[int, str] = {}
        self._sentences: dict[bytes, int] = {}
        self._odd_sentences: dict[str, int] = {}
        self._places: dict[int, int] = {}

    def add(self, text: int, coded: bytes) -> None:
        """Add a text: its id and its coded layout."""
        self._places.setdefault(text, len(self._places))
        if is_odd(coded):
            layout = decode(coded)
            self._odd_texts[text] = compared(layout)
            for start, end in sentence_spans(layout, SENTENCE, SHORTEST_SENTENCE):
                self._odd_sentences.setdefault(compared(layout[start:end]), text)
        else:
            plain = self._texts[text] = compared_bytes(coded)
            for start, end in coded_sentences(coded):
                self._sentences.setdefault(plain[start:end], text)

    def texts(self, masked: str, cutoff: float) -> list[TextHit]:
        """Return the replies that score at least ``cutoff``, in the order in which they were added."""
        found = [*_near(encode_query(masked), self._texts, cutoff), *_near(masked, self._odd_texts, cutoff)]
        hits = (TextHit(score, text) for _, score, text in found)
        return sorted(hits, key=lambda hit: self._places[hit.text])

    def sentences(self, masked: str, cutoff: float) -> list[SentenceHit]:
        """Return the distinct sentences that score at least ``cutoff``."""
        plain = _near(encode_query(masked), self._sentences.keys(), cutoff)
        odd = _near(masked, self._odd_sentences.keys(), cutoff)
        hits = [SentenceHit(score, decode(one), self._sentences[one]) for one, score, _ in plain]
        return [*hits, *(SentenceHit(score, one, self._odd_sentences[one]) for one, score, _ in odd)]


_Text = TypeVar("_Text", bytes, str)
_SLACK = 1e-6  # of a score


def _near(
    query: _Text, choices: Mapping[int, _Text] | Iterable[_Text], cutoff: float
) -> list[tuple[_Text, float, int]]:
    """Return what scores at least ``cutoff``, with its score and its key or place; a score of 0 is none.

    The last digit of a score may differ between a call for many and one for one, so the latter decides.
    """
    found = process.extract_iter(query, choices, scorer=fuzz.ratio, score_cutoff=max(0.0, cutoff - _SLACK))
    scored = ((one, float(fuzz.ratio(query, one, score_cutoff=cutoff)), key) for one, _, key in found)
    return [hit for hit in scored if hit[1]]


_Hit = TypeVar("_Hit", TextHit, SentenceHit)


def best_of(hits: list[_Hit]) -> list[_Hit]:
    """Return the hits that no other one beats."""
    highest = max((hit.score for hit in hits), default=0.0)
    return [hit for hit in hits if hit.score == highest]
