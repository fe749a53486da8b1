"""Macros, canned replies and templates: the texts under a column or key of CSV, JSON and YAML."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from json import decoder, scanner
from pathlib import Path
from typing import Any

from hamdel.doors.cli.many.finding import Found
from hamdel.errors import InputError
from hamdel.exports.markup import html_text
from hamdel.model.files import Text
from hamdel.render.text.positions import Positions

__all__ = ["Leaf", "macros", "picked"]

_LINES = (".jsonl", ".ndjson")
_TABLES = (".csv", ".tsv")
_YAML = (".yaml", ".yml")
_NAMED = 8  # columns that an error lists
_NEWLINE = re.compile("\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Leaf:
    """A text in a tree of values.

    Attributes:
        path: keys and indices that lead to it.
        text: as it is meant, without escapes.
        line, column, flows: as of `Text`.
    """

    path: tuple[str | int, ...]
    text: str
    line: int
    column: int | None = None
    flows: bool = False

    def is_at(self, field: str) -> bool:
        """Tell whether its keys end with a field's, lists aside."""
        keys = ".".join(key for key in self.path if isinstance(key, str))
        return keys == field or keys.endswith(f".{field}")

    def written(self) -> str:
        """The path as people write it."""
        return "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in self.path).removeprefix(".")


def macros(found: Found, raw: str, fields: tuple[str, ...]) -> Iterator[Text]:
    """Yield the texts of a file of macros that aren't empty.

    Args:
        found: the file.
        raw: what it holds.
        fields: columns or keys; ``body.fa`` is the key ``fa`` below ``body``.

    Raises:
        InputError: it is broken, or was named and has nothing under these fields.
    """
    ending = Path(found.name).suffix.lower()
    if ending in _TABLES:
        leaves = _table(found, raw, fields)
    elif ending in _YAML:
        from hamdel.doors.cli.many.yaml_texts import yaml_leaves  # here, for it needs PyYAML

        leaves = picked(yaml_leaves(found.name, raw), fields)
    else:
        leaves = picked(_json(found.name, raw, lines=ending in _LINES), fields)
    empty = True
    for leaf in leaves:
        empty = False
        if leaf.text.strip():
            yield _text(found.name, leaf)
    if empty and found.named:
        raise InputError(f"{found.name}: has no text under {', '.join(fields)}; check --field")


def picked(leaves: Iterator[Leaf], fields: tuple[str, ...]) -> Iterator[Leaf]:
    """Yield the texts that stand under one of the fields."""
    return (leaf for leaf in leaves if any(map(leaf.is_at, fields)))


def _text(name: str, leaf: Leaf) -> Text:
    shown = html_text(leaf.text)
    if shown != leaf.text:  # what is checked isn't what stands in the file
        return Text(name, shown, leaf.written(), leaf.line, None, False)
    return Text(name, leaf.text, leaf.written(), leaf.line, leaf.column, leaf.flows)


def _table(found: Found, raw: str, fields: tuple[str, ...]) -> Iterator[Leaf]:
    """Yield the cells of some columns."""
    rows = csv.reader(io.StringIO(raw, newline=""), delimiter=_delimiter(raw), strict=True)
    try:
        header = [name.strip() for name in next(rows, [])]
        wanted = [number for number, name in enumerate(header) if name in fields]
        if not wanted and found.named:
            known = ", ".join(header[:_NAMED]) or "none"
            raise InputError(f"{found.name}: no column {', '.join(fields)}; it has {known}")
        line = rows.line_num + 1
        for number, row in enumerate(rows, 1):
            for cell in wanted:
                if cell < len(row):
                    above = sum(len(_NEWLINE.findall(text)) for text in row[:cell])
                    yield Leaf((number, header[cell]), row[cell], line + above, None, True)
            line = rows.line_num + 1
    except csv.Error as error:
        raise InputError(f"{found.name}:{rows.line_num}: broken CSV: {error}; export it again") from error


def _delimiter(raw: str) -> str:
    """What parts the columns of the first line."""
    first = _NEWLINE.split(raw, 1)[0]
    return max(",;\t|", key=first.count)


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


def _json(name: str, raw: str, *, lines: bool) -> Iterator[Leaf]:
    """Yield all texts of a JSON document, or of one on each line."""
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
