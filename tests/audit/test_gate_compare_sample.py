"""Limits for CI, the comparison with an earlier audit, and samples to label."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from audit_frames import findings, replies, team

from hamdel.audit.compare import compared, read_earlier
from hamdel.audit.gate import GRAMMAR, exceeded, parse
from hamdel.audit.sample import draw, write_sample
from hamdel.audit.summary import Settings, summarise
from hamdel.checker import Checker
from hamdel.errors import InputError
from hamdel.evaluate.cases import Rules, read_cases
from hamdel.model.audit import Summary
from hamdel.render.audit.audit_folder import write_results

ROWS = [(0, "respect/blame", "warning"), (0, "respect/blame", "warning"), (1, "respect/threat", "error")]
CHECKS = ("respect/blame", "respect/threat", "empathy/non-apology")


@pytest.fixture(scope="module")
def summary() -> Summary:
    return summarise(replies([{"reply": "خوب"}] * 50), findings(ROWS), Settings(Checker(), limits=None))


@pytest.mark.parametrize(
    ("text", "passed"),
    [
        ("error>0", True), ("error>1", False), ("error>=1", True), ("warning>1", True), ("warning>2", False),
        ("respect/blame>1", True), ("respect/blame>2%", False), ("respect/blame>=2%", True),
        ("respect/blame>1.9%", True),
        ("respect>2", True), ("respect>3%", True), ("respect>4%", False), ("empathy>0", False),
        ("empathy/non-apology>0%", False), (" error > 5 , warning > 0 ", True), ("suggestion>0,error>9", False),
    ],
)  # fmt: skip
def test_limits_of_findings_and_shares(summary: Summary, text: str, passed: bool) -> None:
    assert bool(exceeded(parse(text, CHECKS), summary)) is passed


def test_what_passed_a_limit_is_told(summary: Summary) -> None:
    (one,) = exceeded(parse("error>9,respect/blame>1%", CHECKS), summary)
    assert (one.condition.text, one.value) == ("respect/blame>1%", 0.02)


@pytest.mark.parametrize(
    "text", ["", "error", "error>", "error<1", "error>x", ">1", "error>-1", "error>1%%", "error>101%"]
)
def test_a_wrong_limit_shows_the_grammar(text: str) -> None:
    with pytest.raises(InputError) as error:
        parse(text, CHECKS)
    assert GRAMMAR in str(error.value)
    assert "\n" not in str(error.value)


def test_a_name_that_nothing_has_names_the_nearest() -> None:
    with pytest.raises(InputError, match=r"respect/blane.*respect/blame"):
        parse("respect/blane>1%", CHECKS)


def test_a_comparison_with_itself_is_no_change(tmp_path: Path) -> None:
    summary = summarise(*team(300), Settings(Checker()))
    write_results(tmp_path, summary)
    same = compared(read_earlier(tmp_path), summary)
    assert same.replies == 300
    assert set(same.checks) == {one.check for one in summary.checks if one.share.of}
    assert all(change.value == 0 and change.chance for change in same.checks.values())
    assert all(change.value == pytest.approx(0, abs=1e-5) for change in same.scores.values())
    assert read_earlier(tmp_path / "summary.json")["schema"] == "hamdel/audit/1"


def test_a_change_has_newcombes_interval_and_an_adjusted_p(tmp_path: Path) -> None:
    before = summarise(*team(600), Settings(Checker(), limits=None))
    write_results(tmp_path, before)
    earlier = read_earlier(tmp_path)
    for one in earlier["checks"]:
        if one["check"] == "respect/blame":
            one["count"] = 20
    change = compared(earlier, before).checks["respect/blame"]
    now = before.checks[0].share
    assert change.value == pytest.approx((now.rate or 0) - 20 / 600)
    assert change.low < change.value < change.high  # type: ignore[operator]
    assert not change.chance


def broken(**changes: Any) -> str:
    return json.dumps({"schema": "hamdel/audit/1", "checks": [], "scores": {}, "replies": {"checked": 1}} | changes)


@pytest.mark.parametrize(
    "text",
    [
        "", "[1]", "{}", '{"schema": "hamdel/report/1"}', broken(checks=[{}]), broken(scores=3), broken(replies=None),
        broken(checks=[{"check": "a/b", "count": 5, "of": 2}]),
        broken(checks=[{"check": "a/b", "count": "x", "of": 2}]),
    ],
)  # fmt: skip
def test_another_file_is_refused_in_one_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "summary.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as error:
        read_earlier(tmp_path)
    assert str(path) in str(error.value)
    assert "\n" not in str(error.value)


def test_no_earlier_audit_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such file"):
        read_earlier(tmp_path)


def labelled(path: Path) -> None:
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    for line in lines:
        line["expected"] = []
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")


def test_a_sample_comes_back_from_labelling(tmp_path: Path) -> None:
    path = tmp_path / "to-label.jsonl"
    assert write_sample(path, draw(team()[0], 25)) == 25
    line = json.loads(path.read_text("utf-8").splitlines()[0])
    assert not {"respect/blame", "findings", "errors", "agent"} & set(line)
    assert (line["expected"], line["respect"], line["customer"]) == (None, None, "سفارشم نرسیده")
    with pytest.raises(InputError, match=r'to-label.jsonl:1: "expected" is missing'):
        list(read_cases(str(path), Rules(CHECKS)))
    labelled(path)
    cases = list(read_cases(str(path), Rules(CHECKS)))
    assert len(cases) == 25
    assert {case.talk.channel for case in cases} == {"chat", "email"}


def test_the_same_replies_give_the_same_sample_and_another_seed_another_one(tmp_path: Path) -> None:
    one, same, other = (tmp_path / name for name in ("1", "2", "3"))
    for path, seed in ((one, 1), (same, 1), (other, 2)):
        write_sample(path, draw(team()[0], 30, seed))
    assert one.read_bytes() == same.read_bytes() != other.read_bytes()


def test_a_sample_takes_each_reply_once_and_no_empty_one(tmp_path: Path) -> None:
    path = tmp_path / "all"
    few = replies([{"reply": "خوب"}, {"reply": " "}, {"reply": "بد"}])
    assert write_sample(path, draw(few, 100)) == 2


def test_a_sample_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match="can't be written"):
        write_sample(tmp_path / "file" / "sample", draw(replies([{"reply": "خوب"}]), 1))


def test_results_appear_whole(tmp_path: Path, summary: Summary) -> None:
    names = {path.name for path in write_results(tmp_path / "new" / "folder", replace(summary))}
    assert names == {"agents.csv", "clusters.csv", "report.html", "summary.json"}
