"""Steps and items of lists, which are facts and repeat on purpose."""

from __future__ import annotations

from hamdel.language.analysis import Analysis
from hamdel.language.sets import word_set
from hamdel.language.tokenizer import Kind

__all__ = ["is_item"]

_BULLETS = frozenset("•●▪◦‣·*-–—✅✔☑👉".strip())
_STEPS = word_set("matters.saying.steps")


def is_item(draft: Analysis, first: int, last: int) -> bool:
    """Tell whether a sentence, given as a token range, is a step or an item of a list."""
    words = [word for word in draft.words[first:last] if word.kind is not Kind.SPACE]
    if not words:
        return True
    head = words[0]
    numbered = head.kind is Kind.NUMBER and len(words) > 1 and words[1].kind is Kind.PUNCT
    return numbered or head.norm[:1] in _BULLETS or head.kind is Kind.EMOJI or head.norm in _STEPS
