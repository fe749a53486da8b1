"""Whether the customer says that the fault is ours: «اشتباهی فرستادید», «همکارتون ثبت نکرده», «تقصیر شماست»."""

from __future__ import annotations

from hamdel.language.analysis import Analysis
from hamdel.language.sets import word_set
from hamdel.language.words import Word

__all__ = ["read_fault"]

_WRONG = word_set("matters.problem.through_fault")
_FAULT = word_set("acts.fault.accusing")
_YOU = word_set("acts.fault.you")
_OURS = word_set("acts.fault.ours")
_YOUR_PLURAL = -2
_REACH = 4


def read_fault(message: Analysis) -> bool:
    """Return whether some clause names the company, or one of its people, as who did it wrong.

    Args:
        message: the customer's message.
    """
    clauses = {message.clause(i) for i in range(len(message.words))}
    return any(_accuses(message.words[first:last]) for first, last in clauses)


def _accuses(words: list[Word]) -> bool:
    wrong = any(word.norm in _WRONG or word.lemma in _WRONG for word in words)
    for i, word in enumerate(words):
        if word.person == 2 and "Tense=Past" in word.feats and (word.negative != wrong):
            return True
        if wrong and word.possessor == _YOUR_PLURAL and word.lemma in _OURS:
            return True
        if word.lemma in _FAULT and any(w.norm in _YOU for w in words[i + 1 : i + _REACH]):
            return not any(w.negative for w in words[i + 1 :])
    return False
