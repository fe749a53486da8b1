"""Small helpers of the modules that hold predicates for `hamdel.evidence.predicates.registry`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps

from hamdel.evidence.case import Case
from hamdel.language.words import Word

__all__ = ["around", "norms", "once"]


def once(verdict: Callable[[Case, int, int], bool]) -> Callable[[Case, int, int], bool]:
    """Make a predicate on the whole case, whatever the match, look at it only once.

    Args:
        verdict: takes the case and the token range of a match, of which it makes nothing.
    """
    name = verdict.__name__

    @wraps(verdict)
    def known(case: Case, first: int, last: int) -> bool:
        answer = case.memory.get(name)
        if answer is None:
            answer = case.memory[name] = verdict(case, first, last)
        return answer

    return known


def around(case: Case, first: int, last: int) -> tuple[int, int]:
    """Return the token range of the match's sentence and its neighbours."""
    begin, end = case.draft.sentence(first)[0], case.draft.sentence(last - 1)[1]
    before = case.draft.sentence(begin - 1)[0] if begin else begin
    return before, case.draft.sentence(end)[1] if end < len(case.draft.words) else end


def norms(words: Iterable[Word]) -> set[str]:
    """Return the matching keys of ``words``."""
    return {word.norm for word in words}
