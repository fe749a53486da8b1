"""Checks and words that are passed over: a report is the same when nothing is."""

from __future__ import annotations

import pytest

from hamdel import Checker
from hamdel.checks.engine import Engine
from hamdel.checks.respect import tu_form
from hamdel.language.words import Word
from hamdel.phrasebank import load_checks


@pytest.fixture(scope="module")
def drafts() -> list[str]:
    """What all checks' files have as examples, some of each."""
    banks = [check.examples for check in load_checks().values()]
    return [example.draft for bank in banks for example in (*bank.fire[:3], *bank.silent[:2])]


def test_checks_that_are_not_called_for_find_nothing(
    checker: Checker, drafts: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    known = [checker.check(draft).findings for draft in drafts]
    monkeypatch.setattr(Engine, "_due", lambda self, _said, _likely: list(range(len(self._run))))
    assert [checker.check(draft).findings for draft in drafts] == known


def test_words_that_are_no_form_of_tu_are_none(
    checker: Checker, drafts: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    known = [checker.check(draft).findings for draft in drafts]

    def always(_forms: tu_form.TuForms, _word: Word) -> int:
        return tu_form._ALWAYS

    monkeypatch.setattr(tu_form.TuForms, "_doubt", always)
    fresh = Checker(checker.config)
    assert [fresh.check(draft).findings for draft in drafts] == known
