"""Where a text says what the numbers around are: «کد ملی», "tel", «سفارش»."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from hamdel.identifiers.identifier_lexicon import INNOCENT, LONGEST_CUE, lexicon

__all__ = ["Cue", "Cues", "cues_in"]

_WORD = re.compile(r"[^\W\d_]+")
_WIDEST = 3  # characters between the words of one cue
_BETWEEN = re.compile(rf"[\s.:_\-/]{{0,{_WIDEST}}}")
# «CVV2», «رمز ۲»: the digit belongs to the name.
_NUMBERED = re.compile(r"[12](?![0-9])|[ ][12](?=[ ]?[:=])")
_REMEMBERED = 8  # texts
_BESIDE = 15  # characters; an innocent word that near to a number says what it is


class Cue(NamedTuple):
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


@lru_cache(maxsize=_REMEMBERED)
def cues_in(text: str) -> Cues:
    """Return the cues of a folded text; the few texts that were looked at last are remembered.

    Whoever checks a reply asks for what is in it, then for what to cover, and then for what comes to light.
    """
    return Cues(text)


def _find(text: str) -> Iterator[Cue]:
    table = lexicon()
    known, heads = table.cues, table.heads
    words: list[str] = _WORD.findall(text)
    if heads.isdisjoint(words):
        return
    spans = [word.span() for word in _WORD.finditer(text)]
    free = 0  # the first word that no cue has yet
    for place, word in enumerate(words):
        if place < free or word not in heads:
            continue
        found = [one for one in _keys(text, words, spans, place) if one[0] in known]
        if found:
            key, free = found[-1]
            end = spans[free - 1][1]
            number = _NUMBERED.match(text, end)
            yield Cue(known[key], key, spans[place][0], number.end() if number else end)


def _keys(text: str, words: list[str], spans: list[tuple[int, int]], place: int) -> Iterator[tuple[str, int]]:
    """Yield the keys of one word and more that stand side by side, each with the place behind; «ک.م» keeps its dot."""
    key = before = words[place]
    yield key, place + 1
    for following in range(place + 1, min(place + LONGEST_CUE, len(words))):
        word, end, start = words[following], spans[following - 1][1], spans[following][0]
        if start - end > _WIDEST or not _BETWEEN.fullmatch(text, end, start):
            return
        key += "." + word if len(before) == len(word) == 1 and start > end else word
        yield key, following + 1
        before = word
