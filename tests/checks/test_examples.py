"""Each check's own examples are its tests: they fire where they say, stay silent where they say, in every spelling."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hamdel import Checker
from hamdel.config import Config
from hamdel.model import Conversation, Finding, Report
from hamdel.phrasebank import CheckDef, Example, load_checks

CHECKS = load_checks()
FIRE = [(check, example) for check in CHECKS.values() for example in check.examples.fire]
SILENT = [(check, example) for check in CHECKS.values() for example in check.examples.silent]


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker(Config())


def report_of(checker: Checker, example: Example, draft: str | None = None) -> Report:
    text = example.draft if draft is None else draft
    return checker.check_conversation(
        Conversation(text, example.customer, example.past, example.audience, example.channel, example.turn)
    )


def found(report: Report, check: CheckDef) -> list[Finding]:
    return [finding for finding in report.findings if finding.check == check.id]


def label(value: object) -> str:
    return value.id if isinstance(value, CheckDef) else getattr(value, "text", "")[:30]


@pytest.mark.parametrize(("check", "example"), FIRE, ids=label)
def test_fires_where_it_says(checker: Checker, check: CheckDef, example: Example) -> None:
    findings = found(report_of(checker, example), check)
    assert findings
    for start, end in example.triggers:
        assert start == end or any(f.start < end and f.end > start for f in findings)


@pytest.mark.parametrize(("check", "example"), SILENT, ids=label)
def test_stays_silent_where_it_says(checker: Checker, check: CheckDef, example: Example) -> None:
    assert not found(report_of(checker, example), check)


@pytest.mark.parametrize("check", CHECKS.values(), ids=label)
def test_has_enough_examples(check: CheckDef) -> None:
    assert len(check.examples.fire) >= 6
    assert len(check.examples.silent) >= 6
    assert check.examples.rewrites


@pytest.mark.parametrize(("check", "example"), FIRE, ids=label)
def test_findings_are_slices_with_a_suggestion(checker: Checker, check: CheckDef, example: Example) -> None:
    for finding in report_of(checker, example).findings:
        assert example.draft[finding.start : finding.end] == finding.matched
        assert finding.message
        assert finding.suggestions


def respell(text: str, spell: Callable[[str, int], str]) -> tuple[str, list[int]]:
    """Return ``text`` with each character spelled anew, and where each old offset went."""
    out, places = "", []
    for i, char in enumerate(text):
        places.append(len(out))
        out += spell(char, i)
    return out, [*places, len(out)]


_TO_ARABIC = str.maketrans("یک", "يك")
SPELLINGS: dict[str, Callable[[str, int], str]] = {
    "spaced": lambda c, _: " " if c == "\u200c" else c,
    "glued": lambda c, _: "" if c == "\u200c" else c,
    "zero-width space": lambda c, _: "\u200b" if c == "\u200c" else c,
    "doubled": lambda c, _: "\u200c\u200c" if c == "\u200c" else c,
    "arabic": lambda c, _: c.translate(_TO_ARABIC),
    "diacritics": lambda c, i: c + "\u064e" if c in "بتسشمن" and i % 3 == 0 else c,
    "tatweel": lambda c, i: c + "\u0640" if c in "بتسشمن" and i % 3 == 0 else c,
}
_SPELLING_CHECKS = {"typography/arabic-letters"}


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize(("check", "example"), FIRE, ids=label)
def test_spelling_shifts_findings_and_changes_none(
    checker: Checker, check: CheckDef, example: Example, spelling: str
) -> None:
    draft, places = respell(example.draft, SPELLINGS[spelling])
    expected = [
        (f.check, f.kind, places[f.start], places[f.end])
        for f in report_of(checker, example).findings
        if f.check not in _SPELLING_CHECKS
    ]
    got = [
        (f.check, f.kind, f.start, f.end)
        for f in report_of(checker, example, draft).findings
        if f.check not in _SPELLING_CHECKS
    ]
    assert got == expected
