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
    begin = draft.sentence(i)[0]
    before = draft.words[begin:i]
    return any(_says(word, before[:at]) or _complains(before[at:]) for at, word in enumerate(before))


def _says(word: Word, before: Sequence[Word]) -> bool:
    somebody = word.person == 3 or word.familiar or "Mood=Sub" in word.feats
    return word.lemma == "گفتن" and word.finite and (somebody or _to_somebody(before))


def _complains(words: Sequence[Word]) -> bool:
    """«گله کرده که …»: what follows is what they said."""
    if words[0].norm not in _COMPLAINTS:
        return False
    return any(a.lemma == "کردن" and a.person != 2 and b.norm == "که" for a, b in pairwise(words[1 : 1 + _NEAR]))


def _to_somebody(words: Sequence[Word]) -> bool:
    """«بهش گفتم»: said to somebody else."""
    return any(word.norm in _THEM for word in words[-_NEAR:])
