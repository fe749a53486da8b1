"""Replies in a database."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from hamdel.errors import InputError
from hamdel.exports import Columns, Rejected, Row, open_table
from hamdel.exports.columns import ALL_ROLES

ALL = Columns(roles=ALL_ROLES)


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "desk.db"
    with sqlite3.connect(path) as desk:
        desk.execute('CREATE TABLE "re""plies" (reply, question, score, customer_id, created_at)')
        rows = [("سلام", "کجاست؟", 5, 7, "1403/02/23"), (None, "", "", "", ""), (b"\xff", "", None, 1.0, None)]
        desk.executemany('INSERT INTO "re""plies" VALUES (?, ?, ?, ?, ?)', rows)
    desk.close()
    yield path


def read(path: Path, columns: Columns = ALL) -> list[Row | Rejected]:
    with open_table(path, columns) as table:
        return list(table)


def test_the_only_table(base: Path) -> None:
    expected = [
        Row("سلام", "", "7", 1_715_459_400, "", "کجاست؟", csat=5.0),
        Rejected(f"{base}:2", 'no text in column "reply"'),
        Rejected(f"{base}:3", "broken characters; export it again as UTF-8"),
    ]
    assert read(base) == expected
    assert read(base, replace(ALL, table='re"plies')) == expected
    other = base.rename(base.with_suffix(".csv"))  # known by its content
    assert len(read(other)) == 3


def test_a_query(base: Path) -> None:
    query = 'SELECT reply AS answer, score * 2 AS twice FROM "re""plies" WHERE score = 5;'
    assert read(base, replace(ALL, query=query, outcomes=("twice",))) == [Row("سلام", outcomes=(10.0,))]
    with open_table(base, replace(ALL, query=query)) as table:
        list(table)
        assert table.position == table.size


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        (replace(ALL, table="x"), r'has no table "x"; name one with --table: "re"plies"'),
        (replace(ALL, query="SELECT missing"), "can't be read as SQLite: no such column"),
        (
            replace(ALL, query='DELETE FROM "re""plies"'),
            "can't be read as SQLite: attempt to write a readonly database",
        ),
        (replace(ALL, query="PRAGMA user_version = 3"), "can't be read as SQLite|must be a SELECT"),
    ],
)
def test_what_cannot_be_read(base: Path, columns: Columns, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read(base, columns)
    assert len(read(base)) == 3


def test_several_tables_and_no_database(base: Path, tmp_path: Path) -> None:
    with sqlite3.connect(base) as desk:
        desk.execute("CREATE TABLE other (a)")
    desk.close()
    with pytest.raises(InputError, match="has several tables; name one with --table"):
        read(base)
    (tmp_path / "x.csv").write_text("reply\nسلام\n", "utf-8")
    with pytest.raises(InputError, match="--table and --query are for SQLite"):
        read(tmp_path / "x.csv", replace(ALL, table="x"))
    (tmp_path / "junk.db").write_bytes(b"SQLite format 3\0" + b"x" * 100)
    with pytest.raises(InputError, match="can't be read as SQLite"):
        read(tmp_path / "junk.db")


@pytest.mark.parametrize("query", ["ATTACH '{}' AS other", "VACUUM INTO '{}'", "VACUUM main INTO '{}'"])
def test_a_query_makes_no_other_file(tmp_path: Path, query: str) -> None:
    path, other = tmp_path / "base.sqlite", tmp_path / "other.sqlite"
    with sqlite3.connect(path) as base:
        base.execute("CREATE TABLE t (reply)")
    base.close()
    with pytest.raises(InputError), open_table(path, Columns(query=query.format(other))):
        pass
    assert not other.exists()
