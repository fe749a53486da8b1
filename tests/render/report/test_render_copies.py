"""What a copy looks like: in the text output, and as JSON."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hamdel.model import Anchor, Finding, Lang, Report, Severity
from hamdel.model.history import Copy
from hamdel.render.report import terminal
from hamdel.render.report.copies import copy_lines, to_dict
from hamdel.render.text.dates import day, period
from hamdel.render.text.pieces import plain

DRAFT = "سلام رضا جان، سفارش شما شنبه می‌رسد. کتاب برای تولد است."
COPY = Copy(
    score=92.4,
    reply="سفارش شما # میرسد",
    count=14,
    first=1_715_500_000,
    last=1_742_500_000,
    same_customer=False,
    copied=((14, 35),),
    own=((37, 55),),
    own_share=0.25,
)


def shown(copy: Copy, lang: Lang = Lang.FA) -> str:
    return plain(copy_lines(copy, DRAFT, lang, None)).translate(
        dict.fromkeys(map(ord, "\u2066\u2068\u2069\u200e\u200f"))
    )


def test_a_copy_in_persian() -> None:
    assert [line.strip() for line in shown(COPY).splitlines()] == [
        "شباهت ۹۲٪ با پاسخی که ۱۴ بار فرستاده شده است (از ۲۳ اردیبهشت ۱۴۰۳ تا ۳۰ اسفند ۱۴۰۳)",
        "رونوشت: «سفارش شما شنبه می‌رسد»",
        "از خود این پاسخ (۲۵٪ واژه‌ها): «کتاب برای تولد است»",
    ]


def test_a_copy_in_english() -> None:
    text = shown(replace(COPY, own=(), own_share=0.0), Lang.EN)
    assert "92% like a reply that was sent 14 times (2024-05-12 to 2025-03-20)" in text
    assert "No word is its own." in text
    once = replace(COPY, count=1, last=None)
    assert "92% like a reply that was sent once\n" in shown(once, Lang.EN)
    assert "شباهت ۹۲٪ با پاسخی که یک بار فرستاده شده است\n" in shown(once)


def test_what_is_unknown_is_left_out() -> None:
    text = shown(replace(COPY, count=0, copied=()))
    assert "بار" not in text
    assert "رونوشت" not in text


def test_long_parts_are_cut_at_a_word() -> None:
    draft = "واژه " * 100
    text = plain(copy_lines(replace(COPY, copied=((0, 499),), own=()), draft, Lang.FA, None))
    assert "واژه…»" in text
    assert len(text) < 400


def test_the_report_shows_it() -> None:
    finding = Finding("repetition/near-copy", Severity.WARNING, 0, 0, "", "پیام.", anchor=Anchor.DOCUMENT, copy=COPY)
    text = plain(terminal.render(Report(DRAFT, (finding,))))
    assert "کتاب برای تولد است" in text


def test_as_json() -> None:
    assert to_dict(None) is None
    values = to_dict(replace(COPY, first=0))
    assert values is not None
    assert (values["first"], values["last"]) == (None, 1_742_500_000)
    assert values["copied"] == [{"start": 14, "end": 35}]


@pytest.mark.parametrize(
    ("seconds", "fa", "en"),
    [
        (0, "۱۱ دی ۱۳۴۸", "1970-01-01"),
        (1_710_880_199, "۲۹ اسفند ۱۴۰۲", "2024-03-19"),
        (1_710_880_200, "۱ فروردین ۱۴۰۳", "2024-03-20"),
    ],
)
def test_days_are_those_of_iran(seconds: int, fa: str, en: str) -> None:
    assert (day(seconds, Lang.FA), day(seconds, Lang.EN)) == (fa, en)
    assert period(seconds, seconds, Lang.FA) == fa
