"""Our own rated cases: few and right. Every label counts, and nothing is skipped."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import pytest

from hamdel import Checker
from hamdel.evaluate.cases import Case, Rules, read_cases
from hamdel.evaluate.running import evaluate
from hamdel.model import Severity
from hamdel.model.evaluation import Evaluation

FOLDER = Path(__file__).parent / "cases"
FILES = [str(FOLDER / name) for name in ("cases.jsonl", "cases_history.jsonl")]


@pytest.fixture(scope="module")
def cases(checker: Checker) -> list[Case]:
    rules = Rules(frozenset(checker.checks))  # a label that no check knows fails here
    return list(chain.from_iterable(read_cases(file, rules) for file in FILES))


@pytest.fixture(scope="module")
def result(checker: Checker, cases: list[Case]) -> Evaluation:
    return evaluate(checker.check_conversation, cases)


def listed(result: Evaluation) -> str:
    return "\n".join(map(str, result.disagreements))


def test_every_line_is_a_case_and_every_label_counts(result: Evaluation) -> None:
    lines = [line for file in FILES for line in Path(file).read_text("utf-8").splitlines() if line.strip()]
    assert result.cases == len(lines) >= 66
    assert result.overall.support == sum(line.count('"id":') for line in lines)


def test_precision(result: Evaluation) -> None:
    assert (result.overall.precision.value or 0) >= 0.95, listed(result)


def test_recall(result: Evaluation) -> None:
    assert (result.overall.recall.value or 0) >= 0.90, listed(result)


def test_clean_drafts_get_neither_errors_nor_warnings(checker: Checker, cases: list[Case]) -> None:
    clean = [case for case in cases if case.clean]
    assert len(clean) >= 28
    for case in clean:
        findings = checker.check_conversation(case.talk).findings
        assert not [one for one in findings if one.severity is not Severity.SUGGESTION], case.place
