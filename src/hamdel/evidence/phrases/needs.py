"""What a token pattern can't match without, which is far cheaper to look for than to match.

A pattern is filed under its *anchor*, the rarest NORM or LEMMA that it can't do without. Where a text has that word,
each further token that the pattern can't do without must stand within some distance; only if all do is it tried.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from hamdel.evidence.phrases.pattern_tokens import TokenTest, literals
from hamdel.language.sets import word_set
from hamdel.language.words import Word
from hamdel.phrasebank import Pattern
from hamdel.phrasebank.pattern_bounds import op_range

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
        Anchor(place, attribute, literals(token[attribute]))
        for place, token in enumerate(pattern)
        for attribute in ("NORM", "LEMMA")
        if attribute in token and op_range(str(token.get("OP", "1")))[0]
    ]
    return max((one for one in candidates if one.words), key=_rarity, default=None)


def _rarity(anchor: Anchor) -> tuple[bool, int]:
    return (_COMMON.isdisjoint(anchor.words), min(map(len, anchor.words)))


class Needs:
    """What must stand around an anchor for a pattern to match.

    Args:
        pattern: of spaCy's Matcher, with keys for words.
        anchor: of the pattern.

    Attributes:
        tests: of the pattern's tokens.
        decided: `hamdel.evidence.phrases.spans` finds all that spaCy would.
        before, after: tokens that a match can reach on either side of the anchor, which counts for both.
        enough: where the needs are met, the pattern matches, and a match reaches so far.
    """

    __slots__ = ("_anchor", "_near", "after", "before", "decided", "enough", "tests")

    def __init__(self, pattern: Pattern, anchor: Anchor) -> None:
        self.tests = tests = tuple(TokenTest(token) for token in pattern)
        self._anchor = tests[anchor.place]
        self.decided = all(test.whole for test in tests)
        self.enough = all(test and test.quick and test.least == test.most == 1 for test in tests)
        right, self.after = _distances(tests[anchor.place :])
        left, self.before = _distances(tests[anchor.place :: -1])
        near = [(low, high + 1, test) for low, high, test in right]
        near += [(-high, 1 - low, test) for low, high, test in left]
        self._near = sorted(near, key=lambda one: one[1] - one[0])  # the strictest first

    def met(self, words: Sequence[Word], anchor: int) -> bool:
        """Tell whether the pattern may match around the token ``anchor`` of a text."""
        for first, last, test in self._near:
            begin, end = anchor + first, anchor + last
            if end <= 0:
                return False
            for word in words[begin if begin > 0 else 0 : end]:
                if test(word):
                    break
            else:
                return False
        return self._anchor(words[anchor])


def _distances(tests: Sequence[TokenTest]) -> tuple[list[tuple[int, int, TokenTest]], int]:
    """Return how far from the first token the others stand that a pattern can't do without, and how far it reaches.

    Args:
        tests: of the pattern's tokens from the anchor on, in either direction.
    """
    found: list[tuple[int, int, TokenTest]] = []
    low = high = 0
    for place, test in enumerate(tests):
        if place and test.least and test:
            found.append((low, high, test))
        # The anchor may be any of the tokens that a repeated one takes, but is one of them.
        low, high = low + (test.least if place else 1), high + test.most
    return found, high
