"""Tables whose rows are messages of both sides: customers' are no replies, and stand beside those that answer them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from test_whose import ALL, write

from hamdel.exports import Row, open_table
from hamdel.exports.questions import Asked, QuestionError

SAID = [
    ("مشتری", "سفارشم نرسید"), ("مشتری", "کجاست؟"), ("پشتیبان", "فردا می‌رسد."), ("مشتری", "ممنون"),
    ("پشتیبان", "خواهش می‌کنم."),
]  # fmt: skip
REPLIES = [("سفارشم نرسید\nکجاست؟", "فردا می‌رسد.", 1), ("ممنون", "خواهش می‌کنم.", 2)]
#: How sides are written, theirs and ours.
WORDS = [
    ("مشتری", "پشتیبان"), ("کاربر", "اپراتور"), ("customer", "agent"), ("user", "assistant"), ("USER", "Operator"),
    ("incoming", "outgoing"), ("in", "out"), ("دریافتی", "ارسالی"), ("ورودی", "خروجی"), ("End User", "support"),
]  # fmt: skip
HEADERS = ["sender", "role", "direction", "فرستنده", "جهت", "sender_type"]


def rows_of(path: Path, **more: object) -> tuple[list[tuple[str, str, int | None]], dict[str, int]]:
    with open_table(path, replace(ALL, **more)) as table:
        rows = [row for row in table if isinstance(row, Row)]
    return [(row.message, row.reply, row.turn) for row in rows], {str(why): n for why, n in table.left_out.items()}


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet", ".db"])
@pytest.mark.parametrize(("theirs", "ours"), WORDS)
def test_a_column_says_whose(tmp_path: Path, suffix: str, theirs: str, ours: str) -> None:
    header = HEADERS[WORDS.index((theirs, ours)) % len(HEADERS)]
    rows = [{header: theirs if who == "مشتری" else ours, "متن": text} for who, text in SAID]
    path = write(tmp_path / f"x{suffix}", rows)
    assert rows_of(path) == (REPLIES, {"customer": 3})
    with open_table(path, ALL) as table:
        assert ("sides", header) in table.told.notes
        assert {row.agent for row in table if isinstance(row, Row)} == {""}


def test_conversations_are_told_apart_and_agents_keep_their_names(tmp_path: Path) -> None:
    rows = [
        {"chat id": chat, "agent name": "سارا" if who == "پشتیبان" else "", "role": who, "text": f"{text} {chat}"}
        for who, text in SAID
        for chat in (1, 2)
    ]
    with open_table(write(tmp_path / "x.csv", rows), ALL) as table:
        found = [row for row in table if isinstance(row, Row)]
    assert [(row.thread, row.agent, row.turn) for row in found] == [(c, "سارا", t) for t in (1, 2) for c in "12"]
    assert all(row.message.endswith(row.thread) for row in found)


def test_what_nobody_wrote_is_no_reply(tmp_path: Path) -> None:
    rows = [{"role": who, "text": text} for who, text in [*SAID, ("system", "گفتگو بسته شد"), ("", "؟")]]
    assert rows_of(write(tmp_path / "x.csv", rows)) == (REPLIES, {"customer": 3, "system": 2})


def test_the_newest_first_has_no_message_beside_it(tmp_path: Path) -> None:
    rows = [{"role": who, "text": text, "time": f"2024-05-12T10:0{n}:00Z"} for n, (who, text) in enumerate(SAID)]
    found, left = rows_of(write(tmp_path / "x.csv", rows[::-1]))
    assert (found, left) == ([("", "خواهش می‌کنم.", None), ("", "فردا می‌رسد.", None)], {"customer": 3})
    assert rows_of(write(tmp_path / "y.csv", rows))[0] == REPLIES


NAMED = [{"فرستنده": {"مشتری": "مینا رضایی"}.get(who, "فروشگاه نور"), "متن": text} for who, text in SAID]


def test_names_are_asked_about(tmp_path: Path) -> None:
    path = write(tmp_path / "x.csv", NAMED)
    with pytest.raises(QuestionError) as asked:
        open_table(path, ALL)
    assert (asked.value.asked, asked.value.choices) == (Asked.TEAM, ("مینا رضایی", "فروشگاه نور"))
    assert rows_of(path, team=("فروشگاه نور",)) == (REPLIES, {"customer": 3})
    shop = [{**row, "فرستنده": row["فرستنده"].removesuffix(" نور")} for row in NAMED]
    with open_table(write(tmp_path / "y.csv", shop), replace(ALL, team=("فروشگاه",))) as table:
        assert {row.agent for row in table if isinstance(row, Row)} == {"فروشگاه"}  # a word for a side may be a name
    assert len(rows_of(path, agent="فرستنده")[0]) == len(SAID)  # whoever says so: all of them are agents
    assert len(rows_of(path, team=("فروشگاه نور", "مینا رضایی"))[0]) == len(SAID)


@pytest.mark.parametrize(
    "more", [{"مشتری": "c1"}, {"پیام مشتری": "سلام"}, {"پاسخ": "سلام، فردا می‌رسد."}], ids=["id", "message", "reply"]
)
def test_a_table_of_replies_is_not_asked_about(tmp_path: Path, more: dict[str, str]) -> None:
    rows = [{"فرستنده": name, "متن": "سلام، رسید؟", **more} for name in ["سارا", "رضا"] * 4]
    with open_table(write(tmp_path / "x.csv", rows), ALL) as table:
        assert len([row for row in table if isinstance(row, Row)]) == len(rows)


def test_phone_numbers_are_customers(tmp_path: Path) -> None:
    rows = [{"user": f"0912123456{n}", "text": "سلام، فردا می‌رسد."} for n in range(9)]
    with open_table(write(tmp_path / "x.csv", rows), ALL) as table:
        assert [row.customer for row in table if isinstance(row, Row)] == [row["user"] for row in rows]


def test_one_side_alone_is_no_talk(tmp_path: Path) -> None:
    for header, word in (("role", "agent"), ("فرستنده", "ادمین")):
        rows = [{header: word, "text": text} for _, text in SAID]
        assert len(rows_of(write(tmp_path / "x.csv", rows))[0]) == len(SAID)


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".db"])
def test_the_other_side_s_messages_are_never_replies(tmp_path: Path, suffix: str) -> None:
    """Where one side alone stands in the first rows: customers were judged as an agent whose name was "customer"."""
    ours, theirs = {"role": "agent", "text": "فردا می‌رسد."}, {"role": "customer", "text": "کجاست؟"}
    found, left = rows_of(write(tmp_path / f"ours-first{suffix}", [ours] * 600 + [theirs] * 3 + [ours]))
    assert (len(found), left) == (601, {"customer": 3})
    found, left = rows_of(write(tmp_path / f"theirs-first{suffix}", [theirs] * 600 + [ours] * 3))
    assert (len(found), left["customer"]) == (3, 600)
    found, left = rows_of(write(tmp_path / f"theirs{suffix}", [theirs] * 5 + [{**theirs, "role": "bot"}]))
    assert (found, left) == ([], {"customer": 5, "system": 1})
