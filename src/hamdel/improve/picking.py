"""Which of several wordings goes into a text that holds others already."""

from __future__ import annotations

from collections.abc import Sequence

from hamdel.language.fold import key
from hamdel.language.sets import entries

__all__ = ["pick"]

_SORRY = tuple(map(key, entries("acts.apology.stems")))
_SAME = 85.0  # per cent of likeness from which a wording only repeats another
_TWICE = 30.0  # what a second apology costs, in per cent of likeness: one is enough (empathy/over-apology)


def pick(wordings: Sequence[str], said: Sequence[str], *, needed: bool = True) -> str:
    """Return the wording that repeats least of what is said already; the first of equal ones, "" if there is none.

    Args:
        wordings: best first.
        said: texts that will stand beside it.
        needed: return some wording even when each says again what is said.
    """
    if not wordings or not any(said):
        return wordings[0] if wordings else ""
    likeness = {wording: max(_likeness(wording, other) for other in said if other) for wording in wordings}
    best = min(wordings, key=likeness.__getitem__)
    return best if needed or likeness[best] < _SAME else ""


def _likeness(one: str, other: str) -> float:
    from rapidfuzz import fuzz  # few drafts are rewritten

    both = all(any(word in key(text) for word in _SORRY) for text in (one, other))
    return float(fuzz.token_set_ratio(one, other)) + (_TWICE if both else 0.0)
