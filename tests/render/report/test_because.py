"""The line that says why the learned reader found something."""

from __future__ import annotations

from dataclasses import replace

import pytest
from reports import finding, whole

from hamdel.model import Lang, Report, Source
from hamdel.render.report.because import because
from hamdel.render.report.json_report import to_dict
from hamdel.render.report.terminal import View, render
from hamdel.render.text.pieces import Role

DRAFT = "سلام. شما خودتون کارت رو غلط زدین."
FOUND = finding(
    DRAFT,
    "شما خودتون کارت رو غلط زدین",
    "respect/blame",
    evidence=("خودتون", "غلط"),
    source=Source.READER,
    score=0.87654,
    nearest="خودتان اشتباه زده‌اید.",
)
ABSENT = whole(source=Source.READER, score=0.874, evidence=("کارت",))


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        (Lang.FA, "چون: «خودتون»، «غلط» — شبیه جملهٔ آموزشی «خودتان اشتباه زده‌اید.»"),
        (Lang.EN, "Why: “خودتون”, “غلط” — like the training sentence “خودتان اشتباه زده‌اید.”"),
    ],
)
def test_words_and_sentence(lang: Lang, expected: str) -> None:
    assert because(FOUND, lang) == expected


def test_only_what_is_known() -> None:
    assert because(replace(FOUND, nearest=""), Lang.FA) == "چون: «خودتون»، «غلط»"
    assert because(replace(FOUND, evidence=()), Lang.EN) == "Why: like the training sentence “خودتان اشتباه زده‌اید.”"
    assert because(replace(FOUND, evidence=(), nearest=""), Lang.FA) == ""
    assert len(because(replace(FOUND, evidence=("ا" * 999,)), Lang.FA)) < 120


def test_an_absence_rests_on_the_whole_reply() -> None:
    assert because(ABSENT, Lang.FA) == "چون: همهٔ پاسخ، کنار پیام مشتری، چنین خوانده می‌شود (احتمال ۸۷٪)"
    assert because(ABSENT, Lang.EN).endswith("reads so (87% likely)")


@pytest.mark.parametrize("source", [Source.RULE, Source.BOTH])
def test_what_a_rule_found_needs_no_line(source: Source) -> None:
    assert because(replace(FOUND, source=source), Lang.FA) == ""


@pytest.mark.parametrize("lang", Lang)
def test_a_quiet_line_below_the_message(lang: Lang) -> None:
    lines = render(Report(DRAFT, (FOUND,), lang=lang), View(width=200))
    (line,) = [line for line in lines if any("خودتان اشتباه زده‌اید." in piece.text for piece in line)]
    assert all(piece.role is Role.QUIET for piece in line if "خودتان" in piece.text)
    assert any(FOUND.message in piece.text for piece in lines[lines.index(line) - 1])


def test_json_has_it_all() -> None:
    (found,) = to_dict(Report(DRAFT, (FOUND,)))["findings"]
    assert (found["source"], found["score"], found["nearest"]) == ("reader", 0.877, FOUND.nearest)
    assert found["evidence"] == ["خودتون", "غلط"]


def test_personal_data_is_masked() -> None:
    draft = "شما رمز یکبار مصرف 48213 را غلط زدید."
    card = "6037-9911-2345-6786"
    words = ("48213", card)
    one = finding(draft, "رمز یکبار مصرف 48213", "respect/blame", evidence=words, source=Source.READER, score=0.9)
    report = Report(draft, (one,), customer=f"کد من 48213 و کارتم {card}")
    shown = "".join(piece.text for line in render(report) for piece in line)
    assert "48213" not in shown
    assert card not in shown
    assert "چون: «" in shown
