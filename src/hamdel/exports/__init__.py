"""Exported replies, row by row: tables, JSON, XML, databases, SQL dumps, zip archives, chats and plain text.

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
from hamdel.exports.pages import refuse_pages
from hamdel.exports.rows import Rejected, Row
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
    ".sql": "sql",
    ".xml": "xml",
    ".zip": "zip",
    ".txt": "lines",
    ".text": "lines",
    ".log": "lines",
}
_MAGIC = {b"PAR1": "parquet", b"PK\x03\x04": "zip", b"PK\x05\x06": "zip", b"SQLi": "sqlite"}
_GUESS = Columns()


def open_table(path: Path, columns: Columns = _GUESS) -> Table:
    """Open exported replies.

    Args:
        path: the file; the ending of its name tells the format; Parquet, XLSX, zip and SQLite are known by their
            content.
        columns: which column holds what, and what else the user said. A file of plain text has no columns.

    Returns:
        The table, to be used as a context and iterated over once.

    Raises:
        InputError: the file can't be read, its format isn't known or needs a package that isn't there, a named column
            doesn't exist, no column is known to hold replies, or something has to be asked first: which program
            exported it, who answers, in what order its dates are.
    """
    from hamdel.exports.sided import with_sides  # here, for whoever reads a date only needs none of these

    return with_sides(_opened(path, columns), columns, str(path), lambda wanted: _opened(path, wanted))


def _opened(path: Path, columns: Columns) -> Table:
    """The table of a file, with a row for whatever has a text."""
    kind = _KINDS.get(path.suffix.lower())
    if kind is None:
        refuse_pages(str(path), [path.name])
        raise InputError(f"{path}: unknown format; export it as one of {' '.join(_KINDS)}")
    with ExitStack() as unless_it_opens:
        with open_errors(path):
            file = unless_it_opens.enter_context(open_regular(path))
            size = path.stat().st_size
            start = file.read(4)
            file.seek(0)
        kind = _MAGIC.get(start, kind)
        from hamdel.exports.workbook_bounds import (
            is_workbook,  # here, for whoever reads a date only needs none of these
        )

        if kind == "zip" and (path.suffix.lower() == ".xlsx" or is_workbook(file)):
            kind = "xlsx"
        table = _table(kind, path, file, size, columns)
        unless_it_opens.pop_all()
    return table


def _table(kind: str, path: Path, file: BinaryIO, size: int, columns: Columns) -> Table:
    """The table in an open file of a known kind."""
    from hamdel.exports import opening
    from hamdel.exports.parquet_and_xlsx import read_parquet, read_workbook
    from hamdel.exports.plain import DelimitedTable

    if (columns.table or columns.query) and kind != "sqlite":
        raise InputError(f"{path}: --table and --query are for SQLite; this is no database")
    readers = {
        "lines": opening.open_text,
        "json": opening.open_json,
        "json lines": opening.open_json,
        "xml": opening.open_xml,
        "sql": opening.open_dump,
        "zip": opening.open_zip,
    }
    if kind in readers:
        return readers[kind](path, file, size, columns)
    if kind in ("csv", "tsv"):
        return DelimitedTable(path, file, size, columns, "\t" if kind == "tsv" else "")
    file.close()  # the others are opened by their name
    if kind == "sqlite":
        return opening.open_sqlite(path, size, columns)
    return (read_parquet if kind == "parquet" else read_workbook)(path, size, columns)
