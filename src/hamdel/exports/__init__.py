"""Exported replies, row by row: CSV, TSV, JSON, JSON Lines, Parquet, XLSX, SQLite and plain text.

Memory doesn't grow with the number of rows, except for XLSX, whose sheets can only be read as a whole.
"""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

from hamdel.base.files import open_regular
from hamdel.base.text_files import open_errors
from hamdel.errors import InputError
from hamdel.exports.columns import Columns
from hamdel.exports.frames import read_parquet, read_workbook
from hamdel.exports.objects import json_document
from hamdel.exports.plain import DelimitedTable, JsonTable, LineTable
from hamdel.exports.rows import Rejected, Row
from hamdel.exports.sqlite import SqliteTable
from hamdel.exports.table import Table

__all__ = ["Columns", "Rejected", "Row", "Table", "open_table"]

_KINDS = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".jsonl": "json lines",
    ".ndjson": "json lines",
    ".json": "json",
    ".parquet": "parquet",
    ".xlsx": "xlsx",
    ".sqlite": "sqlite",
    ".sqlite3": "sqlite",
    ".db": "sqlite",
    ".txt": "lines",
    ".text": "lines",
    ".log": "lines",
}
_MAGIC = {b"PAR1": "parquet", b"PK\x03\x04": "xlsx", b"SQLi": "sqlite"}
_GUESS = Columns()


def open_table(path: Path, columns: Columns = _GUESS) -> Table:
    """Open exported replies.

    Args:
        path: the file; the ending of its name tells the format; Parquet, XLSX and SQLite are known by their content.
        columns: which column holds what. A file of plain text has none.

    Returns:
        The table, to be used as a context and iterated over once.

    Raises:
        InputError: the file can't be read, its format isn't known or needs a package that isn't there, a named column
            doesn't exist, or no column is known to hold replies.
    """
    kind = _KINDS.get(path.suffix.lower())
    if kind is None:
        raise InputError(f"{path}: unknown format; export it as one of {' '.join(_KINDS)}")
    with ExitStack() as unless_it_opens:
        with open_errors(path):
            file = unless_it_opens.enter_context(open_regular(path))
            size = path.stat().st_size
            start = file.read(4)
            file.seek(0)
        table = _table(_MAGIC.get(start, kind), path, file, size, columns)
        unless_it_opens.pop_all()
    return table


def _table(kind: str, path: Path, file: BinaryIO, size: int, columns: Columns) -> Table:
    """The table in an open file of a known kind."""
    if (columns.table or columns.query) and kind != "sqlite":
        raise InputError(f"{path}: --table and --query are for SQLite; this is no database")
    if kind == "lines":
        return LineTable(path, file, size, columns)
    if kind in ("json", "json lines"):
        return JsonTable(path, file, size, columns, json_document if kind == "json" else None)
    if kind in ("csv", "tsv"):
        return DelimitedTable(path, file, size, columns, "\t" if kind == "tsv" else "")
    file.close()  # the others are opened by their name
    if kind == "sqlite":
        return SqliteTable(path, size, columns)
    return (read_parquet if kind == "parquet" else read_workbook)(path, size, columns)
