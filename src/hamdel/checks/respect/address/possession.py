"""«ـت» for a familiar «your»: «حسابت», «شماره‌تو», «پاهات», «قبلیته», and the words that only end like it.

Never a suffix alone: what stands before the ending has to be a noun, an adjective or a verb of the lexicon, and the
whole no word of its own («کارت», «خدمت»); «ـتون» is no «ـت».
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from hamdel.language.fold import key
from hamdel.language.lexicon import Reading
from hamdel.language.sets import entries

__all__ = ["ENDINGS", "Possession", "Possessions"]

#: Letters that end such a form: the clitic, perhaps with «را», «هم» or «است» glued to it.
ENDINGS = entries("grammar.ending.yours")
_TAILS = ("", "و", "م", "ه")
_SHORTEST = 3  # letters of a base that is in no list; «لیفت» and «دنت» are what shorter ones give
_JOINED = re.compile("[\u200c ]")
_REMEMBERED = 4096  # forms
_BASES = frozenset(("NOUN", "ADJ", "ADV", "PROPN", "INTJ"))
_AFTER_GLIDE = {"ا": "هی", "ی": "او"}  # the vowel before the clitic, and the letters after which it stands
_PLURALS = (*entries("grammar.ending.plural_before_yours"), "")


class Possession(NamedTuple):
    """A form with a clitic.

    Attributes:
        base: matching key of what it is attached to.
        ending: letters of the clitic with its vowel and what is glued to it; 0 where only a joiner in the text could
            tell («نامهات»: «نام‌هات» or «نامه‌ات»).
        tail: what is glued to it: "", "و", "م" or "ه".
        listed: the base is one of those that a support draft possesses.
        sure: it can't be anything else.
    """

    base: str
    ending: int
    tail: str
    listed: bool
    sure: bool


class Possessions:
    """Reads forms.

    Args:
        nouns: keys of what a support draft possesses; these are believed where nothing else says «تو».
        plurals: keys of nouns with a spoken plural in «ا» («حرفا»), whose «ـات» is no Arabic plural.
        whole: keys of words that only look like it and that no dictionary has («فرمت»).
        lookup: the lexicon's readings of a matching key.
    """

    def __init__(
        self,
        nouns: Iterable[str],
        plurals: Iterable[str],
        whole: Iterable[str],
        lookup: Callable[[str], tuple[Reading, ...]],
    ) -> None:
        self._nouns = frozenset(nouns)
        self._plurals = frozenset(plurals)
        self._whole = frozenset(whole)
        self._lookup = lookup
        self._known = lru_cache(_REMEMBERED)(lambda norm: tuple(self._readings(norm)))  # look-ups decode anew

    def listed(self, norm: str) -> Possession | None:
        """Return the reading of a form whose base is listed; None for any other."""
        return next((found for found in self._known(norm) if found.listed), None)

    def read(self, norm: str, raw: str = "") -> Possession | None:
        """Return the likeliest reading of a form; None when it is no such form.

        Args:
            norm: its matching key.
            raw: as it is typed; of a compound («کارت شناساییت») the last part decides.
        """
        found = self.listed(norm) or next(iter(self._known(norm)), None)
        last = key(_JOINED.split(raw)[-1])
        return found if found or len(last) <= _SHORTEST or last == norm else self.read(last)

    def _readings(self, norm: str) -> Iterator[Possession]:
        for tail in _TAILS:
            form = norm[: len(norm) - len(tail)]
            if norm.endswith(tail) and form.endswith("ت") and not (tail and self._is_word(norm)):
                yield from self._attached(form, tail)

    def _attached(self, form: str, tail: str) -> Iterator[Possession]:
        """Yield what ``form``, which ends in «ت», may be made of."""
        if form in self._whole or self._is_word(form):
            return
        guessed = bool(self._lookup(form))  # hazm lists «نظرت» as it does «فرمت»: without a word on what it is
        open_cut = form.endswith("هات") and self._has(form[:-3]) and self._has(form[:-2])
        for base, ending in _stems(form):
            letters = 0 if open_cut else ending + len(tail)
            if any(base.removesuffix(plural) in self._nouns for plural in _PLURALS):
                yield Possession(base, letters, tail, listed=True, sure=True)
            elif len(base) >= _SHORTEST and self._takes_it(base):
                yield Possession(base, letters, tail, listed=False, sure=not guessed)
            elif len(base) >= _SHORTEST and self._may_take_it(base):
                yield Possession(base, letters, tail, listed=False, sure=False)
        if form.endswith("ات") and len(form) > _SHORTEST + 1 and self._takes_it(form[:-2]):
            # «حرفات» is "your words", «گزارشات» is "reports".
            sure = form[:-2] in self._plurals
            yield Possession(form[:-1], 1 + len(tail), tail, listed=sure, sure=sure)

    def _is_word(self, form: str) -> bool:
        """Tell whether the lexicon has the form as a word («ساعت») or as a verb («نوشت»)."""
        return any(r.pos != "X" and ("Fin" in r.feats or key(r.lemma) == form) for r in self._lookup(form))

    def _has(self, noun: str) -> bool:
        return noun in self._nouns or any(r.pos == "NOUN" for r in self._lookup(noun))

    def _may_take_it(self, base: str) -> bool:
        """«تحصیلیت»: an adjective that a noun makes, or a base that is a noun or adjective among other things."""
        made = base.endswith("ی") and len(base) > _SHORTEST and self._takes_it(base[:-1])
        return made or any(reading.pos in _BASES for reading in self._lookup(base))

    def _takes_it(self, base: str) -> bool:
        """Tell whether a base is a noun or adjective, perhaps a plural, or a verb of the first person."""
        for plural in _PLURALS:
            stem = base.removesuffix(plural)
            readings = self._lookup(stem) if len(stem) > 1 else ()
            if readings and readings[0].pos in _BASES and "Fin" not in readings[0].feats:
                return True
        return any("Person=1" in r.feats and "VerbForm=Fin" in r.feats for r in self._lookup(base))


def _stems(form: str) -> Iterator[tuple[str, int]]:
    """Yield what may stand before the clitic, and how many letters the clitic has with its vowel."""
    yield form[:-1], 1
    glide, before = form[-2:-1], form[-3:-2]
    if before and before in _AFTER_GLIDE.get(glide, ""):
        yield form[:-2], 2
