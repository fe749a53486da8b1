"""Headers that helpdesks, shops and call centres use: which of them hold what, and which hold nobody's id."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from hamdel.exports import Columns, Row, open_table
from hamdel.exports.columns import guess
from hamdel.exports.headers import ALL_ROLES

HEADERS = tomllib.loads((Path(__file__).parent / "headers.toml").read_text("utf-8"))
PAIRS = [(role, header) for role, headers in HEADERS.items() for header in headers]
ALL = Columns(roles=ALL_ROLES)


def test_there_are_enough() -> None:
    assert len({header for _, header in PAIRS}) == len(PAIRS) >= 150


@pytest.mark.parametrize(("role", "header"), PAIRS)
def test_a_header(role: str, header: str) -> None:
    reply = "پاسخ" if role != "reply" else "پیام مشتری"
    for spelling in (header, header.replace("\u200c", " "), header.replace("ی", "ي").replace("ک", "ك"), f" {header}:"):
        found = guess([spelling, reply], {}, ALL_ROLES)
        expected = {role: spelling} if role != "name" else {}
        assert found == {**expected, ("reply" if role != "reply" else "message"): reply}


@pytest.mark.parametrize("header", HEADERS["name"])
def test_names_are_never_ids(tmp_path: Path, header: str) -> None:
    path = tmp_path / "x.csv"
    path.write_text(f"{header},پاسخ,شماره تماس\nمینا رضایی,سلام,۰۹۱۲۱۲۳۴۵۶۷\n", "utf-8")
    with open_table(path, ALL) as table:
        (row,) = table
    assert isinstance(row, Row)
    assert row.customer == "۰۹۱۲۱۲۳۴۵۶۷"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("مینا رضایی", ""), ("مینا", ""), ("Sara K.", ""), ("c17", "c17"), ("m@x.ir", "m@x.ir"), ("912 123 4567",) * 2,
        ("مینا ۲", ""),
    ],
)  # fmt: skip
@pytest.mark.parametrize("header", ["customer", "مشتری", "خریدار"])
def test_a_customer_may_be_a_name_or_an_id(tmp_path: Path, header: str, cell: str, expected: str) -> None:
    path = tmp_path / "x.csv"
    path.write_text(f"{header},پاسخ\n{cell},سلام\n", "utf-8")
    for columns, customer in ((ALL, expected), (Columns(customer=header), cell)):
        with open_table(path, columns) as table:
            (row,) = table
        assert isinstance(row, Row)
        assert row.customer == customer
