"""Where a text says what the numbers around are: «کد ملی», "tel", «سفارش»."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from hamdel.identifiers.identifier_lexicon import INNOCENT, LONGEST_CUE, lexicon

__all__ = ["Cue", "Cues"]

_WORD = re.compile(r"[^\W\d_]+")
_BETWEEN = re.compile(r"[\s.:_\-/]{0,3}")  # between the words of one cue
# «CVV2», «رمز ۲»: the digit belongs to the name.
_NUMBERED = re.compile(r"[12](?![0-9])|[ ][12](?=[ ]?[:=])")
_BESIDE = 15  # characters; an innocent word that near to a number says what it is


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue in a folded text: what it announces, its key, and where it stands."""

    label: str
    key: str
    start: int
    end: int


class Cues:
    """The cues of one folded text, found in one pass.

    Args:
        text: folded.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self.found: Sequence[Cue] = tuple(_find(text))
        self._starts = [cue.start for cue in self.found]
        self._ends = [cue.end for cue in self.found]

    def before(self, place: int, reach: int) -> Cue | None:
        """Return the last cue that ends at ``place`` or at most ``reach`` characters before it."""
        at = bisect_right(self._ends, place) - 1
        return self.found[at] if at >= 0 and place - self._ends[at] <= reach else None

    def after(self, place: int, reach: int) -> Cue | None:
        """Return the first cue that begins at ``place`` or at most ``reach`` characters after it."""
        at = bisect_right(self._starts, place - 1)
        return self.found[at] if at < len(self.found) and self._starts[at] - place <= reach else None

    def announces(self, place: int, reach: int) -> Cue | None:
        """Return the cue before a number that most likely is about it.

        An innocent word counts when it stands beside the number; one that is further away («کد ملی من برای ثبت
        سفارشی که دادم …») is passed over, as many as three.
        """
        at = bisect_right(self._ends, place) - 1
        nearest = self.found[at] if at >= 0 else None
        for cue in self.found[at : max(-1, at - 4) : -1] if at >= 0 else ():
            if place - cue.end > reach:
                break
            if cue.label != INNOCENT:
                return cue
            if place - cue.end <= _BESIDE:
                return cue
        return nearest if nearest and place - nearest.end <= reach // 2 else None


def _find(text: str) -> Iterator[Cue]:
    table = lexicon()
    known, heads = table.cues, table.heads
    words = [(word.group(), word.start(), word.end()) for word in _WORD.finditer(text)]
    place, count = 0, len(words)
    while place < count:
        used = 1
        longest = LONGEST_CUE if words[place][0] in heads else 0
        for size in range(min(longest, count - place), 0, -1):
            key = _joined(text, words[place : place + size])
            if key in known:
                start, end = words[place][1], words[place + size - 1][2]
                number = _NUMBERED.match(text, end)
                yield Cue(known[key], key, start, number.end() if number else end)
                used = size
                break
        place += used


def _joined(text: str, words: Sequence[tuple[str, int, int]]) -> str:
    """Return the key of words that stand side by side; empty when they don't. «ک.م» keeps its dot."""
    key = words[0][0]
    for (before, _, end), (word, start, _) in pairwise(words):
        if start - end > 3 or not _BETWEEN.fullmatch(text, end, start):
            return ""
        key += "." + word if len(before) == len(word) == 1 and start > end else word
    return key
