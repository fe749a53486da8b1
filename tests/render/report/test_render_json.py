"""JSON: schema, offsets, masking, lone surrogates."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from typing import Any

import pytest
from mini_schema import problems
from reports import DRAFT, REPORT, finding, whole

import hamdel
from hamdel.model import Anchor, Emotion, Lang, Register, Report, ScorePart, Scores, Severity, Source, Status
from hamdel.render.report.json_report import SCHEMA, render, schema, to_dict
from hamdel.render.text.json_text import dumps, line

HARD = [
    REPORT,
    Report(""),
    Report("salam", status=Status.NOT_PERSIAN, ignored=2),
    Report(" ", status=Status.NOTHING, lang=Lang.EN),
    Report("سلام", scores=Scores(71.0, 0.0, 100.0, (ScorePart("respect", "respect/tu-form", -22),))),
    Report("سلام", (finding("سلام", "سلام", source=Source.READER, score=0.5, nearest="درود"),)),
    Report("سلام", (finding("سلام", "سلام", source=Source.BOTH, score=1.0),)),
    Report("\udc80سلام\ud83d", (finding("\udc80سلام\ud83d", "سلام\ud83d"),)),
]

FINDING = to_dict(REPORT)["findings"][0]


@pytest.mark.parametrize("report", HARD)
def test_output_fits_the_schema(report: Report) -> None:
    value = json.loads(render(report))
    assert list(problems(value, schema(), schema())) == []
    assert (value["schema"], value["version"]) == (SCHEMA, hamdel.__version__)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"schema": "hamdel/report/2"}, "$.schema: isn't"),
        ({"status": "good"}, "$.status: 'good' isn't one of"),
        ({"extra": 1}, "$: extra is unknown"),
        ({"summary": {"error": -1, "warning": 0, "suggestion": True}}, "$.summary.error: -1 is too small"),
        ({"findings": [{}]}, "$.findings[0]: has no check"),
        ({"findings": {}}, "$.findings: is no array"),
        ({"findings": [{**FINDING, "source": "nobody"}]}, "$.findings[0].source: 'nobody' isn't one of"),
        ({"findings": [{**FINDING, "score": 1.2}]}, "$.findings[0].score: doesn't fit"),
        ({"findings": [{**FINDING, "nearest": None}]}, "$.findings[0].nearest: is no string"),
    ],
)
def test_schema_rejects_what_is_wrong(change: dict[str, Any], problem: str) -> None:
    found = list(problems(to_dict(REPORT) | change, schema(), schema()))
    assert any(line.startswith(problem) for line in found), found


@pytest.mark.parametrize(
    ("field", "kind"),
    [("status", Status), ("lang", Lang), ("emotion", Emotion), ("register", Register)],
)
def test_schema_lists_the_values_of_the_model(field: str, kind: type[StrEnum]) -> None:
    assert schema()["properties"][field]["enum"] == list(kind)


def test_schema_lists_severities_and_anchors_of_the_model() -> None:
    known = schema()["$defs"]["finding"]["properties"]
    assert (known["severity"]["enum"], known["anchor"]["enum"]) == (list(Severity), list(Anchor))
    assert known["source"]["enum"] == list(Source)


def test_a_finding_in_full() -> None:
    assert to_dict(REPORT)["findings"][2] == {
        "check": "respect/blame",
        "severity": "warning",
        "kind": "",
        "anchor": "span",
        "start": 36,
        "end": 52,
        "utf16": {"start": 37, "end": 53},
        "line": 2,
        "column": 30,
        "matched": "شما اشتباه کردید",
        "sentence": {"start": 36, "end": 53},
        "message": "این عبارت ممکن است بد خوانده شود.",
        "suggestions": [],
        "evidence": ["شما + اشتباه"],
        "copy": None,
        "edits": [],
        "source": "rule",
        "score": None,
        "nearest": "",
    }
    assert to_dict(REPORT)["summary"] == {"error": 2, "warning": 2, "suggestion": 1, "ignored": 0}


def test_persian_is_readable_and_surrogates_are_escaped() -> None:
    text = render(HARD[-1])
    assert "سلام\\ud83d" in text
    assert text.encode("utf-8")
    assert json.loads(text)["findings"][0]["matched"] == "سلام\ud83d"


def test_utf16_offsets_agree_with_the_codec() -> None:
    draft = "😀 سلام 👨‍👩‍👧 تو\r\nتو 🇮🇷 تو"
    starts = [place for place in range(len(draft)) if draft.startswith("تو", place)]
    report = Report(draft, tuple(finding(draft[place:], "تو") for place in starts))
    moved = replace(
        report,
        findings=tuple(
            replace(one, start=place, end=place + 2) for one, place in zip(report.findings, starts, strict=True)
        ),
    )
    for one in to_dict(moved)["findings"]:
        assert one["utf16"]["start"] == len(draft[: one["start"]].encode("utf-16-le")) // 2
    assert [(one["line"], one["column"]) for one in to_dict(moved)["findings"]] == [(1, 14), (2, 1), (2, 7)]


def test_personal_data_is_masked_unless_asked_for() -> None:
    card = "6037-9911-2345-6786"
    draft = f"کارت شما {card} است."
    one = finding(draft, card, "respect/privacy-leak", message=f"«{card}» دیده می‌شود.", evidence=(card,))
    report = Report(draft, (replace(one, suggestions=(f"{card} را پاک کنید",)),))
    assert card not in render(report)
    assert to_dict(report)["findings"][0]["matched"] == "****-****-****-6786"
    assert render(report, show_personal=True).count(card) == 4


def test_code_that_only_its_place_gives_away_is_masked_in_messages_too() -> None:
    draft = "رمز یکبار مصرف شما: 48213 است"
    one = finding(draft, "48213", "respect/privacy-leak", message="کد 48213 دیده می‌شود.", evidence=("48213",))
    assert "48213" not in render(Report(draft, (one,)))


def test_ten_megabytes_and_many_findings_are_taken() -> None:
    line = "تو 😀 باید صبر کنی.\n"
    draft = line * 500_000
    one = finding("تو", "تو")
    findings = tuple(replace(one, start=len(line) * n, end=len(line) * n + 2) for n in range(0, 500_000, 50))
    value = to_dict(Report(draft, findings), show_personal=True)
    last = value["findings"][-1]
    assert (last["line"], last["column"]) == (499_951, 1)
    assert last["utf16"]["start"] == last["start"] + draft.count("😀", 0, last["start"])


def test_finding_about_the_whole_draft() -> None:
    (one,) = to_dict(Report(DRAFT, (whole(),)))["findings"]
    assert (one["anchor"], one["start"], one["end"], one["line"], one["column"]) == ("document", 0, 0, 1, 1)


@pytest.mark.parametrize("write", [dumps, line])
def test_no_number_that_is_none(write: Callable[[Any], str]) -> None:
    """JSON has neither NaN nor infinity, and most readers stop at them."""
    value = {"a": [math.nan, 1.5, (math.inf,)], "b": {"c": -math.inf}}
    assert json.loads(write(value), parse_constant=pytest.fail) == {"a": [None, 1.5, [None]], "b": {"c": None}}


@pytest.mark.parametrize("char", ["\x1b", "\x7f", "\x9b", "\u202e", "\u2067", "\ud800"])
def test_no_character_that_steers(char: str) -> None:
    text = dumps({"a": f"م{char}ی"})
    assert char not in text
    assert json.loads(text) == {"a": f"م{char}ی"}
