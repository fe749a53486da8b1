"""Somebody else's words without quotation marks: «همکارم گفت تو باید صبر کنی», «بهش بگید عزیزم»."""

from __future__ import annotations

from collections.abc import Sequence

from hamdel.language.analysis import Analysis
from hamdel.language.words import Word

__all__ = ["is_reported"]

_THEM = frozenset("بهش بهشون بهشان".split())
_NEAR = 3  # tokens, white space included


def is_reported(draft: Analysis, i: int) -> bool:
    """Tell whether a verb of saying, not the agent's own, opens before token ``i`` in its sentence."""
    begin = draft.sentence(i)[0]
    before = draft.words[begin:i]
    return any(
        word.lemma == "گفتن"
        and word.finite
        and (word.person == 3 or word.familiar or "Mood=Sub" in word.feats or _to_somebody(before[:at]))
        for at, word in enumerate(before)
    )


def _to_somebody(words: Sequence[Word]) -> bool:
    """«بهش گفتم»: said to somebody else."""
    return any(word.norm in _THEM for word in words[-_NEAR:])
