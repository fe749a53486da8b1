"""What a team called right about a sentence excuses what it saw there, and no other fault in a sentence like it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hamdel import Checker
from hamdel.evaluate.cases import Rules, read_cases
from hamdel.evaluate.learning import Judge, teach
from hamdel.evidence.learned.team_file import model_digest, write_learned
from hamdel.model.learned import Learned, Lesson, Level
from hamdel.settings.config import Config

POLITE = "ما سفارش {} را همین امروز عصر از انبار مرکزی تهران با پیک ویژه برایتان می‌فرستیم."


def taught(folder: Path, *cases: dict[str, Any]) -> Checker:
    shipped = Checker(suggestions=False)
    labelled, path = folder / "labelled.jsonl", folder / "learned.json"
    labelled.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in cases), encoding="utf-8")
    learned = teach(Judge(shipped)(read_cases(str(labelled), Rules(frozenset(shipped.checks)))), model_digest())
    assert learned.phrases
    write_learned(path, replace(learned, lessons={}))  # what the sentences do, alone
    return Checker(Config(learned=path), suggestions=False)


def wrong(draft: str, check: str, text: str) -> dict[str, Any]:
    return {"draft": draft, "customer": "", "about": check, "expected": [], "wrong": text}


def found(checker: Checker, draft: str, check: str) -> list[str]:
    return [draft[one.start : one.end] for one in checker.check(draft).findings if one.check == check]


@pytest.mark.parametrize("insult", ["بی‌شعور", "بی‌شرف", "احمق", "کثافت"])
def test_another_insult_in_the_same_sentence_is_found(tmp_path: Path, insult: str) -> None:
    known = POLITE.format("آن ابله")
    checker = taught(tmp_path, wrong(known, "respect/profanity", "ابله"))
    assert found(checker, known, "respect/profanity") == []
    assert found(checker, POLITE.format(f"آن {insult}"), "respect/profanity") == [insult]


@pytest.mark.parametrize("number", ["09359876543", "۰۹۳۵۹۸۷۶۵۴۳"])
def test_another_customers_number_is_found(tmp_path: Path, number: str) -> None:
    """In the team's sentence all numbers are one symbol."""
    text = "برای مشتری دیگر ما با شمارهٔ {} هم همین مشکل پیش آمده بود و حل شد."
    known = text.format("09121234567")
    checker = taught(tmp_path, wrong(known, "respect/privacy-leak", "09121234567"))
    assert found(checker, text.format(number), "respect/privacy-leak") == [number]


def test_the_same_words_are_excused_reworded(tmp_path: Path) -> None:
    checker = taught(tmp_path, wrong(POLITE.format("آن ابله"), "respect/profanity", "ابله"))
    again = "سلام. ما سفارش آن ابله رو همین امروز عصر از انبار مرکزی تهران با پیک ویژه براتون می‌فرستیم!"
    assert found(checker, again, "respect/profanity") == []


def test_milder_finds_of_a_check_for_errors_are_not_hidden_either(tmp_path: Path) -> None:
    path = tmp_path / "learned.json"
    write_learned(path, Learned(model_digest(), {"respect/privacy-leak": Lesson(level=Level.HIDDEN)}, ()))
    draft = "برای مشتری دیگر ما با شمارهٔ 09359876543 هم همین مشکل پیش آمده بود و حل شد."
    assert found(Checker(suggestions=False), draft, "respect/privacy-leak")
    assert found(Checker(Config(learned=path), suggestions=False), draft, "respect/privacy-leak")
