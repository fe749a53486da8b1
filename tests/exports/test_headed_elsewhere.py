"""A program's table that somebody keeps in a sheet, a Parquet file or a database; presets beside tables and queries."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from hamdel.errors import InputError
from hamdel.exports import Columns, Row, open_table
from hamdel.exports.columns import ALL_ROLES

ALL = Columns(roles=ALL_ROLES)
REVIEWS = {
    "Package Name": ["com.x", "com.x"],
    "Star Rating": [2, 5],
    "Review Text": ["بد بود", "خوب"],
    "Developer Reply Date and Time": ["2024-05-12T11:00:00Z", None],
    "Developer Reply Text": ["ممنون از نظرتان", None],
    "Review Link": ["http://x?1", "http://x?2"],
}


def kept(path: Path) -> Path:
    frame = pl.DataFrame(REVIEWS)
    if path.suffix == ".xlsx":
        frame.write_excel(path)
    elif path.suffix == ".parquet":
        frame.write_parquet(path)
    else:
        with sqlite3.connect(path) as base:
            base.execute("CREATE TABLE reviews ({})".format(", ".join(f'"{name}"' for name in REVIEWS)))
            base.executemany("INSERT INTO reviews VALUES (?, ?, ?, ?, ?, ?)", frame.rows())
        base.close()
    return path


@pytest.mark.parametrize("preset", [None, "google-play"])
@pytest.mark.parametrize("suffix", [".xlsx", ".parquet", ".db"])
def test_a_known_header_is_known_in_any_table(tmp_path: Path, suffix: str, preset: str | None) -> None:
    with open_table(kept(tmp_path / f"x{suffix}"), replace(ALL, preset=preset)) as table:
        row, unanswered = table
    assert table.preset == "google-play"
    assert isinstance(row, Row)
    assert (row.message, row.channel, row.csat) == ("بد بود", "google-play", 2.0)
    assert not isinstance(unanswered, Row)
    assert unanswered.unanswered


@pytest.mark.parametrize("where", [{"table": "reviews"}, {"query": "SELECT * FROM reviews"}])
def test_a_preset_beside_a_table(tmp_path: Path, where: dict[str, str]) -> None:
    path = kept(tmp_path / "x.db")
    with open_table(path, replace(ALL, preset="google-play", **where)) as table:
        assert table.preset == "google-play"
    for preset in ("bale", "zendesk", "whatsapp"):
        with pytest.raises(InputError, match="--preset") as refused:
            open_table(path, replace(ALL, preset=preset, **where))
        assert "\n" not in str(refused.value)
    with open_table(path, replace(ALL, preset="none", reply="Developer Reply Text", **where)) as table:
        assert table.preset is None


def test_a_plain_sheet_is_no_program(tmp_path: Path) -> None:
    path = tmp_path / "x.parquet"
    pl.DataFrame({"reply": ["سلام"]}).write_parquet(path)
    with pytest.raises(InputError, match="isn't what Google Play exports"):
        open_table(path, replace(ALL, preset="google-play"))


def test_days_and_months_of_a_database(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    with sqlite3.connect(path) as base:
        base.execute("CREATE TABLE t (reply, date)")
        base.executemany("INSERT INTO t VALUES (?, ?)", [("سلام", "05/12/2024"), ("سلام", "25/12/2024")])
    base.close()
    with open_table(path, ALL) as table:
        assert [isinstance(row, Row) for row in table] == [True, True]
