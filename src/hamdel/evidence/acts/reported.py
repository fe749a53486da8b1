"""Somebody else's words without quotation marks: «همکارم گفت تو باید صبر کنی», «بهش بگید عزیزم»."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from hamdel.language.analysis import Analysis
from hamdel.language.sets import word_set
from hamdel.language.words import Word

__all__ = ["is_reported"]

_THEM = word_set("familiar.reported.them")
_COMPLAINTS = word_set("familiar.reported.complaints")
_NEAR = 3  # tokens, white space included


def is_reported(draft: Analysis, i: int) -> bool:
    """Tell whether a verb of saying, not the agent's own, opens before token ``i`` in its sentence."""
    begin, end = draft.sentence(i)
    opened = draft.notes.get(("reported", begin))
    if opened is None:
        opened = draft.notes["reported", begin] = begin + _opened(draft.words[begin:end])
    return bool(i >= opened)


def _opened(words: Sequence[Word]) -> int:
    """Return the first word of a sentence that is reported; how many it has when none is."""
    opened = (at + 1 if _says(words, at) else _complained(words, at) for at in range(len(words)))
    return next((at for at in opened if at is not None), len(words))


def _says(words: Sequence[Word], at: int) -> bool:
    """«گفت …», «بگید …»; of what the agent said only «بهش گفتم …»."""
    word = words[at]
    if word.lemma != "گفتن" or not word.finite:
        return False
    somebody = word.person == 3 or word.familiar or "Mood=Sub" in word.feats
    return somebody or any(other.norm in _THEM for other in words[max(0, at - _NEAR) : at])


def _complained(words: Sequence[Word], at: int) -> int | None:
    """«گله کرده که …»: return where what they said begins."""
    if words[at].norm not in _COMPLAINTS:
        return None
    following = enumerate(pairwise(words[at + 1 : at + 1 + _NEAR]), at + 3)
    return next((place for place, (a, b) in following if a.lemma == "کردن" and a.person != 2 and b.norm == "که"), None)
