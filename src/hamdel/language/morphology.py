"""What a word form can be: dictionary look-up first, then Persian's endings taken off one by one.

Written for forms that no dictionary lists: «سفارشتون», «حساب‌هاتان», «عصبانی‌ام», «خوبه», «غیرفعالش», «بفرستش».
The longest ending is tried first, so that «ـتون» is never read as «ـت».
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from hamdel.language.lexicon import Reading
from hamdel.language.sets import entries, table, word_set

__all__ = ["Dictionary", "analyse"]


class Dictionary(Protocol):
    """Anything that answers for a key as `hamdel.language.lexicon.Lexicon` does."""

    def lookup(self, key: str) -> tuple[Reading, ...]: ...


#: Possessive and object clitics, longest first.
_CLITICS = table("grammar.clitic")
_LAST_LETTERS = tuple({clitic[-1] for clitic in _CLITICS})
#: The vowel before a clitic, and the letters after which it stands («بسته‌ات», «رویت», «حسابت»).
_GLIDES = (("ا", ("ه", "ی", "و")), ("ی", ("ا", "و")), ("", ()))
_COPULAS = entries("grammar.ending.copulas")
_PLURALS = entries("grammar.ending.plural_forms")
_DEGREES = entries("grammar.ending.degree_forms")
_SHORTEST = 2
_LIGHT_VERBS = word_set("grammar.verb.frequent")
_BASES = frozenset(("NOUN", "ADJ", "ADV", "PRON", "NUM", "PROPN", "ADP", "INTJ"))


def _nominal(readings: tuple[Reading, ...]) -> Reading | None:
    return next((r for r in readings if r.pos in _BASES), None)


def _finite(readings: tuple[Reading, ...]) -> Reading | None:
    return next((r for r in readings if r.pos == "VERB" and "VerbForm=Fin" in r.feats), None)


def _with_feats(reading: Reading, extra: str) -> Reading:
    feats = "|".join(sorted(f for f in (*reading.feats.split("|"), *extra.split("|")) if f))
    return Reading(reading.pos, reading.lemma, feats)


def _base(key: str, words: Dictionary) -> Reading | None:
    """Return the dictionary's noun or adjective for ``key``, a plural, degree or ezafe ending taken off if need be."""
    found = _nominal(words.lookup(key))
    if found:
        return found
    for endings, feats in ((_PLURALS, "Number=Plur"), (_DEGREES, ""), (("ی",), "")):
        for ending in endings:
            if key.endswith(ending) and len(stem := key[: -len(ending)]) >= _SHORTEST:
                found = _nominal(words.lookup(stem))
                if found:
                    return _with_feats(found, feats)
    return None


def _is_weak(reading: Reading, key: str) -> bool:
    """Tell a reading that any ending should be tried before.

    hazm lists inflected forms without a tag («بهش», «پسرم»); verbs out of use and bare presents of full verbs
    («گوشیم», «کارم») are hardly ever meant where a noun with a clitic can be.
    """
    if reading.pos == "X" or "Style=Arch" in reading.feats:
        return True
    bare = "Mood=Sub" in reading.feats and not key.startswith(("ب", "ن"))
    return bare and reading.lemma not in _LIGHT_VERBS


def _clitic_stems(key: str) -> Iterator[tuple[str, str]]:
    """Yield the stems that ``key`` may have, with the features of the clitic that was taken off."""
    for clitic, feats in _CLITICS.items() if key.endswith(_LAST_LETTERS) else ():
        for glide, after in _GLIDES if key.endswith(clitic) else ():
            ending = glide + clitic
            stem = key[: -len(ending)]
            if key.endswith(ending) and len(stem) >= _SHORTEST and (not after or stem[-1] in after):
                yield stem, feats


def _clitic_readings(key: str, words: Dictionary) -> Iterator[Reading]:
    for stem, feats in _clitic_stems(key):
        noun = _base(stem, words)
        verb = None if noun else _finite(words.lookup(stem))
        if verb:
            yield Reading(verb.pos, verb.lemma, verb.feats)
        if noun:
            yield _with_feats(noun, feats)
            return


def _copula_readings(key: str, words: Dictionary) -> Iterator[Reading]:
    """«خوبه», «کجاست», «خودتونه»: a noun, perhaps with a clitic, and a glued «is»."""
    for copula in _COPULAS:
        if key.endswith(copula) and len(stem := key[: -len(copula)]) >= _SHORTEST:
            inner = _base(stem, words) or next(_clitic_readings(stem, words), None)
            if inner and inner.pos != "VERB":
                yield inner
                return


def analyse(key: str, words: Dictionary) -> tuple[Reading, ...]:
    """Return the readings of a word form, likeliest kind first; empty when nothing is known of it.

    Args:
        key: the form's matching key (`hamdel.language.fold.key`), without spaces.
        words: the dictionary.
    """
    found = words.lookup(key)
    if found and not all(_is_weak(reading, key) for reading in found):
        return found
    plain = _base(key, words)
    if plain:
        return (plain, *found)
    clitics = tuple(_clitic_readings(key, words))
    return (*clitics, *found) if clitics or found else tuple(_copula_readings(key, words))
