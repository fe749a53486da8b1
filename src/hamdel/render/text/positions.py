"""Where an offset is: line and column for people, UTF-16 units for editors and browsers."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right

__all__ = ["Positions"]

_NEWLINE = re.compile("\r\n|\r|\n")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")  # two units each in UTF-16


class Positions:
    """Answers for one text: one pass to build, a binary search per question."""

    def __init__(self, text: str) -> None:
        self._length = len(text)
        self._starts = array("Q", [0])
        self._starts.extend(match.end() for match in _NEWLINE.finditer(text))
        self._astral = array("Q", (match.start() for match in _ASTRAL.finditer(text)))

    def line_column(self, offset: int) -> tuple[int, int]:
        """Line and column of a code point, both from 1."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def line_bounds(self, offset: int) -> tuple[int, int]:
        """Start and end of the line around a code point; the end is after its newline."""
        line = bisect_right(self._starts, offset)
        end = self._starts[line] if line < len(self._starts) else self._length
        return self._starts[line - 1], end

    @property
    def lines(self) -> int:
        """How many lines there are; at least one."""
        return len(self._starts)

    def line_start(self, line: int) -> int:
        """The first code point of a line, which counts from 1."""
        return self._starts[line - 1]

    def utf16(self, offset: int) -> int:
        """The offset in UTF-16 code units."""
        return offset + bisect_left(self._astral, offset)

    def from_utf16(self, units: int) -> int:
        """The code point at an offset in UTF-16 code units; that of the pair when they cut one."""
        astral = self._astral
        before = bisect_left(range(len(astral)), units, key=lambda number: astral[number] + number)
        if before and astral[before - 1] + before == units:  # behind the first half of a pair
            return int(astral[before - 1])
        return units - before
