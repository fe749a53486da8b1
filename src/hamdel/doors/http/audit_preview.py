"""What an export is taken for, before anybody audits it."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hamdel.doors.http.audit_methods import ORDERS
from hamdel.identifiers import mask_identifiers

if TYPE_CHECKING:
    from hamdel.exports import Columns, Row, Table
    from hamdel.exports.questions import QuestionError

__all__ = ["columns_of", "previewed", "question_of", "shown_names"]

_SHOWN, _EXCERPT = 5, 120  # rows, and characters of a cell
_LOOKED_AT = 1000  # rows in which some are looked for that can be shown
_PEOPLE = 200  # names that somebody can be asked to choose from
_PATIENCE = 2.0  # seconds to count rows; the rest is estimated


def columns_of(named: Mapping[str, Any]) -> Columns:
    """Return how to read an export, for an audit.

    Args:
        named: fields of `hamdel.exports.Columns`, as JSON has them.
    """
    from hamdel.exports import Columns  # here, for few audit
    from hamdel.exports.columns import ALL_ROLES

    return Columns(**{**named, "team": tuple(named.get("team", ()))}, roles=ALL_ROLES)


def question_of(error: QuestionError) -> dict[str, Any]:
    """Return what has to be asked, as JSON has it."""
    about = {"column": error.column} if error.column else {}
    return {"asked": error.asked.value, "choices": list(error.choices[:_PEOPLE]), **about}


def previewed(path: Path, named: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns of an export, what they were taken for, how many rows there are, and the first of them.

    Args:
        path: the export.
        named: what somebody said of it, see `columns_of`.

    Returns:
        Also which program exported it, what else was decided from the data, how much of it is no reply, and the
        question that has to be answered first; then there is nothing else.

    Raises:
        InputError: it can't be read.
    """
    from hamdel.exports import open_table
    from hamdel.exports.columns import ALL_ROLES, NoReplies
    from hamdel.exports.questions import QuestionError

    wanted = columns_of(named)
    try:
        with open_table(path, wanted) as table:
            rows = _count(table)
            names = list(table.header) if table.columns else ["reply"]
            guessed = {role: table.columns.get(role) for role in ALL_ROLES} if table.columns else {"reply": "reply"}
            told = _decided(table)
        return _told(names, guessed, rows, _sample(path, wanted, names, guessed), **told)
    except QuestionError as error:
        return _told([], {}, 0, [], question=question_of(error))
    except NoReplies as error:
        names = list(error.header)
        return _told(names, dict.fromkeys(ALL_ROLES), 0, _unguessed(path, wanted, names))


def shown_names(names: Iterable[str], longest: int | None = None) -> dict[str, str]:
    """Return each name by what to show: masked, for a column of an export without a header has somebody's words.

    Those that are masked to the same get numbers.

    Args:
        names: of columns, or of people.
        longest: characters of each that are shown; all by default.
    """
    shown: dict[str, str] = {}
    for name in names:
        masked = mask_identifiers(name)[:longest]
        known = sum(one == masked or one.startswith(f"{masked} (") for one in shown) if masked != name else 0
        shown[f"{masked} ({known + 1})" if known else masked] = name
    return shown


def _told(
    names: list[str], guessed: Mapping[str, str | None], rows: int, sample: list[list[str]], **more: Any
) -> dict[str, Any]:
    nothing: dict[str, Any] = {"program": None, "notes": [], "left_out": {}, "question": None}
    return {"rows": rows, "columns": names, "guessed": dict(guessed), "sample": sample, **nothing, **more}


def _decided(table: Table) -> dict[str, Any]:
    """What the data told."""
    preset, told = table.told.preset, table.told.provenance
    program = None
    if preset:
        program = {"name": preset.name, "title": preset.title, "reason": told.reason, "unproven": told.unproven}
    notes = [{"kind": kind, "value": mask_identifiers(value)} for kind, value in dict.fromkeys(told.notes)]
    return {"program": program, "notes": notes, "left_out": {why.value: n for why, n in table.left_out.items()}}


def _count(table: Table) -> int:
    """How many rows there are; of very many as many as one can tell by the first."""
    rows, end = 0, time.monotonic() + _PATIENCE
    for _ in table:
        rows += 1
        if rows % 1000 == 0 and time.monotonic() > end:
            return rows * table.size // max(1, table.position)
    return rows


def _sample(path: Path, wanted: Columns, names: Sequence[str], guessed: Mapping[str, str | None]) -> list[list[str]]:
    """The first rows that can be used, with what is in all columns."""
    from hamdel.exports import Row, open_table

    others = tuple(name for name in dict.fromkeys(names) if name not in guessed.values())
    with open_table(path, replace(wanted, shown=others)) as table:
        found = islice((row for row in islice(table, _LOOKED_AT) if isinstance(row, Row)), _SHOWN)
        return [_cells(row, names, guessed, others) for row in found]


def _unguessed(path: Path, wanted: Columns, names: Sequence[str]) -> list[list[str]]:
    """The first rows of a table of whose columns none is known to hold replies."""
    order = wanted.date_order or ORDERS[0]  # dates are only looked at, so nobody need be asked yet
    for name in names:
        rows = _sample(path, replace(wanted, reply=name, date_order=order), names, {"reply": name})
        if rows:
            return rows
    return []


def _cells(row: Row, names: Sequence[str], guessed: Mapping[str, str | None], others: Sequence[str]) -> list[str]:
    """What a row has in each column."""
    texts = dict(zip(others, map(_excerpt, row.shown), strict=False))
    texts |= {name: _excerpt(getattr(row, role)) for role, name in guessed.items() if name is not None}
    return [texts.get(name, "") for name in names]


def _excerpt(value: Any) -> str:
    """The beginning of a cell, masked as a whole before it is cut."""
    masked = "" if value is None else mask_identifiers(str(value))
    return masked if len(masked) <= _EXCERPT else f"{masked[: _EXCERPT - 1]}…"
