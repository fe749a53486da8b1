"""Whole drafts: no error or warning is left but placeholders, no fact is lost, and what is good stays as it is."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from talks import all_talks, rated

from hamdel import Checker
from hamdel.evidence.case import Case
from hamdel.identifiers import find_identifiers
from hamdel.improve.facts import Fact, facts, lost, reminder
from hamdel.language.fold import key
from hamdel.model import Conversation, Severity

BAD = list(rated(bad=True))
GOOD = [talk for talk in rated() if talk not in BAD]
PLACEHOLDER = "respect/unfilled-placeholder"
NUMBER = re.compile(r"[\d۰-۹٠-٩]+")
ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\S+")
DAYS = re.compile(r"(?:یک|دو|سه|چهار|پنج)?‌?شنبه|جمعه|امروز|فردا|دیروز|\d+/\d+/\d+")


def improved(checker: Checker, talk: Conversation):
    return checker._improver.improve(talk)


def test_there_are_enough_bad_cases() -> None:
    assert len(BAD) >= 33


@pytest.mark.parametrize("talk", BAD, ids=lambda talk: talk.draft[:30])
def test_nothing_grave_is_left_but_placeholders(checker: Checker, talk: Conversation) -> None:
    report = improved(checker, talk).report
    grave = [f for f in report.findings if f.severity is not Severity.SUGGESTION and f.check != PLACEHOLDER]
    assert not grave, report.draft


@pytest.mark.parametrize("talk", BAD, ids=lambda talk: talk.draft[:30])
def test_no_number_day_or_address_is_lost(checker: Checker, talk: Conversation) -> None:
    text = key(improved(checker, talk).text)
    private = [key(talk.draft[one.start : one.end]) for one in find_identifiers(talk.draft)]
    for pattern in (NUMBER, ADDRESS, DAYS):
        for stated in map(key, pattern.findall(talk.draft)):
            shown = stated[-4:] if stated in private else stated
            assert shown in text, (stated, text)


@pytest.mark.parametrize("name", ["نگار احمدی", "آقای امیری", "سارا رضایی"])
def test_no_name_is_lost(checker: Checker, name: str) -> None:
    talk = Conversation(f"سلام. {name} گفت مشکل از شماست و به ما مربوط نیست.", "بسته‌ام نرسیده، کلافه شدم")
    text = improved(checker, talk).text
    assert all(part in text for part in name.split() if part != "آقای")


@pytest.mark.parametrize("talk", GOOD, ids=lambda talk: talk.draft[:30])
def test_a_good_draft_stays_nearly_as_it_is(checker: Checker, talk: Conversation) -> None:
    better = improved(checker, talk)
    sentences = [part for part in re.split(r"[.؟!\n]\s*", talk.draft) if part.strip()]
    kept = [sentence for sentence in sentences if sentence.strip() in better.text]
    assert len(kept) >= len(sentences) - 1
    assert len(better.text) <= len(talk.draft) * 1.5 + 40


def test_steps_point_at_what_they_say(checker: Checker) -> None:
    for talk in all_talks()[::5]:
        better = improved(checker, talk)
        for step in better.steps:
            assert better.text[step.start : step.end] in step.after or step.after in better.text, (talk.draft, step)
            assert step.before or step.after
            assert step.reason
        assert (better.text == talk.draft) == (not better.steps)
        assert better.report.draft == better.text


def test_nothing_is_typed_wrong_at_the_seams(checker: Checker) -> None:
    for talk in all_talks()[::3]:
        if not re.search(r"  |\.\.|\s[.،]|،\.", talk.draft):
            text = improved(checker, talk).text
            assert not re.search(r"[^\n] {2,}|\.\.|\s[.،]|[،؛]\.| $", text), (talk.draft, text)


def test_twice_is_once(checker: Checker) -> None:
    for talk in BAD:
        text = improved(checker, talk).text
        again = improved(checker, replace(talk, draft=text)).text
        assert again == text


def test_it_opens_with_the_event_in_the_customers_words(checker: Checker) -> None:
    better = checker.improve("سلام. باید صبر کنید.", customer="سفارش ۵۴۸۲۱ من سه روزه نرسیده، خیلی عصبانی‌ام.")
    assert better.text.startswith("سلام. نوشتید «سفارش ۵۴۸۲۱ من سه روزه نرسیده»؛")


def test_a_clause_that_says_something_of_its_own_stays(checker: Checker) -> None:
    better = checker.improve(
        "سلام. فرم جدید رو ثبت کردم، چون شما اشتباه کردید. باید دقت می‌کردید، الان کد ۱۲۳۴ رو فرستادم.",
        customer="فرم ثبت نمی‌شه، کلافه شدم",
    )
    assert "فرم جدید رو ثبت کردم" in better.text
    assert "کد ۱۲۳۴ رو فرستادم" in better.text
    assert "دقت" not in better.text


def test_the_customers_lines_stay_above(checker: Checker) -> None:
    draft = "> سفارشم نرسیده، کلافه شدم\n\nسلام. این مشکل شماست."
    better = checker.improve(draft)
    assert better.text.startswith("> سفارشم نرسیده، کلافه شدم\n\nسلام. ")
    assert "این مشکل شماست" not in better.text


def test_a_customers_card_number_is_not_quoted(checker: Checker) -> None:
    better = checker.improve("سلام. صبر کنید.", customer="کارت 6037991123456786 کار نمی‌کنه، کلافه شدم")
    assert "6037991123456786" not in better.text


@pytest.mark.parametrize("draft", ["", " ", "😀", "hello", "\u200f", "\udc80", "سلام"])
def test_odd_drafts(checker: Checker, draft: str) -> None:
    better = checker.improve(draft)
    assert better.draft == draft
    assert draft.strip() in better.text


def test_facts(checker: Checker) -> None:
    _, case = checker.examine(Conversation("آقای امیری فردا ۲۰٪ تخفیف را در www.example.ir می‌گذارد؛ راستی خوبید؟"))
    found = list(facts(case.draft, range(len(case.draft.words))))
    assert [fact.shown for fact in found] == ["امیری", "فردا", "۲۰٪ تخفیف", "www.example.ir"]
    assert lost(found, "فردا 20 درصد") == [found[0], found[3]]
    assert isinstance(case, Case)


def test_a_reminder_is_a_placeholder_that_hamdel_asks_to_fill(checker: Checker) -> None:
    text = reminder([Fact("30", "۳۰٪ تخفیف"), Fact("500", "۵۰۰ پیام"), Fact("x", "سه‌شنبه"), Fact("y", "نگار")])
    assert text == "[از پیش‌نویس: ۳۰٪ تخفیف، ۵۰۰ پیام] [از پیش‌نویس: سه‌شنبه، نگار]"
    assert [f.check for f in checker.check(f"سلام. {text}").findings] == [PLACEHOLDER] * 2


def test_a_number_inside_another_is_no_trace_of_it() -> None:
    three, day = Fact("3", "۳ روز"), Fact("فردا", "فردا")
    assert lost([three, day], "تا ۱۳ روز دیگر، نه فرداشب") == [three, day]
    assert lost([three, day], "فردا، ۳ روز") == []


def test_a_reminder_shows_no_card_number() -> None:
    assert "6037991123456786" not in reminder([Fact("6037991123456786", "6037991123456786")])


@pytest.mark.parametrize(
    ("draft", "kept"),
    [
        ("سلام آقا مهدی بسته‌تون رسیده انبار تهران", "سلام آقا مهدی"),
        ("سلام مهدی بسته‌تون رسیده انبار تهران", "سلام مهدی"),
        ("سلام آقای گلچهره‌زاد بسته‌تون رسیده انبار تهران", "سلام آقای گلچهره‌زاد بسته‌تون"),
        ("سلام خانم میهن بسته‌تون رسیده انبار تهران", "سلام خانم میهن بسته‌تون"),
        ("سلام آقا بسته‌تون رسیده انبار تهران", "بسته‌تون رسیده انبار تهران"),
    ],
)
def test_nothing_is_put_between_a_title_and_its_name(checker: Checker, draft: str, kept: str) -> None:
    text = checker.improve(draft, customer="بسته‌ام نرسیده، خیلی عصبانی‌ام!").text
    assert kept in text and "عذر می‌خوا" in text, text
