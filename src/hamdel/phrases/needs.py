"""What a token pattern can't match without, which is far cheaper to look for than to match.

A pattern is filed under its *anchor*, the rarest NORM or LEMMA that it can't do without. Where a text has that word,
each further token that the pattern can't do without must stand within some distance; only if all do is spaCy asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from hamdel.language.sets import word_set
from hamdel.language.words import Word
from hamdel.phrasebank import Pattern
from hamdel.phrasebank.bounded import op_range

__all__ = ["Anchor", "Needs", "find_anchor"]

#: Words that are in most drafts; a pattern should be filed under something rarer.
_COMMON = word_set("grammar.particle.frequent")


class Anchor(NamedTuple):
    """Where a pattern is filed: the place of a token in it, ``NORM`` or ``LEMMA``, and that token's words."""

    place: int
    attribute: str
    words: tuple[str, ...]


def find_anchor(pattern: Pattern) -> Anchor | None:
    """Return the rarest token that ``pattern`` can't do without; None when no such token has a literal."""
    candidates = [
        Anchor(place, attribute, _literals(token[attribute]))
        for place, token in enumerate(pattern)
        for attribute in ("NORM", "LEMMA")
        if attribute in token and _times(token)[0]
    ]
    return max((one for one in candidates if one.words), key=_rarity, default=None)


def _literals(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    return tuple(value.get("IN", ())) if isinstance(value, Mapping) else ()


def _rarity(anchor: Anchor) -> tuple[bool, int]:
    return (_COMMON.isdisjoint(anchor.words), min(map(len, anchor.words)))


def _times(token: Mapping[str, Any]) -> tuple[int, int]:
    """Return how many tokens of a text one token of a pattern takes, at least and at most."""
    return op_range(str(token.get("OP", "1")))


class _Test:
    """What is asked of a word by those parts of a pattern's token that are quick to look at.

    Attributes:
        whole: nothing else is asked of it.
    """

    __slots__ = ("_feats", "_has", "_lacks", "whole")

    _ATTRIBUTES: Final = {"NORM": "norm", "LEMMA": "lemma", "POS": "pos"}
    _KNOWN: Final = frozenset((*_ATTRIBUTES, "OP", "MORPH"))
    _OPERATORS: Final = frozenset(("IN", "NOT_IN", "IS_SUPERSET"))

    def __init__(self, token: Mapping[str, Any]) -> None:
        values = [(name, token[attribute]) for attribute, name in self._ATTRIBUTES.items() if attribute in token]
        has = [(name, frozenset(_literals(value))) for name, value in values]
        self._has = [(name, words) for name, words in has if words]
        asked = [value for value in token.values() if isinstance(value, Mapping)]
        self.whole = token.keys() <= self._KNOWN and all(value.keys() <= self._OPERATORS for value in asked)
        excluded = [(name, value.get("NOT_IN", ())) for name, value in values if isinstance(value, Mapping)]
        self._lacks = [(name, frozenset(words)) for name, words in excluded if words]
        morph = token.get("MORPH")
        self._feats = tuple(morph.get("IS_SUPERSET", ())) if isinstance(morph, Mapping) else ()

    def __bool__(self) -> bool:
        return bool(self._has or self._lacks or self._feats)

    def __call__(self, word: Word) -> bool:
        """Tell whether the token may match ``word``."""
        for name, words in self._has:
            if getattr(word, name) not in words:
                return False
        for name, words in self._lacks:
            if getattr(word, name) in words:
                return False
        return all(feat in word.feats for feat in self._feats)


class Needs:
    """What must stand around an anchor for a pattern to match.

    Args:
        pattern: of spaCy's Matcher, with keys for words.
        anchor: of the pattern.

    Attributes:
        before, after: tokens that a match can reach on either side of the anchor, which counts for both.
        enough: where the needs are met, the pattern matches, and a match reaches so far.
    """

    __slots__ = ("_anchor", "_near", "after", "before", "enough")

    def __init__(self, pattern: Pattern, anchor: Anchor) -> None:
        tests = [_Test(token) for token in pattern]
        times = [_times(token) for token in pattern]
        self._anchor = tests[anchor.place]
        self.enough = all(one == (1, 1) and test and test.whole for one, test in zip(times, tests, strict=True))
        right, self.after = _distances(tests[anchor.place :], times[anchor.place :])
        left, self.before = _distances(tests[anchor.place :: -1], times[anchor.place :: -1])
        near = [(low, high + 1, test) for low, high, test in right]
        near += [(-high, 1 - low, test) for low, high, test in left]
        self._near = sorted(near, key=lambda one: one[1] - one[0])  # the strictest first

    def met(self, words: Sequence[Word], anchor: int) -> bool:
        """Tell whether the pattern may match around the token ``anchor`` of a text."""
        for first, last, test in self._near:
            begin, end = anchor + first, anchor + last
            if end - begin == 1:
                if not (0 <= begin < len(words) and test(words[begin])):
                    return False
            elif not any(map(test, words[max(0, begin) : max(0, end)])):
                return False
        return self._anchor(words[anchor])


def _distances(tests: Sequence[_Test], times: Sequence[tuple[int, int]]) -> tuple[list[tuple[int, int, _Test]], int]:
    """Return how far from the first token the others stand that a pattern can't do without, and how far it reaches.

    Args:
        tests: of the pattern's tokens from the anchor on, in either direction.
        times: how many tokens of a text each of them takes, at least and at most.
    """
    found: list[tuple[int, int, _Test]] = []
    low = high = 0
    for place, (test, (least, most)) in enumerate(zip(tests, times, strict=True)):
        if place and least and test:
            found.append((low, high, test))
        # The anchor may be any of the tokens that a repeated one takes, but is one of them.
        low, high = low + (least if place else 1), high + most
    return found, high
