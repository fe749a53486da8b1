"""Formal or colloquial: marks of both, counted and compared, for most texts have some of each."""

from __future__ import annotations

from collections.abc import Iterable

from hamdel.language.sets import entries, word_set
from hamdel.language.words import Word
from hamdel.model import Register

__all__ = ["register"]

_FORMAL = word_set("grammar.register.formal")
_COLLOQUIAL = word_set("grammar.register.colloquial")
_COLLOQUIAL_CLITICS = entries("grammar.ending.spoken")
_DOMINANCE = 2


def _weight(word: Word) -> int:
    """Return +1 for a formal mark, -1 for a colloquial one, else 0."""
    norm = word.norm
    if norm in _COLLOQUIAL or ("Style=Coll" in word.feats and "VerbForm=Part" not in word.feats):
        return -1
    if word.possessor < 0 and norm.endswith(_COLLOQUIAL_CLITICS):
        return -1
    return 1 if norm in _FORMAL or _is_written(word) else 0


def _is_written(word: Word) -> bool:
    """«می‌رسد», «نمی‌باشند»: people say «می‌رسه», «نیستن»."""
    return word.person == 3 and "Mood=Ind|" in word.feats and "Tense=Pres" in word.feats and word.norm.endswith("د")


def register(words: Iterable[Word]) -> Register:
    """Return the register of a text; neutral unless one side has twice the other's marks.

    «کنید» is formal only where nothing is colloquial: with «رو» or «می‌شه» it is what one says to customers.
    """
    formal = colloquial = polite = 0
    before = ""
    for word in words:
        weight = _weight(word)
        formal += weight > 0 or (word.norm == "سلام" and before == "با")
        colloquial += weight < 0
        polite += word.finite and word.person == 2 and word.norm.endswith("ید")
        before = word.norm
    if not colloquial:
        formal += polite
    if formal and formal >= _DOMINANCE * colloquial:
        return Register.FORMAL
    if colloquial and colloquial >= _DOMINANCE * formal:
        return Register.COLLOQUIAL
    return Register.NEUTRAL
