"""Tables of a known program: in an SQLite file, or in an SQL dump."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Mapping
from itertools import chain
from pathlib import Path

from hamdel.errors import InputError
from hamdel.exports.columns import Columns
from hamdel.exports.objects import Values
from hamdel.exports.preset import Database, Preset, Source
from hamdel.exports.presets import NO_PRESET, all_presets, preset_named
from hamdel.exports.recognising import Told, decide
from hamdel.exports.sql_dump import Dump

__all__ = ["dump_values", "file_values", "wanted_tables"]


def wanted_tables() -> dict[str, set[str]]:
    """Return the tables that presets read, with their columns."""
    found: dict[str, set[str]] = {}
    for form in _forms().values():
        for table, columns in {**form.tables, **form.optional}.items():
            found.setdefault(table, set()).update(columns)
    return found


def dump_values(dump: Dump, source: Source) -> tuple[Values, Told]:
    """Return the rows of the program whose tables are in a dump.

    Raises:
        InputError: it is none that is known.
    """
    told = _told(dump.tables, source)
    if told.preset is None or told.preset.database is None:
        known = ", ".join(sorted(_forms()))
        raise InputError(f"{source.name}: an SQL dump is read of {known}; export other tables as CSV")
    form, source.program = told.preset.database, told.preset.name
    for table, columns in form.optional.items():
        if table not in dump.tables:
            dump.base.execute(f'CREATE TABLE "{table}" ({", ".join(sorted(columns))})')
    lost: Values = ((number, InputError(reason)) for number, reason in enumerate(dump.lost, 1))
    return chain(lost, form.read(_rows(dump.base, form.query, source), source)), told


def file_values(path: Path, wanted: Columns) -> tuple[sqlite3.Connection, Values, Told] | None:
    """Return the rows of the program whose tables are in an SQLite file; None when it is none that is known.

    Args:
        path: the file.
        wanted: what the user said.

    Raises:
        InputError: the user named a program whose tables aren't there, or a table besides it.
    """
    form = preset_named(wanted.preset) if wanted.preset not in (None, NO_PRESET) else None
    if wanted.table or wanted.query:
        if form and not form.heading:
            hint = "leave out --preset, or --table and --query"
            raise InputError(f"{path}: {form.title} has tables of its own, which --preset {form.name} reads; {hint}")
        return None
    if form and form.heading and not form.database:
        return None  # somebody put its table into a database
    source = Source(str(path), wanted)
    try:
        base = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    except sqlite3.Error as error:
        raise InputError(f"{path}: can't be read as SQLite: {error}") from error
    kept = False
    try:
        base.text_factory = lambda data: data.decode("utf-8", "surrogateescape")
        base.execute("PRAGMA query_only = ON")
        told = _told(_tables(base), source)
        if told.preset is None or told.preset.database is None:
            return None
        tables, kept = told.preset.database, True
        source.program = told.preset.name
        return base, tables.read(_rows(base, tables.query, source), source), told
    except sqlite3.Error as error:
        raise InputError(f"{path}: can't be read as SQLite: {error}") from error
    finally:
        if not kept:
            base.close()


def _forms() -> dict[str, Database]:
    return {name: preset.database for name, preset in all_presets().items() if preset.database}


def _tables(base: sqlite3.Connection) -> dict[str, list[str]]:
    names = [name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")]
    return {name: [row[0] for row in base.execute("SELECT name FROM pragma_table_info(?)", (name,))] for name in names}


def _told(tables: Mapping[str, Collection[str]], source: Source) -> Told:
    def fits(preset: Preset) -> str:
        form = preset.database
        known = form is not None and all(columns <= set(tables.get(name, ())) for name, columns in form.tables.items())
        return ", ".join(sorted(form.tables)) if form and known else ""

    return decide(source.name, source.wanted, fits)


def _rows(base: sqlite3.Connection, query: str, source: Source) -> Iterator[tuple[int, dict[str, object]]]:
    """Yield a query's rows as objects."""
    try:
        found = base.execute(query)
        names = [name for name, *_ in found.description]
        for number, row in enumerate(found, 1):
            yield number, dict(zip(names, row, strict=True))
    except sqlite3.Error as error:
        raise InputError(f"{source.name}: can't be read on: {error}") from error
