"""Somebody else's words without quotation marks: «همکارم گفت تو باید صبر کنی», «بهش بگید عزیزم»."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from hamdel.language.analysis import Analysis
from hamdel.language.words import Word

__all__ = ["is_reported"]

_THEM = frozenset("بهش بهشون بهشان".split())
_COMPLAINTS = frozenset("گله شکایت ادعا اعتراض اعلام".split())
_NEAR = 3  # tokens, white space included


def is_reported(draft: Analysis, i: int) -> bool:
    """Tell whether a verb of saying, not the agent's own, opens before token ``i`` in its sentence."""
    before = draft.words[draft.sentence(i)[0] : i]
    return any(_says(before, at) or _complains(before, at) for at in range(len(before)))


def _says(words: Sequence[Word], at: int) -> bool:
    """«گفت …», «بگید …»; of what the agent said only «بهش گفتم …»."""
    word = words[at]
    if word.lemma != "گفتن" or not word.finite:
        return False
    somebody = word.person == 3 or word.familiar or "Mood=Sub" in word.feats
    return somebody or any(other.norm in _THEM for other in words[max(0, at - _NEAR) : at])


def _complains(words: Sequence[Word], at: int) -> bool:
    """«گله کرده که …»: what follows is what they said."""
    if words[at].norm not in _COMPLAINTS:
        return False
    following = pairwise(words[at + 1 : at + 1 + _NEAR])
    return any(a.lemma == "کردن" and a.person != 2 and b.norm == "که" for a, b in following)
