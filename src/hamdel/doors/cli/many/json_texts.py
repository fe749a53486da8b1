"""The texts of JSON, each with the place where it stands."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from json import decoder, scanner
from typing import Any

from hamdel.doors.cli.many.leaves import Leaf
from hamdel.errors import InputError
from hamdel.render.text.positions import Positions

__all__ = ["json_leaves"]


class _Placed(str):
    """A JSON text that knows where its first character stands."""

    __slots__ = ("at",)
    at: int


class _Decoder(json.JSONDecoder):
    """Makes `_Placed` of texts; keys stay plain, for the scanner reads them itself."""

    def __init__(self) -> None:
        super().__init__(parse_int=str, parse_float=str)  # nobody asks for numbers, which may have any length
        self.parse_string = self._placed  # py_make_scanner takes it from here
        self.scan_once = scanner.py_make_scanner(self)  # type: ignore[attr-defined]  # the one in C has its own

    @staticmethod
    def _placed(text: str, end: int, strict: bool = True) -> tuple[str, int]:
        value, after = decoder.scanstring(text, end, strict)  # type: ignore[attr-defined]
        placed = _Placed(value)
        placed.at = end
        return placed, after


def json_leaves(name: str, raw: str, *, lines: bool) -> Iterator[Leaf]:
    """Yield all texts of a JSON document, or of one on each line.

    Args:
        name: of the file.
        raw: what it holds.
        lines: whether each line is a document.

    Raises:
        InputError: it is broken; ``file:line`` is named.
    """
    positions = Positions(raw)
    start = 0
    for piece in io.StringIO(raw, newline="") if lines else [raw]:
        if piece.strip():
            value = _value(name, piece, positions.line_column(start)[0])
            for path, text in _walk(value):
                at = start + text.at
                line, column = positions.line_column(at)
                yield Leaf(path, str(text), line, column if raw.startswith(text, at) else None)
        start += len(piece)


def _value(name: str, piece: str, line: int) -> Any:
    try:
        return _Decoder().decode(piece)
    except json.JSONDecodeError as error:
        raise InputError(f"{name}:{line + error.lineno - 1}: broken JSON: {error.msg}; mend it") from error
    except (ValueError, RecursionError) as error:  # thousands of levels
        raise InputError(f"{name}:{line}: broken JSON: {error}; mend it") from error


def _walk(value: Any) -> Iterator[tuple[tuple[str | int, ...], _Placed]]:
    """Yield all texts in a tree of values, with what leads to them; without recursion, so any depth will do."""
    waiting: list[tuple[tuple[str | int, ...], Any]] = [((), value)]
    while waiting:
        path, one = waiting.pop()
        if isinstance(one, _Placed):
            yield path, one
        elif isinstance(one, dict):
            waiting += [((*path, key), inner) for key, inner in reversed(one.items())]
        elif isinstance(one, list):
            waiting += [((*path, number), inner) for number, inner in reversed(list(enumerate(one)))]
