"""Tables whose headers and cells don't go together: each is read, refused or asked about in one line."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from test_whose import ALL, write

from hamdel.errors import InputError
from hamdel.exports import Rejected, Row, open_table
from hamdel.exports.headers import ALL_ROLES
from hamdel.language.sets import entries, table

HEADERS = [name for one in table("exports.columns") for name in entries(f"exports.columns.{one}")]
CELLS = [
    "", " ", "-", "none", "customer", "agent", "مشتری", "پشتیبان", "incoming", "out", "system", "سلام", "سفارشم نرسید؟",
    "مینا رضایی", "Sara K.", "۰۹۱۲۱۲۳۴۵۶۷", "c17", "17", "5", "2024-05-12", "05/12/2024", "۱۴۰۳/۲/۲۳", "<p>سلام</p>",
    "&nbsp;", "😡", "\u200f", "x" * 400, "a\nb", "null", "\ufeffسلام", "m@x.ir",
]  # fmt: skip


def run(folder: Path, count: int) -> None:
    dice = random.Random(18)
    for _ in range(count):
        header = dice.sample(HEADERS, dice.randint(1, 6))
        pool = dice.sample(CELLS, dice.randint(1, 6))
        rows = [{name: dice.choice(pool) for name in header} for _ in range(dice.choice((0, 1, 2, 9, 40)) or 1)]
        path = write(folder / f"x{dice.choice(('.csv', '.jsonl'))}", rows)
        try:
            with open_table(path, ALL) as found:
                items = list(found)
        except InputError as error:
            assert "\n" not in str(error)
            continue
        assert all(isinstance(one, Row) or (isinstance(one, Rejected) and one.reason) for one in items)
        assert set(found.columns) <= set(ALL_ROLES)
        assert len(set(found.columns.values())) == len(found.columns)
        if not found.preset:
            left = sum(found.left_out.values())
            assert len(items) + left <= len(rows)


def test_a_few_odd_tables(tmp_path: Path) -> None:
    run(tmp_path, 300)


@pytest.mark.slow
def test_many_odd_tables(tmp_path: Path) -> None:
    run(tmp_path, 4_000)
