"""What an export is taken for, before anybody audits it."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hamdel.identifiers import mask_identifiers

if TYPE_CHECKING:
    from hamdel.exports import Row, Table

__all__ = ["previewed", "shown_names"]

_SHOWN, _EXCERPT = 5, 120  # rows, and characters of a cell
_PATIENCE = 2.0  # seconds to count rows; the rest is estimated


def previewed(path: Path, columns: Mapping[str, Any], preset: str | None) -> dict[str, Any]:
    """Return the columns of an export, what they were taken for, how many rows there are, and the first of them.

    Args:
        path: the export.
        columns: those that somebody named, by what they hold.
        preset: the program that exported it, if somebody named one.

    Raises:
        InputError: it can't be read.
    """
    from hamdel.exports import Columns, open_table  # here, for few audit
    from hamdel.exports.columns import ALL_ROLES, NoReplies

    try:
        with open_table(path, Columns(**columns, roles=ALL_ROLES, preset=preset)) as table:
            sample, rows = _rows(table)
            names = [*table.header] if table.columns else ["reply"]
            guessed = {role: table.columns.get(role) for role in ALL_ROLES} if table.columns else {"reply": "reply"}
            return _told(names, guessed, rows, [_cells(row, names, guessed) for row in sample])
    except NoReplies as error:
        return _told(error.header, dict.fromkeys(ALL_ROLES), 0, [])


def shown_names(names: Iterable[str]) -> dict[str, str]:
    """Return each column's name by what to show: masked, for in an export without a header it is somebody's words.

    Those that are masked to the same get numbers.
    """
    shown: dict[str, str] = {}
    for name in names:
        masked = mask_identifiers(name)
        known = sum(one == masked or one.startswith(f"{masked} (") for one in shown) if masked != name else 0
        shown[f"{masked} ({known + 1})" if known else masked] = name
    return shown


def _told(names: Any, guessed: Mapping[str, str | None], rows: int, sample: list[list[str]]) -> dict[str, Any]:
    return {"rows": rows, "columns": list(names), "guessed": dict(guessed), "sample": sample}


def _rows(table: Table) -> tuple[list[Row], int]:
    """The first rows that can be used, and how many there are."""
    from hamdel.exports import Row

    first: list[Row] = []
    rows, end = 0, time.monotonic() + _PATIENCE
    for row in table:
        rows += 1
        if isinstance(row, Row) and len(first) < _SHOWN:
            first.append(row)
        if rows % 1000 == 0 and time.monotonic() > end:
            return first, rows * table.size // max(1, table.position)
    return first, rows


def _cells(row: Row, names: list[str], guessed: Mapping[str, str | None]) -> list[str]:
    """What a row has in each column that was taken for something; nothing in the others."""
    texts = {name: _excerpt(getattr(row, role)) for role, name in guessed.items() if name is not None}
    return [texts.get(name, "") for name in names]


def _excerpt(value: Any) -> str:
    """The beginning of a cell, masked as a whole before it is cut."""
    masked = "" if value is None else mask_identifiers(str(value))
    return masked if len(masked) <= _EXCERPT else f"{masked[: _EXCERPT - 1]}…"
