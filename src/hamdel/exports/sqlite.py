"""A table or a query of an SQLite database, which is only read."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hamdel.errors import InputError
from hamdel.exports.columns import Columns, choose
from hamdel.exports.recognising import by_header
from hamdel.exports.rows import Rejected, Row
from hamdel.exports.table import Table, in_order

__all__ = ["SqliteTable"]

_BATCH = 1000
_SAMPLE = 500  # rows whose cells are looked at


class SqliteTable(Table):
    """Rows of a database; they are numbered from 1, in the database's order.

    Args:
        path: the file.
        size: in bytes.
        wanted: the table or query, and the columns that the user named.

    Raises:
        InputError: it isn't a sound database, the table or query isn't, or the columns don't tell which holds replies.
    """

    def __init__(self, path: Path, size: int, wanted: Columns) -> None:
        super().__init__(path, size, wanted)
        with _clear_errors(path):
            self._base = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
            self._base.text_factory = _text
            try:
                self._open(wanted)
            except BaseException:
                self._base.close()
                raise
        self._done = 0

    def _open(self, wanted: Columns) -> None:
        self._base.execute("PRAGMA query_only = ON")
        self._base.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)  # what is attached, and VACUUM INTO, makes other files
        query = (wanted.query or f"SELECT * FROM {_quoted(self._table_name(wanted.table))}").strip().rstrip(";")
        self._rows = self._base.execute(query)
        if not self._rows.description:
            raise InputError(f"{self._path}: --query must be a SELECT")
        self.header = header = [name for name, *_ in self._rows.description]
        self._length: int = self._base.execute(f"SELECT count(*) FROM ({query})").fetchone()[0]
        self._wanted, self.told = by_header(header, wanted, self._name)
        first = self._base.execute(f"SELECT * FROM ({query}) LIMIT {_SAMPLE}").fetchall()

        def cells(column: str) -> list[object]:
            return [row[header.index(column)] for row in first]

        chosen = choose(header, self._wanted, self._name, cells)
        times = cells(chosen["time"]) if "time" in chosen else []
        self._wanted = in_order(self._wanted, (time for time in times if isinstance(time, str)), self._name)
        self._use(chosen)
        self._places = [None if column is None else header.index(column) for column in self._sources]

    def _table_name(self, asked: str | None) -> str:
        """The table that was named, or the only one."""
        found = self._base.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY name")
        names: list[str] = [name for (name,) in found if not name.startswith("sqlite_")]
        if asked is None and len(names) == 1:
            return names[0]
        if asked in names:
            return asked
        if not names:
            raise InputError(f"{self._path}: has no table")
        there = ", ".join(f'"{name}"' for name in names)
        what = f'has no table "{asked}"' if asked else "has several tables"
        raise InputError(f"{self._path}: {what}; name one with --table: {there}")

    @property
    def position(self) -> int:
        """The share of the rows read so far, in bytes."""
        return self.size * self._done // self._length if self._length else self.size

    def _items(self) -> Iterator[Row | Rejected]:
        """Yield the rows; see `Table.__iter__`."""
        while True:
            with _clear_errors(self._path):
                batch = self._rows.fetchmany(_BATCH)
            if not batch:
                return
            for cells in batch:
                self._done += 1
                yield self._maker.row(self._done, [None if place is None else cells[place] for place in self._places])

    def close(self) -> None:
        """Close the database."""
        self._base.close()


def _text(data: bytes) -> str:
    """A text of the database; broken bytes stay visible as such."""
    return data.decode("utf-8", "surrogateescape")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


@contextmanager
def _clear_errors(path: Path) -> Iterator[None]:
    """Say in one line what SQLite can't read."""
    try:
        yield
    except (sqlite3.Error, sqlite3.Warning) as error:
        raise InputError(f"{path}: can't be read as SQLite: {error}") from error
