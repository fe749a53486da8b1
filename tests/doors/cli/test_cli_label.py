"""`hamdel label`: blind, masked, resumed, and two people's agreement at the end."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from cli_running import Run

from hamdel.evaluate.agreement import agreement, kappa
from hamdel.evaluate.statistics import kappa as kappa_of_arrays

CHECKS = ("--check", "respect/blame", "--check", "clarity/vague-time")
REPLIES = [f"پاسخ شمارهٔ {n} برای مشتری که پرسیده بود" for n in range(6)]


@pytest.fixture
def export(run: Run) -> str:
    lines = ["reply,customer_message", *(f"{reply} ۰۹۱۲۱۲۳۴۵۶۷,چرا نرسید؟" for reply in REPLIES)]
    Path("replies.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return "replies.csv"


def labels(name: str) -> list[dict[str, Any]]:
    text = Path(f"replies.{name}.labels.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def test_answers_by_number_are_kept_masked_and_are_cases_for_evaluate(run: Run, export: str) -> None:
    done = run("label", export, "--by", "مینا", *CHECKS, stdin="۱\n2 1\n\nرد\n۲\n1،2\n")
    assert done.exit_code == 0, done.stderr
    assert "۰۹۱۲۱۲۳۴۵۶۷" not in done.stdout
    cases = labels("مینا")
    assert [len(case["expected"]) for case in cases] == [1, 2, 0, 1, 2]
    assert cases[0]["expected"] == [{"id": "respect/blame", "text": ""}]
    assert "clarity/vague-time" not in cases[0]["neutral"]
    assert "respect/tu-form" in cases[0]["neutral"]
    assert "۰۹۱۲" not in json.dumps(cases, ensure_ascii=False)
    assert {case["customer"] for case in cases} == {"چرا نرسید؟"}
    assert run("evaluate", "replies.مینا.labels.jsonl").exit_code == 0


def test_it_goes_on_where_it_ended_and_asks_again_after_a_wrong_answer(run: Run, export: str) -> None:
    first = run("label", export, "--by", "a", *CHECKS, stdin="1\nپایان\n")
    assert "۱ پاسخ برچسب خورده است" in first.stdout
    then = run("label", export, "--by", "a", *CHECKS, stdin="9\nx\n\n\n\n\n\n")
    assert then.stderr.count("Enter") == 2
    assert "پاسخ ۱ از ۵" in then.stdout
    assert len({case["draft"] for case in labels("a")}) == 6
    assert run("label", export, "--by", "a", *CHECKS, stdin="").exit_code == 0


def test_two_people_get_the_same_replies_and_see_how_far_they_agree(run: Run, export: str) -> None:
    run("label", export, "--by", "a", *CHECKS, stdin="1\n1\n1\n\n\n2\n")
    done = run("label", export, "--by", "b", *CHECKS, "--lang", "en", stdin="1\n1\n\n\n\n1\n")
    assert [case["draft"] for case in labels("a")] == [case["draft"] for case in labels("b")]
    assert "Agreement with a on 6 replies" in done.stdout
    assert "0.33, both 2, only you 1, only they 1" in done.stdout
    assert "all together" in done.stdout


def test_a_sample_is_the_same_for_both(run: Run, export: str) -> None:
    for name in ("a", "b"):
        run("label", export, "--by", name, "--count", "3", *CHECKS, stdin="\n\n\n")
    assert len(labels("a")) == 3
    assert [case["draft"] for case in labels("a")] == [case["draft"] for case in labels("b")]


@pytest.mark.parametrize(
    "args",
    [
        ("replies.csv", "--by", "../x"),
        ("replies.csv", "--by", ""),
        ("replies.csv", "--by", "a", "--check", "respect/balme"),
        ("none.csv", "--by", "a"),
        ("replies.csv", "--by", "broken"),
    ],
)
def test_what_is_wrong_is_one_line(run: Run, export: str, args: tuple[str, ...]) -> None:
    Path("replies.broken.labels.jsonl").write_text('{"draft": 3}\n')
    result = run("label", *args, stdin="")
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1


def test_labels_of_other_checks_are_not_mixed(run: Run, export: str) -> None:
    run("label", export, "--by", "a", *CHECKS, stdin="1\n")
    result = run("label", export, "--by", "a", "--check", "respect/blame", stdin="1\n")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)


@pytest.mark.parametrize("counts", [(20, 5, 10, 15), (1, 0, 0, 9), (0, 3, 4, 2)])
def test_kappa_is_that_of_the_evaluation(counts: tuple[int, int, int, int]) -> None:
    expected = kappa_of_arrays(*(np.array([float(count)]) for count in counts))[0]
    assert kappa(*counts) == pytest.approx(expected)


def test_kappa_of_cohen_and_of_nothing() -> None:
    assert kappa(20, 5, 10, 15) == pytest.approx(0.4)
    assert kappa(0, 0, 0, 8) is None
    assert kappa(0, 0, 0, 0) is None
    one = {"r": frozenset({"a"}), "only": frozenset({"a"})}
    (found, everything) = agreement(one, {"r": frozenset({"a"})}, ("a", "b"))
    assert (found.check, found.both, everything.neither) == ("a", 1, 1)
