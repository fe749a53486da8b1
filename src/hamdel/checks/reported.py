"""Somebody else's words without quotation marks: «همکارم گفت تو باید صبر کنی», «بهش بگید عزیزم»."""

from __future__ import annotations

from hamdel.language.analysis import Analysis

__all__ = ["is_reported"]


def is_reported(draft: Analysis, i: int) -> bool:
    """Tell whether a verb of saying, not the agent's own, opens before token ``i`` in its sentence."""
    begin = draft.sentence(i)[0]
    return any(
        word.lemma == "گفتن" and word.finite and (word.person == 3 or word.familiar or "Mood=Sub" in word.feats)
        for word in draft.words[begin:i]
    )
