"""Macros, canned replies and templates: the texts under a column or key of CSV, JSON and YAML."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from hamdel.doors.cli.many.finding import Found
from hamdel.doors.cli.many.json_texts import json_leaves
from hamdel.doors.cli.many.leaves import Leaf, picked
from hamdel.doors.cli.many.yaml_texts import yaml_leaves
from hamdel.errors import InputError
from hamdel.exports.markup import html_text
from hamdel.model.files import Text

__all__ = ["macros"]

_LINES = (".jsonl", ".ndjson")
_TABLES = (".csv", ".tsv")
_YAML = (".yaml", ".yml")
_NAMED = 8  # columns that an error lists
_NEWLINE = re.compile("\r\n|\r|\n")


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
        leaves = picked(yaml_leaves(found.name, raw), fields)
    else:
        leaves = picked(json_leaves(found.name, raw, lines=ending in _LINES), fields)
    empty = True
    for leaf in leaves:
        empty = False
        if leaf.text.strip():
            yield _text(found.name, leaf)
    if empty and found.named:
        raise InputError(f"{found.name}: has no text under {', '.join(fields)}; check --field")


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
