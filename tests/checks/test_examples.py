"""Each check's own examples are its tests: they fire where they say, stay silent where they say, in every spelling."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from hamdel import Checker
from hamdel.model import Finding, Report, Source
from hamdel.phrasebank import CheckDef, Example, load_checks

CHECKS = load_checks()
FIRE = [(check, example) for check in CHECKS.values() for example in check.examples.fire]
SILENT = [(check, example) for check in CHECKS.values() for example in check.examples.silent]


def report_of(checker: Checker, example: Example, draft: str | None = None) -> Report:
    return checker.check_conversation(example.conversation(draft))


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


def by_rules(report: Report) -> Report:
    """Leave out what only the learned reader found: it reads a sentence beside its neighbours."""
    return replace(report, findings=tuple(one for one in report.findings if one.source is not Source.READER))


@pytest.mark.parametrize(("check", "example"), SILENT, ids=label)
def test_stays_silent_where_it_says(checker: Checker, check: CheckDef, example: Example) -> None:
    assert not found(by_rules(report_of(checker, example)), check)


def test_the_reader_hardly_ever_speaks_where_a_check_is_silent(checker: Checker) -> None:
    """These are near misses, written to look like the fault: of a hundred, one may be taken for it."""
    loud = [example.text for check, example in SILENT if found(report_of(checker, example), check)]
    assert len(loud) <= len(SILENT) / 100, loud


@pytest.mark.parametrize("check", CHECKS.values(), ids=label)
def test_has_enough_examples(check: CheckDef) -> None:
    assert len(check.examples.fire) >= 6
    assert len(check.examples.silent) >= 6
    assert check.examples.rewrites


#: A command that isn't sure to be whole gets no wording.
_MAY_BE_SPEECHLESS = {"respect/bare-imperative"}


@pytest.mark.parametrize(("check", "example"), FIRE, ids=label)
def test_findings_are_slices_with_a_suggestion(checker: Checker, check: CheckDef, example: Example) -> None:
    for finding in report_of(checker, example).findings:
        assert example.draft[finding.start : finding.end] == finding.matched
        assert finding.message
        assert finding.suggestions or finding.check in _MAY_BE_SPEECHLESS


def respell(text: str, spell: Callable[[str, int], str]) -> tuple[str, list[int]]:
    """Return ``text`` with each character spelled anew, and where each old offset went."""
    out, places = "", []
    for i, char in enumerate(text):
        places.append(len(out))
        out += spell(char, i)
    return out, [*places, len(out)]


_TO_LATIN = str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789")
_TO_ARABIC_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩")
_TO_ARABIC = str.maketrans("یک", "يك")
SPELLINGS: dict[str, Callable[[str, int], str]] = {
    "spaced": lambda c, _: " " if c == "\u200c" else c,
    "glued": lambda c, _: "" if c == "\u200c" else c,
    "zero-width space": lambda c, _: "\u200b" if c == "\u200c" else c,
    "doubled": lambda c, _: "\u200c\u200c" if c == "\u200c" else c,
    "arabic": lambda c, _: c.translate(_TO_ARABIC),
    "diacritics": lambda c, i: c + "\u064e" if c in "بتسشمن" and i % 3 == 0 else c,
    "latin digits": lambda c, _: c.translate(_TO_LATIN),
    "arabic digits": lambda c, _: c.translate(_TO_ARABIC_DIGITS),
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


def places(report: Report, shift: int = 0) -> list[tuple[str, str, int, int]]:
    """Findings with their places; what is about the whole draft has none to shift."""
    return [(f.check, f.kind, f.start + shift * (f.end > 0), f.end + shift * (f.end > 0)) for f in report.findings]


_NAMES = {"مینا": "لیلا", "رضا": "بابک", "نگار": "مریم", "کاوه": "پویا", "سارا": "نازنین", "علی": "حسن"}


@pytest.mark.parametrize(("check", "example"), FIRE, ids=label)
def test_an_emoji_at_the_end_changes_nothing(checker: Checker, check: CheckDef, example: Example) -> None:
    expected = [finding.check for finding in found(report_of(checker, example), check)]
    report = report_of(checker, example, example.draft + " 🌹")
    assert [finding.check for finding in found(report, check)] == expected


@pytest.mark.parametrize(("check", "example"), FIRE, ids=label)
def test_a_greeting_line_before_it_only_shifts_errors(checker: Checker, check: CheckDef, example: Example) -> None:
    before = "سلام، وقت بخیر.\n"
    grave = [p for p in places(by_rules(report_of(checker, example)), len(before)) if CHECKS[p[0]].severity == "error"]
    shifted = by_rules(report_of(checker, example, before + example.draft))
    after = [p for p in places(shifted) if CHECKS[p[0]].severity == "error"]
    assert after == grave


@pytest.mark.parametrize(("check", "example"), FIRE, ids=label)
def test_other_names_give_the_same_findings(checker: Checker, check: CheckDef, example: Example) -> None:
    def renamed(text: str) -> str:
        return " ".join(_NAMES.get(word, word) for word in text.split(" "))

    swapped = replace(
        example,
        draft=renamed(example.draft),
        customer=renamed(example.customer),
        past=tuple(map(renamed, example.past)),
    )
    names = [finding.check for finding in report_of(checker, example).findings]
    assert [finding.check for finding in report_of(checker, swapped).findings] == names
