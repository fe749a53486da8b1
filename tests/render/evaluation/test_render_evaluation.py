"""An evaluation for people and for programs."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from mini_schema import problems

import hamdel
from hamdel.model import Lang
from hamdel.model.evaluation import Agreement, Disagreement, Evaluation, Figure, Row
from hamdel.render.evaluation.evaluation_json import SCHEMA, schema, to_dict
from hamdel.render.evaluation.evaluation_json import render as render_json
from hamdel.render.evaluation.evaluation_text import render
from hamdel.render.text.figures import decimal, percent
from hamdel.render.text.pieces import plain

ISOLATES = "\u2066\u2068\u2069\u200e\u200f"
HALF = Figure(0.5, 0.254, 0.7)
BLAME = Row("respect/blame", HALF, Figure(1.0, 1.0, 1.0), Figure(2 / 3, 0.4, 0.9), Figure(-0.5, -0.7, 0.1), 12, 9, 0)
TU = Row("respect/tu-form", Figure(), Figure(0.0, 0.0, 0.0), Figure(0.0, 0.0, 0.0), Figure(), 3, 0, 2)
FULL = Evaluation(
    cases=60,
    checks=(BLAME, TU),
    overall=replace(BLAME, check="", kappa=Figure()),
    alarms=Agreement(Figure(0.04, 0.0, 0.1), 25),
    emotion=Agreement(Figure(1.0, 1.0, 1.0), 7),
    scores={"respect": Agreement(Figure(0.654321, 0.5, 0.8), 60), "empathy": Agreement(Figure(), 0)},
    disagreements=(
        Disagreement("a b.jsonl:3", "respect/blame", False, "شما\nاشتباه"),
        Disagreement("a b.jsonl:4", "respect/tu-form", True, ""),
    ),
    disagreed=5,
    unknown=2,
    off=1,
)
NONE = Agreement(Figure(), 0)
NOTHING = Evaluation(1, (), Row("", *[Figure()] * 4, 0, 0, 0), NONE, NONE, {"respect": NONE, "empathy": NONE})


def text(evaluation: Evaluation, lang: Lang = Lang.FA, width: int | None = None) -> str:
    return "".join(char for char in plain(render(evaluation, lang, width)) if char not in ISOLATES)


def test_everything_in_persian() -> None:
    assert text(FULL).splitlines()[:-1] == [
        "بررسی            دقت          بازیابی  F1   کاپا   برچسب  نامعلوم",
        "respect/blame    ۵۰٪ (۲۵–۷۰)  ۱۰۰٪     ۶۷٪  −۰٫۵۰  ۱۲     ۰",
        "respect/tu-form  —            ۰٪       ۰٪   —      ۳      ۲",
        "همه              ۵۰٪ (۲۵–۷۰)  ۱۰۰٪     ۶۷٪  —      ۱۲     ۰",
        "",
        "هشدار بی‌جا روی پیش‌نویس‌های بی‌ایراد: ۴٪ (۰٪ تا ۱۰٪) از ۲۵ مورد",
        "تشخیص درست احساس مشتری: ۱۰۰٪ از ۷ مورد",
        "هم‌خوانی امتیاز احترام با نمرهٔ آدم‌ها (ρ اسپیرمن): ۰٫۶۵ (۰٫۵۰ تا ۰٫۸۰)، ۶۰ مورد",
        "",
        "اختلاف همدل با برچسب‌ها",
        "  a b.jsonl:3  respect/blame  بی‌جا: «شما اشتباه»",
        "  a b.jsonl:4  respect/tu-form  ندیده (کل متن)",
        "هنوز ۳ اختلاف دیگر هم هست: --all-cases",
        "",
        "کنار گذاشته شد: ۲ برچسب، چون همدل چنین بررسی‌ای ندارد.",
        "کنار گذاشته شد: ۱ برچسب، چون بررسی‌اش در تنظیمات خاموش است.",
    ]


def test_the_same_in_english() -> None:
    shown = text(FULL, Lang.EN)
    assert "respect/blame    50% (25–70)  100%    67%  -0.50  12      0\n" in shown
    assert "False alarms on drafts without labels: 4% (0% to 10%) of 25\n" in shown
    assert "  a b.jsonl:4  respect/tu-form  missed (whole draft)\n3 more: --all-cases\n" in shown


def test_little_to_say() -> None:
    assert text(NOTHING).startswith("\n  بر پایهٔ ۱ مورد. عددهای داخل پرانتز")


def test_every_row_is_left_to_right_and_every_isolate_is_closed() -> None:
    lines = plain(render(FULL, Lang.FA)).splitlines()
    assert all(line.startswith("\u200e") for line in lines[:4])
    for line in lines:
        assert line.count("\u2068") + line.count("\u2066") == line.count("\u2069")


def test_the_note_is_wrapped_for_a_terminal() -> None:
    assert max(map(len, text(NOTHING, width=60).splitlines())) <= 60


@pytest.mark.parametrize(
    ("value", "shown"),
    [(1, "100%"), (0.999, "99%"), (0.955, "96%"), (0.001, "1%"), (0, "0%"), (None, "—")],
)
def test_only_all_and_nothing_read_so(value: float | None, shown: str) -> None:
    assert percent(value, Lang.EN) == shown


def test_decimals() -> None:
    assert [decimal(value, Lang.FA) for value in (-1.0, 0.125, None)] == ["−۱٫۰۰", "۰٫۱۲", "—"]


@pytest.mark.parametrize("evaluation", [FULL, NOTHING])
def test_json_fits_the_schema(evaluation: Evaluation) -> None:
    value = json.loads(render_json(evaluation))
    assert list(problems(value, schema(), schema())) == []
    assert (value["schema"], value["version"]) == (SCHEMA, hamdel.__version__)


@pytest.mark.parametrize("change", [{"extra": 1}, {"cases": -1}, {"checks": [{}]}, {"scores": {}}])
def test_schema_rejects_what_is_wrong(change: dict[str, Any]) -> None:
    assert list(problems(to_dict(FULL) | change, schema(), schema()))


def test_json_in_full() -> None:
    value = to_dict(FULL)
    assert value["checks"][0]["precision"] == {"value": 0.5, "low": 0.254, "high": 0.7}
    assert value["checks"][1]["kappa"] == {"value": None, "low": None, "high": None}
    assert "kappa" not in value["overall"]
    assert value["scores"]["respect"] == {"cases": 60, "spearman": {"value": 0.6543, "low": 0.5, "high": 0.8}}
    assert value["disagreements"][0] == {
        "case": "a b.jsonl:3", "check": "respect/blame", "kind": "wrong", "text": "شما\nاشتباه",
    }  # fmt: skip
    assert value["left_out"] == {"disagreements": 3, "unknown_labels": 2, "labels_of_checks_that_are_off": 1}
    assert value["bootstrap"] == {"resamples": 1000, "level": 0.95, "seed": 2024}
