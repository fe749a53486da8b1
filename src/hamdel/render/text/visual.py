"""Lines in the order of the cells of a screen, for terminals that don't order right-to-left text themselves."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from hamdel.render.text.levels import resolved
from hamdel.render.text.pieces import Line, Piece, Role
from hamdel.render.text.shaping import shaped

__all__ = ["in_cells", "in_words"]

_PAIRS = "()[]{}<>«»‹›⟦⟧⟨⟩⟪⟫≤≥「」【】⁅⁆"
_MIRRORED = {**dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True)), **dict(zip(_PAIRS[1::2], _PAIRS[::2], strict=True))}

_PERSIAN_DIGITS = "۰۱۲۳۴۵۶۷۸۹"


class _Cell(NamedTuple):
    """What stands in one place, with its marks, its level and its role."""

    text: str
    level: int
    role: Role


def in_cells(line: Line, base: int) -> Line:
    """Return a line from left to right with joined letters and without invisible characters.

    Args:
        line: in logical order.
        base: the level of the line: 1 when it runs from right to left.
    """
    text = "".join(piece.text for piece in line)
    return _pieces(_ordered(_cells(line, shaped(text), resolved(text, base))))


def in_words(line: Line, base: int) -> Line:
    """Return a line whose words stand from left to right, each of them turned.

    kitty draws what stands between spaces as one run, which it turns and mirrors as a whole when its first letter or
    digit is Persian; so such a run is turned before. Marks over letters would split a run and are left out, and a space
    is put between Persian and Latin letters of one run. Read in kitty 0.26's ``fonts.c`` and seen on its screen.

    Args:
        line: in logical order.
        base: the level of the line: 1 when it runs from right to left.
    """
    text = "".join(piece.text for piece in line)
    cells = [cell._replace(text=cell.text[0]) for cell in _ordered(_cells(line, shaped(text), resolved(text, base)))]
    turned: list[_Cell] = []
    for run in _runs(cells):
        persian = any(_script(cell.text) == "persian" for cell in run)
        turned += [cell._replace(text=_mirror(cell.text)) for cell in reversed(run)] if persian else run
    return _pieces(turned)


def _runs(cells: Sequence[_Cell]) -> Iterator[list[_Cell]]:
    """Yield spaces, and what stands between them in one script."""
    for space, group in groupby(cells, key=lambda cell: cell.text.isspace()):
        run: list[_Cell] = []
        before = ""
        for cell in group:
            script = "" if space else _script(cell.text)
            if before and script and script != before:
                yield run
                yield [_Cell(" ", 0, Role.PLAIN)]
                run = []
            run.append(cell)
            before = script or before
        yield run


def _script(char: str) -> str:
    """Which script a character brings into a run, if any."""
    if unicodedata.bidirectional(char) in ("R", "AL") or char in _PERSIAN_DIGITS:
        return "persian"
    return "latin" if char.isalpha() else ""


def _mirror(text: str) -> str:
    return _MIRRORED.get(text[0], text[0]) + text[1:]


def _cells(line: Line, glyphs: Sequence[str], levels: Sequence[int]) -> list[_Cell]:
    """What is shown, place by place: marks with their letters (rule L3), brackets turned (rule L4)."""
    roles = [piece.role for piece in line for _ in piece.text]
    cells: list[_Cell] = []
    for glyph, level, role in zip(glyphs, levels, roles, strict=True):
        kind = unicodedata.category(glyph) if glyph else ""
        if kind in ("Mn", "Me") and cells:
            cells[-1] = cells[-1]._replace(text=cells[-1].text + glyph)
        elif glyph and kind != "Cf":
            cells.append(_Cell(_mirror(glyph) if level % 2 else glyph, level, role))
    return cells


def _ordered(cells: list[_Cell]) -> list[_Cell]:
    """Rule L2: from the highest level down, stretches are reversed."""
    for level in range(max((cell.level for cell in cells), default=0), 0, -1):
        cells = _reversed_from(level, cells)
    return cells


def _reversed_from(level: int, cells: Sequence[_Cell]) -> list[_Cell]:
    """Turn each stretch of cells of a level or a higher one."""
    turned: list[_Cell] = []
    for reverse, group in groupby(cells, key=lambda cell: cell.level >= level):
        stretch = list(group)
        turned += stretch[::-1] if reverse else stretch
    return turned


def _pieces(cells: Sequence[_Cell]) -> Line:
    return tuple(
        Piece("".join(cell.text for cell in group), role) for role, group in groupby(cells, key=lambda cell: cell.role)
    )
