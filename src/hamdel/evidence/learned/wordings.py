"""Sentences as sets of words, so that one that comes again is known again, reworded a little.

A word counts by its lemma, and an inflected one by its shape, too: «می‌شود» and «نمی‌شود» are two words. What stands
for numbers, names, links and places to fill in doesn't count. How alike two sentences are is the cosine of their
words, each as heavy as it is rare (Salton and Buckley 1988).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import sqrt

from hamdel.evidence.learned.network import Bags
from hamdel.evidence.learned.traits import Traits

__all__ = ["ALIKE", "Index", "WordingReader", "likeness"]

Words = Mapping[int, float]

#: From where on two sentences are the same one, reworded; from where on they have something to do with each other.
ALIKE, NEAR = 0.65, 0.55
_SHORT, _SAME = 3, 0.9  # sentences of fewer words are the same only when nearly all of them are
_HELD = 0.9  # how much of a sentence must stand in a longer one …
_LONGER = 2.5  # … that is at most so many times as heavy
_KEYS = 5  # the heaviest words of a sentence, one of which a sentence like it has
_MOST = 12_000  # words that are remembered
_SPREAD, _WORD = 0x9E3779B1, 0xFFFFFFFF


class WordingReader:
    """Traits to words.

    Args:
        bags: know how rare a lemma is.
    """

    def __init__(self, bags: Bags) -> None:
        self._bags = bags
        self._known: dict[Traits, tuple[int, float] | None] = {}

    def __call__(self, traits: Iterable[Traits]) -> dict[int, float]:
        """Return the words of a sentence, each with the square of how rare it is."""
        known, found = self._known, {}
        for one in traits:
            word = known[one] if one in known else self._read(one)
            if word is not None:
                found[word[0]] = word[1]
        return found

    def _read(self, one: Traits) -> tuple[int, float] | None:
        if len(self._known) >= _MOST:
            self._known.clear()
        word = None
        if one.spelled and any(map(str.isalnum, one.form)):
            shape = (one.shape * _SPREAD & _WORD) if one.inflected else 0
            word = one.lemma ^ shape, round(self._bags.rarity(one.lemma), 2)
        self._known[one] = word
        return word


def likeness(one: Words, other: Words) -> float:
    """Return how alike two sentences are, 0 to 1."""
    if not one or not other:
        return 0.0
    common = sum(weight for word, weight in one.items() if word in other)
    alike = common / sqrt(sum(one.values()) * sum(other.values()))
    return alike if min(len(one), len(other)) >= _SHORT or alike >= _SAME else 0.0


def _holds(longer: Words, phrase: Words) -> bool:
    """Whether a phrase stands in a sentence that says a little more."""
    weight = sum(phrase.values())
    held = sum(one for word, one in phrase.items() if word in longer)
    return len(phrase) > _SHORT and held >= _HELD * weight and sum(longer.values()) <= _LONGER * weight


class Index:
    """Sentences that are looked for.

    Args:
        sentences: their words.
    """

    def __init__(self, sentences: Sequence[Words]) -> None:
        self._sentences = sentences
        self._by_word: dict[int, list[int]] = {}
        for place, words in enumerate(sentences):
            for word in sorted(words, key=lambda one: (-words[one], one))[:_KEYS]:
                self._by_word.setdefault(word, []).append(place)

    def near(self, words: Words) -> dict[int, float]:
        """Return which of the sentences one is like, and how much so; those that it holds are as good as it."""
        places = {place for word in words if word in self._by_word for place in self._by_word[word]}
        found = {}
        for place in places:
            phrase = self._sentences[place]
            alike = max(likeness(phrase, words), ALIKE if _holds(words, phrase) else 0.0)
            if alike >= NEAR:
                found[place] = alike
        return found
