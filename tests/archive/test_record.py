"""Questions to the record that must not read all of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hamdel.archive.archive import Archive


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path, write=True) as opened:
        for number in range(20):
            opened.add(
                f"پاسخ {'ابجدهوزح'[number % 8]} به مشتری فرستاده شد",
                customer=f"c{number}",
                agent="سارا",
                time=number + 1,
            )
        yield opened


@pytest.mark.parametrize("asked", ["texts_to", "only_to", "uses", "body"])
def test_asks_an_index(archive: Archive, asked: str) -> None:
    queries: list[str] = []
    archive.record.sql.set_trace_callback(queries.append)
    getattr(archive.record, asked)(archive.record.digest("customer", "c3") if "to" in asked else 3)
    archive.record.sql.set_trace_callback(None)
    assert queries
    for query in queries:
        plan = [row[3] for row in archive.record.all(f"EXPLAIN QUERY PLAN {query}")]
        assert not [step for step in plan if step.startswith("SCAN")], (query, plan)
