"""The line format: one finding, one line, whatever the message and the file name hold."""

from __future__ import annotations

import re

from reports import DRAFT, REPORT, finding, whole

from hamdel.model import Report
from hamdel.render.report.line import render

SHAPE = re.compile(r"[^:\n]+:\d+:\d+: (error|warning|suggestion): .+ \[[a-z-]+/[a-z-]+\]")


def test_every_finding_has_its_line_by_place() -> None:
    lines = render(REPORT, "reply.txt").splitlines()
    assert len(lines) == len(REPORT.findings)
    assert all(SHAPE.fullmatch(line) for line in lines)
    assert lines[0] == "reply.txt:1:1: warning: قدم بعدی گفته نشده است. [clarity/no-next-step]"
    assert [line.split(":")[1:3] for line in lines[1:]] == [["2", "1"], ["2", "13"], ["2", "20"], ["2", "30"]]


def test_standard_input_is_a_dash_and_clean_is_empty() -> None:
    assert render(Report(DRAFT, (whole(),))).startswith("-:1:1: ")
    assert render(Report(DRAFT)) == ""


def test_nothing_can_break_a_line() -> None:
    one = finding(DRAFT, "تو", message="a\nb\r\nc\u2028d\x1b[31me\udc80" + "x" * 500)
    (line,) = render(Report(DRAFT, (one,)), "a\nb.txt").split("\n")[:-1]
    assert "a b c d␛[31me\ufffdx" in line
    assert line.startswith("a b.txt:2:1: ")


def test_carriage_returns_count_as_lines() -> None:
    draft = "سلام\r\nتو\rکنی"
    report = Report(draft, (finding(draft, "تو"), finding(draft, "کنی")))
    assert [line.split(":")[1:3] for line in render(report).splitlines()] == [["2", "1"], ["3", "1"]]


def test_personal_data_is_masked_unless_asked_for() -> None:
    draft = "کارت 6037-9911-2345-6786"
    one = finding(draft, "6037-9911-2345-6786", message="«6037-9911-2345-6786»")
    assert "****-****-****-6786" in render(Report(draft, (one,)))
    assert "6037-9911-2345-6786" in render(Report(draft, (one,)), show_personal=True)
