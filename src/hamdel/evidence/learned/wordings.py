"""Sentences as sets of words, so that one that comes again is known again, reworded a little.

A word counts by its lemma, and an inflected one by its shape, too: «می‌شود» and «نمی‌شود» are two words. What stands
for numbers, names, links and places to fill in doesn't count. How alike two sentences are is the cosine of their
words, each as heavy as it is rare (Salton and Buckley 1988).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import sqrt

from hamdel.evidence.learned.network import Bags
from hamdel.evidence.learned.traits import Traits

__all__ = ["ALIKE", "Index", "WordingReader", "likeness"]

Words = Mapping[int, float]

#: From where on two sentences are the same one, reworded; from where on they have something to do with each other.
ALIKE, NEAR = 0.65, 0.55
_SHORT, _SAME = 3, 0.9  # sentences of fewer words are the same only when nearly all of them are
_HELD = 0.9  # how much of a sentence must stand in a longer one …
_LONGER = 5  # … that is at most so many times as heavy
#: Less than this share of a sentence's weight is too little in common: a sentence near it has one of its other words.
_TOO_LITTLE = NEAR**2
_MOST = 12_000  # words that are remembered
_SPREAD, _WORD = 0x9E3779B1, 0xFFFFFFFF


class WordingReader:
    """Traits to words.

    Args:
        bags: know how rare a lemma is.
    """

    def __init__(self, bags: Bags) -> None:
        self._bags = bags
        self._known: dict[Traits, int] = {}
        self._weights: dict[int, float] = {}

    def __call__(self, traits: Iterable[Traits]) -> dict[int, float]:
        """Return the words of a sentence, each with the square of how rare it is."""
        weights = self._weights
        return {word: weights[word] for word in self.hashes(list(traits)) if word}

    def hashes(self, traits: Sequence[Traits]) -> set[int]:
        """Return the hashes of a sentence's words, with 0 among them where some don't count."""
        found = set(map(self._known.get, traits))
        if None in found:
            if len(self._known) >= _MOST:
                self._known.clear()
            return {self._known[one] if one in self._known else self._read(one) for one in traits}
        return found  # type: ignore[return-value]

    def _read(self, one: Traits) -> int:
        word = 0
        if one.spelled and any(map(str.isalnum, one.form)):
            shape = (one.shape * _SPREAD & _WORD) if one.inflected else 0
            word = one.lemma ^ shape
            self._weights[word] = round(self._bags.rarity(one.lemma), 2)
        self._known[one] = word
        return word


def likeness(one: Words, other: Words) -> float:
    """Return how alike two sentences are, 0 to 1."""
    if not one or not other:
        return 0.0
    return _alike(one, other, sum(one.values()) * sum(other.values()))


def _alike(one: Words, other: Words, product: float) -> float:
    """Return how alike two sentences are, from the product of their weights."""
    common = sum(map(one.__getitem__, one.keys() & other.keys()))
    alike = common / sqrt(product)
    return alike if alike >= _SAME or min(len(one), len(other)) >= _SHORT else 0.0


def _holds(longer: Words, weight: float, phrase: Words, own: float) -> bool:
    """Whether a phrase stands in a sentence that says a little more; both with their weights."""
    if len(phrase) <= _SHORT or weight > _LONGER * own:
        return False
    return sum(map(phrase.__getitem__, phrase.keys() & longer.keys())) >= _HELD * own


def _keys(words: Words) -> Iterator[int]:
    """Yield the heaviest words of a sentence, one of which each sentence near it has.

    By Cauchy's inequality two sentences whose cosine is c have at least c² of the weight of either in common.
    """
    left = sum(words.values())
    least = left * _TOO_LITTLE
    for word in sorted(words, key=lambda one: (-words[one], one)):
        if left < least:
            return
        yield word
        left -= words[word]


class Index:
    """Sentences that are looked for.

    Args:
        sentences: their words.
    """

    def __init__(self, sentences: Sequence[Words]) -> None:
        self._sentences = [(words, sum(words.values())) for words in sentences]
        self._by_word: dict[int, list[int]] = {}
        for place, words in enumerate(sentences):
            for word in _keys(words):
                self._by_word.setdefault(word, []).append(place)
        self._words = self._by_word.keys()

    def may_hold(self, words: set[int]) -> bool:
        """Whether a sentence with these words may be like one of them."""
        return not self._words.isdisjoint(words)

    def near(self, words: Words) -> dict[int, float]:
        """Return which of the sentences one is like, and how much so; those that it holds are as good as it."""
        by_word = self._by_word
        places = {place for word in self._words & words.keys() for place in by_word[word]}
        weight, found = sum(words.values()), {}
        for place in places:
            phrase, own = self._sentences[place]
            alike = _alike(phrase, words, own * weight)
            if alike < ALIKE and _holds(words, weight, phrase, own):
                alike = ALIKE
            if alike >= NEAR:
                found[place] = alike
        return found
