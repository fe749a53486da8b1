"""Words that name the same thing: «پول» and «مبلغ», «بسته» and «مرسوله»."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from hamdel.language.fold import key

__all__ = ["Synonyms"]


class Synonyms:
    """Tells whether two texts speak of the same thing.

    Args:
        sets: lists of words that name the same thing, as a file has them.
    """

    def __init__(self, sets: Mapping[str, Sequence[str]]) -> None:
        self._sets = [frozenset(map(key, words)) for words in sets.values()]

    def link(self, theirs: Set[str], mine: Set[str]) -> bool:
        """Tell whether two sets of matching keys share a word, or have words of one set of synonyms."""
        return bool(theirs & mine) or any(group & theirs and group & mine for group in self._sets)
