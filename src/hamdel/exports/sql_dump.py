"""An SQL dump of MySQL or MariaDB: the rows of a few tables, put into a private database that vanishes when closed.

The dump is never run: its ``CREATE TABLE`` and ``INSERT`` are read as text, all else is passed over. The private
database is SQLite's, which keeps what doesn't fit into memory in a file that has no name.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Collection, Iterator, Mapping
from typing import TextIO

from hamdel.exports.sql_tokens import BrokenOff, tokens

__all__ = ["Dump", "load_dump"]

_BATCH = 500
_ESCAPE = re.compile(r"\\(.)|''|\"\"", re.DOTALL)
_ESCAPED = {"0": "\0", "b": "\b", "n": "\n", "r": "\r", "t": "\t", "Z": "\x1a"}
_HEX = re.compile(r"0[xX](?:[0-9a-fA-F]{2})+")

Row = list[str | None]


class Dump:
    """What was read of a dump.

    Attributes:
        base: the tables, all of whose columns are texts; to be closed.
        tables: the columns of each.
        lost: why a row couldn't be read, for each such row.
    """

    def __init__(self) -> None:
        self.base = sqlite3.connect("")  # on disk, without a name, when it grows
        self.tables: dict[str, list[str]] = {}
        self.lost: list[str] = []


def load_dump(file: TextIO, wanted: Mapping[str, Collection[str]]) -> Dump:
    """Read the rows of some tables.

    Args:
        file: the dump, at its beginning.
        wanted: the names of the tables, and which columns of each are kept.
    """
    dump = Dump()
    try:
        _Reader(tokens(file), wanted, dump).read()
    except BrokenOff as error:
        dump.lost.append(str(error))
    except BaseException:  # bytes that are no text, an interruption: nobody else knows of the tables
        dump.base.close()
        raise
    return dump


class _Reader:
    """Reads statements.

    Args:
        tokens: of the dump.
        wanted: see `load_dump`.
        dump: takes the rows.
    """

    def __init__(self, tokens: Iterator[tuple[str, str]], wanted: Mapping[str, Collection[str]], dump: Dump) -> None:
        self._tokens = tokens
        self._wanted = wanted
        self._dump = dump
        self._declared: dict[str, list[str]] = {}

    def read(self) -> None:
        """Read to the end."""
        for kind, text in self._tokens:
            word = text.upper() if kind == "word" else ""
            if word == "CREATE":
                self._create()
            elif word in ("INSERT", "REPLACE"):
                self._insert()
            elif text != ";":
                self._skip()
        self._dump.base.commit()

    def _next(self) -> tuple[str, str]:
        return next(self._tokens, ("mark", ";"))

    def _skip(self) -> None:
        """Pass over the rest of a statement."""
        while self._next()[1] != ";":
            pass

    def _create(self) -> None:
        """Note the columns of a table."""
        names = list[str]()
        kind, text = self._next()
        while text not in ("(", ";"):
            names.append(_name(text) if kind in ("name", "word", "text") else "")
            kind, text = self._next()
        if text == ";" or names[:1] != ["TABLE"]:
            if text != ";":
                self._skip()
            return
        columns, depth, begins = list[str](), 1, True
        while depth:
            kind, text = self._next()
            if text == ";" and kind == "mark":
                break
            if kind == "name" and begins and depth == 1:
                columns.append(_name(text))
            begins = text in ("(", ",") and kind == "mark"
            depth += (text == "(") - (text == ")") if kind == "mark" else 0
        else:
            self._skip()
        self._declare(names[-1], columns)

    def _declare(self, table: str, columns: list[str]) -> None:
        """Make the table in the database, if it is wanted."""
        self._declared.setdefault(table, columns)
        if table in self._dump.tables or table not in self._wanted:
            return
        kept = [name for name in self._wanted[table] if name in columns]
        if kept:
            self._dump.tables[table] = kept
            self._dump.base.execute(f"CREATE TABLE {_quoted(table)} ({', '.join(map(_quoted, kept))})")

    def _insert(self) -> None:
        """Take the rows of an INSERT."""
        words, columns = list[str](), list[str]()
        _, text = self._next()
        while text != ";" and text.upper() not in ("VALUES", "VALUE", "SELECT", "SET"):
            if text == "(":
                columns = self._names()
            else:
                words.append(_name(text))
            _, text = self._next()
        table = words[-1] if words else ""
        if text.upper() not in ("VALUES", "VALUE") or table not in self._wanted:
            if text != ";":
                self._skip()
            return
        if columns:
            self._declare(table, columns)
        self._rows(table, columns or self._declared.get(table, []))

    def _names(self) -> list[str]:
        names = list[str]()
        kind, text = self._next()
        while text not in (")", ";"):
            if kind in ("name", "word"):
                names.append(_name(text))
            kind, text = self._next()
        return names

    def _rows(self, table: str, columns: list[str]) -> None:
        """Store rows up to the end of the statement."""
        kept = self._dump.tables.get(table, [])
        places = [columns.index(name) if name in columns else None for name in kept]
        insert = f"INSERT INTO {_quoted(table)} VALUES ({', '.join('?' * len(kept))})"
        batch = list[Row]()
        while (row := self._row()) is not None:
            if not kept:
                self._dump.lost.append(f"a row of {table}, whose columns the dump doesn't name")
            elif len(row) != len(columns):
                self._dump.lost.append(f"a row of {table} with {len(row)} values for {len(columns)} columns")
            else:
                batch.append([None if place is None else _storable(row[place]) for place in places])
            if len(batch) >= _BATCH:
                self._dump.base.executemany(insert, batch)
                batch.clear()
        if batch:
            self._dump.base.executemany(insert, batch)

    def _row(self) -> Row | None:
        """The values of the next row; None at the statement's end."""
        kind, text = self._next()
        while not (kind == "mark" and text == "("):
            if text == ";" and kind == "mark":
                return None
            kind, text = self._next()
        row, depth = Row(), 1
        fresh: str | None = None
        while depth:
            kind, text = self._next()
            if kind == "mark" and text == ";":
                self._dump.lost.append("a row that breaks off")
                return None
            if kind == "mark" and text in "()":
                depth += 1 if text == "(" else -1
            if depth == 0 or (depth == 1 and kind == "mark" and text == ","):
                row.append(fresh)
                fresh = None
            elif kind == "text":
                fresh = _unquoted(text)
            elif kind == "word" and not text.startswith("_"):  # _utf8mb4'…'
                fresh = _literal(text)
        return row


def _literal(text: str) -> str | None:
    if _HEX.fullmatch(text):
        return bytes.fromhex(text[2:]).decode("utf-8", "replace")
    return None if text.upper() == "NULL" else text


def _unquoted(text: str) -> str:
    inner = text[1:-1]
    if "\\" not in inner and text[0] * 2 not in inner:
        return inner
    return _ESCAPE.sub(lambda found: _ESCAPED.get(found[1], found[1]) if found[1] else found[0][0], inner)


def _name(text: str) -> str:
    """A name without its quotes and its database."""
    bare = text.rpartition(".")[2] if text[:1] not in "`\"'" else text
    return bare[1:-1].replace("``", "`") if bare[:1] in '`"' else bare.upper() if bare.upper() == "TABLE" else bare


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _storable(value: str | None) -> str | None:
    """Return a text without bytes that are none, for SQLite keeps only what is UTF-8."""
    return value and value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
