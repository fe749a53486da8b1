"""Columns whose header says only whose they are: cells tell ids, names and messages apart, or somebody is asked."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from hamdel.exports import Columns, Row, Table, open_table
from hamdel.exports.columns import ALL_ROLES
from hamdel.exports.contents import Content, look
from hamdel.exports.questions import Asked, QuestionError

CASES = Path(__file__).parents[1] / "cases"
ALL = Columns(roles=ALL_ROLES)
REPLY = "سلام، فردا به دستتان می‌رسد."

MESSAGES = ["سفارشم نرسید", "سلام", "چرا پولم برنگشت؟", "ممنون", "کد تخفیف کار نمی‌کنه"]
QUESTIONS = ["کی می‌رسه؟", "قیمت این چنده", "سلام وقت بخیر", "هنوز منتظرم"]
NAMES = ["مینا رضایی", "علی کاظمی", "سارا احمدی", "شهره نیک‌پی", "پیمان آذرخش"]
COMPANIES = ["شرکت آرمان صنعت", "فروشگاه نور", "هلدینگ پارس", "موسسه فرهنگی سپهر"]
IDS = ["c17", "c18", "c19", "c17"]
PHONES = ["۰۹۱۲۱۲۳۴۵۶۷", "0912 123 4568", "+98 912 123 4569", "۰۹۳۵۱۱۱۲۲۳۳"]
MAILS = ["mina@x.ir", "ali.k@y.com", "s.a@z.ir"]
HANDLES = ["@mina_r", "ali.kazemi", "sara_shop", "p-a-z"]
LATIN = ["Mina Rezaei", "Ali K.", "Sara", "John Smith"]
ENGLISH = ["where is my order", "It broke", "Thanks a lot", "refund please"]
NUMBERED = ["مشتری ۱۲", "کاربر 7", "مشتری ۱۲"]
EMPTY_AND = ["", "-", "سفارشم نرسید", "ندارد", "کجاست؟"]


def write(path: Path, rows: Sequence[dict[str, object]]) -> Path:
    header = list(rows[0])
    if path.suffix == ".jsonl":
        path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    elif path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, header)
            writer.writeheader()
            writer.writerows(rows)
    elif path.suffix == ".parquet":
        pl.DataFrame(rows).write_parquet(path)
    else:
        with sqlite3.connect(path) as base:
            base.execute(f"CREATE TABLE t ({', '.join(header)})")
            marks = ", ".join("?" * len(header))
            base.executemany(f"INSERT INTO t VALUES ({marks})", [tuple(row.values()) for row in rows])
        base.close()
    return path


def opened(path: Path, columns: Columns = ALL) -> Table:
    with open_table(path, columns) as table:
        return table


COUSINS = [
    ("customer", MESSAGES, "message"),
    ("مشتری", QUESTIONS, "message"),
    ("کاربر", MESSAGES, "message"),
    ("user", ENGLISH, "message"),
    ("client", EMPTY_AND, "message"),
    ("مخاطب", MESSAGES[:2], "message"),
    ("فرستنده", [*MESSAGES, *QUESTIONS], "message"),
    ("customer", NAMES, "customer"),
    ("مشتری", COMPANIES, "customer"),
    ("buyer", IDS, "customer"),
    ("contact", PHONES, "customer"),
    ("خریدار", NUMBERED, "customer"),
    ("requester", MAILS, "customer"),
    ("visitor", HANDLES, "customer"),
    ("کاربر", PHONES, "customer"),
    ("customer", LATIN, "customer"),
    ("user", NAMES * 3, None),
    ("user", [*NAMES[:2]] * 5, "agent"),
    ("sender", [*LATIN[:2]] * 4, "agent"),
    ("کاربر", [f"{name} {number}" for number, name in enumerate(NAMES * 2)], "customer"),
    ("agent", NAMES, "agent"),
    ("پشتیبان", ["ب۱", "ب۲"], "agent"),
]


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet", ".db"])
@pytest.mark.parametrize(("header", "cells", "role"), COUSINS)
def test_what_is_in_it_tells(tmp_path: Path, suffix: str, header: str, cells: list[str], role: str | None) -> None:
    path = write(tmp_path / f"x{suffix}", [{header: cell, "پاسخ": f"{REPLY} {i}"} for i, cell in enumerate(cells)])
    if role is None:
        with pytest.raises(QuestionError):
            opened(path)
        return
    assert dict(opened(path).columns) == {"reply": "پاسخ", role: header}


@pytest.mark.parametrize(
    ("header", "roles"),
    [
        (("customer", "agent"), {"message": "customer", "reply": "agent"}),
        (("مشتری", "پشتیبان"), {"message": "مشتری", "reply": "پشتیبان"}),
        (("user", "assistant"), {"message": "user", "reply": "assistant"}),
        (("کاربر", "اپراتور"), {"message": "کاربر", "reply": "اپراتور"}),
    ],
)
def test_two_columns_of_texts(tmp_path: Path, header: tuple[str, str], roles: dict[str, str]) -> None:
    rows = [dict(zip(header, (cell, f"{REPLY} {i}"), strict=True)) for i, cell in enumerate(MESSAGES)]
    assert dict(opened(write(tmp_path / "x.jsonl", rows)).columns) == roles


def test_a_text_beside_an_agent_who_writes_is_the_customers(tmp_path: Path) -> None:
    rows = [{"text": cell, "agent": f"{REPLY} {i}"} for i, cell in enumerate(MESSAGES)]
    assert dict(opened(write(tmp_path / "x.csv", rows)).columns) == {"reply": "agent", "message": "text"}


@pytest.mark.parametrize("name", ["cases.jsonl", "cases_history.jsonl"])
def test_our_own_cases_need_no_option(name: str) -> None:
    with open_table(CASES / name, ALL) as table:
        rows = list(table)
    assert table.columns["message"] == "customer"
    assert all(isinstance(row, Row) for row in rows)


def test_what_nothing_tells_is_asked(tmp_path: Path) -> None:
    rows = [{"customer": cell, "reply": REPLY} for cell in ("عالی", "بد", "گل")]
    path = write(tmp_path / "x.csv", rows)
    with pytest.raises(QuestionError, match=r"--customer\W.*--customer-id.*--customer none") as asked:
        opened(path)
    assert (asked.value.asked, asked.value.column) == (Asked.COLUMN, "customer")
    assert asked.value.choices == ("message", "customer", "none")
    assert "\n" not in str(asked.value)
    for answer, role in (({"message": "customer"}, "message"), ({"customer": "customer"}, "customer")):
        assert opened(path, replace(ALL, **answer)).columns[role] == "customer"
    assert dict(opened(path, replace(ALL, message="none")).columns) == {"reply": "reply", "customer": "customer"}
    assert "customer" in opened(path, Columns()).columns  # an archive wants no messages, so nothing is open


def test_an_agent_or_a_customer_is_asked(tmp_path: Path) -> None:
    path = write(tmp_path / "x.csv", [{"user": name, "reply": REPLY} for name in NAMES])
    with pytest.raises(QuestionError) as asked:
        opened(path)
    assert asked.value.choices == ("agent", "customer", "none")
    assert opened(path, replace(ALL, agent="none")).columns["customer"] == "user"
    rows = [{"user": name, "reply": REPLY, "agent": "سارا"} for name in NAMES]
    assert opened(write(tmp_path / "y.csv", rows)).columns == {"reply": "reply", "agent": "agent", "customer": "user"}


def test_a_column_may_be_called_none(tmp_path: Path) -> None:
    path = write(tmp_path / "x.csv", [{"none": "سلام", "reply": REPLY}])
    assert opened(path, replace(ALL, message="none")).columns["message"] == "none"
    other = write(tmp_path / "y.csv", [{"time": "x", "reply": REPLY}])
    assert "time" not in opened(other, replace(ALL, time="none")).columns


def test_a_program_has_named_its_cells(tmp_path: Path) -> None:
    """A preset's rows aren't asked about: it knows what it made them of."""
    value = {"chat_id": 1, "messages": [{"operator_id": "گل", "text": REPLY, "user_id": None}]}
    path = tmp_path / "x.json"
    path.write_text(json.dumps([value]), "utf-8")
    assert opened(path).preset == "goftino"


@pytest.mark.parametrize(
    ("cells", "content"),
    [
        ([], Content.NOTHING), (["", None, "-"], Content.NOTHING), ([1, 2.0, 3], Content.PEOPLE),
        ([[1], {}], Content.NOTHING), (["🙏"], Content.UNSURE), (["علی کجاست"], Content.MESSAGES),
        (["https://x.ir/u/1"], Content.PEOPLE), (["دانه"] * 30, Content.PEOPLE), (["x" * 5000], Content.PEOPLE),
        (["رضایی، مینا"], Content.PEOPLE), (["آقای کریمی"], Content.PEOPLE), (["مينا رضايي"], Content.PEOPLE),
        (["سفارشم\nنرسید"], Content.MESSAGES),
        (["salam chera nemirese", "merci"], Content.MESSAGES), (["salam khobi?"], Content.MESSAGES),
    ],
)  # fmt: skip
def test_cells(cells: list[object], content: Content) -> None:
    assert look(cells).content is content


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet"])
def test_messages_that_begin_late_are_messages(tmp_path: Path, suffix: str) -> None:
    rows = [{"customer": "", "reply": REPLY}] * 600 + [{"customer": text, "reply": REPLY} for text in MESSAGES * 4]
    table = opened(write(tmp_path / f"export{suffix}", rows))
    assert table.columns.get("message") == "customer"
    assert "customer" not in table.columns


def test_a_column_that_is_empty_as_far_as_one_looks_is_nothing(tmp_path: Path) -> None:
    """It was taken for ids, and the messages that followed with it."""
    rows = [{"customer": "", "reply": REPLY}] * 2500 + [{"customer": text, "reply": REPLY} for text in MESSAGES]
    table = opened(write(tmp_path / "export.csv", rows))
    assert list(table.columns) == ["reply"]


@pytest.mark.parametrize("outcomes", [(), ("score",)])
def test_texts_among_objects_say_nothing_of_sides(tmp_path: Path, outcomes: tuple[str, ...]) -> None:
    path = tmp_path / "export.json"
    values = [{"from": "customer", "text": "کجاست؟", "score": 1}, REPLY, {"from": "agent", "text": REPLY, "score": 2}]
    path.write_text(json.dumps(values), encoding="utf-8")
    with open_table(path, replace(ALL, outcomes=outcomes)) as table:
        found = [row for row in table if isinstance(row, Row)]
    assert [len(row.outcomes) for row in found] == [len(outcomes)] * len(found)
