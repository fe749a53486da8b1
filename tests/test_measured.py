"""The figures that `hamdel explain` and the documentation show are what the code does now."""

from __future__ import annotations

import os
from itertools import chain
from pathlib import Path

import pytest

from hamdel import Checker
from hamdel.base.resources import phrasebank_dir
from hamdel.evaluate.cases import Rules, example_cases, read_cases
from hamdel.evaluate.running import evaluate
from hamdel.model.definitions import Measured
from hamdel.phrasebank import load_checks
from hamdel.phrasebank.measured import dump_measured, load_measured
from hamdel.settings.config import Config

PATH = phrasebank_dir() / "measured.toml"
CASES = sorted((Path(__file__).parent / "cases").glob("*.jsonl"))
ANEW = "write it anew: HAMDEL_WRITE_MEASURED=1 python -m pytest tests/test_measured.py"


def measure() -> dict[str, Measured]:
    checker, checks = Checker(Config()), load_checks()
    rules = Rules(frozenset(checks))
    cases = chain.from_iterable(read_cases(str(path), rules) for path in CASES)
    result = evaluate(checker.check_conversation, chain(cases, example_cases(checks.values())))
    return {row.check: Measured(row.precision.value, row.recall.value, row.support) for row in result.checks}


@pytest.fixture(scope="module")
def current() -> dict[str, Measured]:
    return measure()


def test_figures_are_current(current: dict[str, Measured]) -> None:
    text = dump_measured(current)
    if os.environ.get("HAMDEL_WRITE_MEASURED"):
        PATH.write_text(text, encoding="utf-8", newline="\n")
    assert PATH.read_text(encoding="utf-8") == text, ANEW


def test_every_check_is_measured(current: dict[str, Measured]) -> None:
    assert set(current) == set(load_checks(examples=False))
    assert all(figures.support >= 6 for figures in current.values())


def test_figures_come_back_as_they_were_written(tmp_path: Path) -> None:
    figures = {"respect/x": Measured(0.9876, 1.0, 31), "empathy/y": Measured(None, 0.0, 2)}
    path = tmp_path / "measured.toml"
    path.write_text(dump_measured(figures), encoding="utf-8")
    assert load_measured(path) == figures
    assert list(load_measured(path)) == sorted(figures)
    assert load_measured(tmp_path / "gone.toml") == {}
