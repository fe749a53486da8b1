"""Small helpers of the modules that hold predicates for `hamdel.checks.guards`."""

from __future__ import annotations

from collections.abc import Iterable

from hamdel.checks.case import Case
from hamdel.language.fold import key
from hamdel.language.words import Word

__all__ = ["around", "keys", "norms"]


def keys(words: str) -> frozenset[str]:
    """Return the matching keys of words that spaces separate."""
    return frozenset(map(key, words.split()))


def around(case: Case, first: int, last: int) -> tuple[int, int]:
    """Return the token range of the match's sentence and its neighbours."""
    begin, end = case.draft.sentence(first)[0], case.draft.sentence(last - 1)[1]
    before = case.draft.sentence(begin - 1)[0] if begin else begin
    return before, case.draft.sentence(end)[1] if end < len(case.draft.words) else end


def norms(words: Iterable[Word]) -> set[str]:
    """Return the matching keys of ``words``."""
    return {word.norm for word in words}
