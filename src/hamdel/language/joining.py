"""Which neighbours are one word: «می کنید», «کتاب ها», «رسیده اید», «عصبانی ام», «به زودی».

The answer is the same for a space, a non-joiner and nothing between them, so that one draft in four spellings
gives the same tokens; in Persian that people type, non-joiners are mostly spaces, missing, or another invisible mark.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from hamdel.language.bounded_cache import Memory
from hamdel.language.fold import split_key
from hamdel.language.morphology import Dictionary
from hamdel.language.sets import entries, word_set

__all__ = ["PARTICIPLES", "Compounds", "Joiner"]


class Compounds(Dictionary, Protocol):
    """A dictionary that knows how its compounds begin, as `hamdel.language.lexicon.Lexicon` does."""

    def opens_compound(self, key: str) -> bool: ...


_IMPERFECTIVE = word_set("grammar.ending.imperfective_old")
_PREVERBS = word_set("grammar.ending.preverbs")
_PREVERBED = word_set("grammar.ending.preverbed_negative").union(
    preverb + prefix for preverb in _PREVERBS for prefix in word_set("grammar.ending.imperfective")
)
_PERFECT = word_set("grammar.ending.perfect")
_POSSESSIVE = word_set("grammar.ending.possessive")
_ENDINGS = word_set("grammar.ending.any")
_CLITICS = word_set("grammar.ending.clitic")
_AFTER_VOWEL = word_set("grammar.ending.after_vowel")
_PREFIXES = entries("grammar.ending.imperfective")
_STEM_ENDINGS = entries("grammar.ending.of_stems")
_VOWELS = ("ه", "ی", "و", "ا")
#: Words that are on their own far more often than they start a compound.
_SEPARATE = word_set("grammar.word.separate")
#: «پاک کن» is "wipe!", hardly ever an eraser; «ماه رو» is an object, hardly ever a name.
_ALONE = word_set("grammar.word.alone")
#: «ثبت شده» is a verb to us, though dictionaries have «ثبت‌شده».
PARTICIPLES = word_set("grammar.word.participles")
_PAIRS = 3_000  # in a generation; a thousand replies have three times as many
#: What can continue any word; everything else only continues certain ones.
_CONTINUING = word_set("grammar.ending.continuing")


def _stems(word: str) -> Iterator[str]:
    """Yield ``word`` and what is left of it without a clitic or plural ending («کارتت»: «کارت»)."""
    yield word
    for ending in _STEM_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) > 1:
            yield word[: -len(ending)]


class Joiner:
    """Tells whether the second of two keys continues the first.

    Args:
        dictionary: hazm's knowledge; its lemmas keep the non-joiner («دانش‌آموز»).
        compounds: further words with non-joiners, as they are written in full.
        remember: how many times the usual number of pairs is kept in memory.
    """

    def __init__(self, dictionary: Compounds, compounds: Iterable[str], *, remember: int = 1) -> None:
        self._dictionary = dictionary
        self._heads: set[tuple[str, str]] = set()
        for compound in compounds:
            parts = split_key(compound)
            for i in range(1, len(parts)):
                self._heads |= {("".join(parts[:i]), parts[i]), ("".join(parts[:i]), "".join(parts[i:]))}
        self._openings = {left for left, _ in self._heads} | _IMPERFECTIVE | _PREVERBED | _PREVERBS
        self._known = Memory[tuple[str, str], bool](_PAIRS * remember)

    def opens(self, left: str) -> bool:
        """Tell whether ``left`` can be continued by more than an ending; most words can't, which is quick to see."""
        return left in self._openings or (left not in _SEPARATE and self._dictionary.opens_compound(left))

    def continues(self, right: str) -> bool:
        """Tell whether ``right`` can be an ending that is typed apart."""
        return right in _CONTINUING

    def __call__(self, left: str, right: str) -> bool:
        pair = (left, right)
        answer = self._known[pair]
        if answer is None:
            answer = self._decide(left, right)
            self._known[pair] = answer
        return answer

    def _decide(self, left: str, right: str) -> bool:
        if left in _IMPERFECTIVE:
            return len(right) > 1 and right not in _IMPERFECTIVE
        if right in _ALONE:
            return False
        if any((left, stem) in self._heads for stem in _stems(right)):
            return True
        if left in _PREVERBED or (left in _PREVERBS and right.startswith(_PREFIXES)):
            return right not in _IMPERFECTIVE and self._is(left + right, "VERB")
        return self._ending(left, right) or self._compound(left, right)

    def _ending(self, left: str, right: str) -> bool:
        if right in _ENDINGS:
            return len(left) > 1
        if right in _PERFECT and self._is(left + right, "VERB"):
            return True
        if right in _CLITICS:
            return left.endswith("ه") and len(left) > 2
        if right in _AFTER_VOWEL:
            return left.endswith(_VOWELS) and len(left) > 2
        return right in _POSSESSIVE and len(left) > 2 and left not in _SEPARATE

    def _compound(self, left: str, right: str) -> bool:
        if left in _SEPARATE or len(left) < 2 or right in PARTICIPLES:
            return False
        look_up = self._dictionary.lookup
        return any(split_key(r.lemma) == (left, stem) for stem in _stems(right) for r in look_up(left + stem))

    def _is(self, key_: str, pos: str) -> bool:
        return any(r.pos == pos for r in self._dictionary.lookup(key_))
