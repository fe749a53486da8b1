"""What a line needs so that a terminal shows it right; each kind of terminal has a way of its own.

Measured in VTE 0.70, Konsole 22.12, mlterm 3.9, xterm 379 and kitty 0.26; see `doors.cli.bidi_terminal` for who is who.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from itertools import groupby

from hamdel.render.text.pieces import Line, Piece, Role
from hamdel.render.text.wide import cell_width

__all__ = ["Way", "directed", "unmarked"]

_FSI, _LRI, _RLI, _PDI = "\u2068", "\u2066", "\u2067", "\u2069"
_OPENING = (_FSI, _LRI, _RLI)
_RLM = "\u200f"
#: An isolate with the mark of direction that `isolated` may have put behind it.
_MARKS = re.compile(f"{_FSI}[\u200e\u200f]?|[{_LRI}{_RLI}{_PDI}]")

_Chars = list[tuple[str, Role]]


class Way(StrEnum):
    """How lines reach a terminal.

    Attributes:
        PLAIN: as they are written, without invisible marks; for pipes and files, and where nobody wants more.
        BARE: without isolates; the terminal orders words and turns lines itself, and would show isolates as boxes.
        ISOLATED: with isolates, none of them in the first column; the terminal orders words itself.
        TURNED: the same, and the terminal turns lines that begin with Persian to the right.
        CELLS: in the order of cells, with joined letters.
        WORDS: words in the order of cells, letters as they are written.
    """

    PLAIN = "plain"
    BARE = "bare"
    ISOLATED = "isolated"
    TURNED = "turned"
    CELLS = "cells"
    WORDS = "words"


def unmarked(text: str) -> str:
    """Return text without isolates and the marks that belong to them."""
    return _MARKS.sub("", text)


def directed(line: Line, way: Way, width: int | None) -> Iterator[Line]:
    """Yield a line as a terminal of some kind shows it right, broken between words where it is too long.

    Args:
        line: in logical order, with isolates.
        way: of the terminal.
        width: in columns; None leaves it on one line, at the left.
    """
    if way is Way.PLAIN and not width:
        yield _without(line)
        return
    chars = [(char, piece.role) for piece in line for char in piece.text]
    base = _base("".join(char for char, _ in chars))
    for part in _folded(chars, width) if width else [chars]:
        yield _shown(part, base, way, width)


def _shown(part: _Chars, base: int, way: Way, width: int | None) -> Line:
    if way is Way.PLAIN:
        return _without(_line(part))
    if way in (Way.CELLS, Way.WORDS):
        from hamdel.render.text.visual import in_cells, in_words  # here, for pipes and most terminals need neither

        line = (in_cells if way is Way.CELLS else in_words)(_line(part), base)
        pad = (width or 0) - cell_width("".join(piece.text for piece in line))
        return (Piece(" " * pad), *line) if base and pad > 0 and line else line
    if base and way in (Way.TURNED, Way.BARE):
        part = _opened(part)
    if way is Way.BARE:
        part = [(char, role) for char, role in part if char not in (*_OPENING, _PDI)]
    if part and unicodedata.category(part[0][0]) == "Cf":  # would be lost in the first column
        part = [(" ", Role.PLAIN), *part]
    return _line(part)


def _base(text: str) -> int:
    """The direction of a line: of its first letter or mark that isn't in a piece set from left to right."""
    if text[:1] in (_LRI, _RLI) and _closing(text) == len(text) - 1:  # all of it is set in one direction
        return int(text[0] == _RLI)
    depth: list[str] = []
    for char in text:
        if char in _OPENING:
            depth.append(char)
        elif char == _PDI and depth:
            depth.pop()
        elif _LRI not in depth and (kind := unicodedata.bidirectional(char)) in ("L", "R", "AL"):
            return int(kind != "L")
    return 0


def _closing(text: str) -> int:
    """The place where the isolate ends that a text begins with."""
    depth = 0
    for place, char in enumerate(text):
        depth += (char in _OPENING) - (char == _PDI)
        if not depth:
            return place
    return -1


def _opened(part: _Chars) -> _Chars:
    """A line from right to left without the isolates around its parts, for a terminal looks at what is outside them.

    Where its first letter isn't Persian, a mark says that the line is.
    """
    kept: _Chars = []
    depth: list[str] = []
    for char, role in part:
        if char in _OPENING:
            depth.append(char)
        closed = depth.pop() if char == _PDI and depth else ""
        if not {_FSI, _RLI} & {char, closed}:
            kept.append((char, role))
    text = "".join(char for char, _ in kept)
    outside = re.sub(f"{_LRI}[^{_PDI}]*{_PDI}", "", text)
    first = next((kind for char in outside if (kind := unicodedata.bidirectional(char)) in ("L", "R", "AL")), "")
    if first in ("R", "AL") and text[:1] not in (_RLM, _LRI):
        return kept
    indent = len(text) - len(text.lstrip(" "))
    return [*(kept[:indent] or [(" ", Role.PLAIN)]), (_RLM, Role.PLAIN), *kept[indent:]]


def _folded(chars: _Chars, width: int) -> Iterator[_Chars]:
    """Yield parts of at most so many columns, cut at spaces; isolates are closed and opened again."""
    indent = next((place for place, (char, _) in enumerate(chars) if char != " "), len(chars))
    room = max(20, width - 1)  # a space may be put before a mark
    part: _Chars = []
    used, space = 0, -1
    for char, role in chars:
        part.append((char, role))
        used += cell_width(char)
        if used > room and space > indent:
            head, tail = part[:space], part[space + 1 :]
            opened = _still_open(head)
            yield [*head, *((_PDI, Role.PLAIN) for _ in opened)]
            part = [*chars[:indent], *((one, Role.PLAIN) for one in opened), *tail]
            used, space = cell_width("".join(one for one, _ in part)), -1
        if char == " ":
            space = len(part) - 1
    yield part


def _still_open(part: _Chars) -> list[str]:
    """The isolates that begin in a part and don't end there, each with its mark of direction."""
    opened: list[str] = []
    for place, (char, _) in enumerate(part):
        if char in _OPENING:
            after = part[place + 1][0] if place + 1 < len(part) else ""
            opened += [char + after if char == _FSI and after in ("\u200e", _RLM) else char]
        elif char == _PDI and opened:
            opened.pop()
    return opened


def _without(line: Line) -> Line:
    """A line without marks, also those that a piece's neighbour ends."""
    return tuple(Piece(text, piece.role) for piece in line if (text := unmarked(piece.text)))


def _line(chars: _Chars) -> Line:
    return tuple(
        Piece("".join(char for char, _ in group), role) for role, group in groupby(chars, key=lambda one: one[1])
    )
