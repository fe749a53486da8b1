"""Safe edits: nothing of their kind is left, nothing new is made, twice is once, and the rest stays byte for byte."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from talks import all_talks

from hamdel import Checker
from hamdel.improve.applying import apply_changes, compatible
from hamdel.improve.fixing import Fixer
from hamdel.model import Change, Conversation, Edit, Finding, LeftReason, Report, Safety, Severity, Source

TALKS = all_talks()
FRAMES = st.text(st.sampled_from("abc 😀👩‍👩‍👧\u200c\u200f۱۲۳/:-\r\t"), max_size=30)


def counts(report: Report) -> Counter[str]:
    """Count the rules' findings: what the learned reader alone finds rests on the words around it."""
    return Counter(finding.check for finding in report.findings if finding.source is not Source.READER)


def safe(report: Report) -> list[Finding]:
    return [f for f in report.findings if f.edits and f.edits[0].safety is Safety.SAFE]


def fixed_text(checker: Checker, talk: Conversation, *, offered: bool = False) -> str:
    return Fixer(checker.check_conversation, offered=offered).fix(talk).text


@pytest.mark.parametrize("part", range(8))
def test_safe_edits_leave_nothing_of_their_kind_and_make_nothing_new(checker: Checker, part: int) -> None:
    for talk in TALKS[part::8]:
        before = checker.check_conversation(talk)
        edited = {finding.check for finding in safe(before)}
        text = fixed_text(checker, talk)
        assert (text == talk.draft) == (not edited), talk.draft
        if edited:
            after = checker.check_conversation(replace(talk, draft=text))
            assert not {finding.check for finding in safe(after)}, text
            assert all(counts(after)[check] <= counts(before)[check] for check in counts(after)), (talk.draft, text)
            assert fixed_text(checker, replace(talk, draft=text)) == text


def test_enough_drafts_are_fixed(checker: Checker) -> None:
    assert sum(bool(safe(checker.check_conversation(talk))) for talk in TALKS) > 120


@pytest.mark.parametrize("part", range(4))
def test_offered_edits_make_nothing_grave_but_placeholders(checker: Checker, part: int) -> None:
    for talk in TALKS[part::16]:
        before = counts(checker.check_conversation(talk))
        text = fixed_text(checker, talk, offered=True)
        report = checker.check_conversation(replace(talk, draft=text))
        grave = {f.check for f in report.findings if f.severity is not Severity.SUGGESTION}
        grave -= {"respect/unfilled-placeholder"}
        assert all(counts(report)[check] <= before[check] for check in grave), (talk.draft, text)


def test_every_finding_is_fixed_or_left(checker: Checker) -> None:
    for talk in TALKS[::7]:
        fixed = Fixer(checker.check_conversation).fix(talk)
        report = checker.check_conversation(talk)
        assert Counter(map(id_of, report.findings)) == Counter(
            [*map(id_of, fixed.fixed), *(id_of(one.finding) for one in fixed.left)]
        )


def id_of(finding: Finding) -> tuple[str, int, int, str]:
    return finding.check, finding.start, finding.end, finding.kind


@settings(max_examples=40)
@given(before=FRAMES, after=FRAMES, place=st.integers(0, len(TALKS) - 1))
def test_lines_around_it_stay_byte_for_byte(checker: Checker, before: str, after: str, place: int) -> None:
    draft = f"{before}\n{TALKS[place].draft}\n{after}"
    text = fixed_text(checker, replace(TALKS[place], draft=draft))
    assert text.startswith(f"{before}\n")
    assert text.endswith(f"\n{after}")


@settings(max_examples=100)
@given(
    st.text(max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20), st.text(max_size=5)), max_size=8)
)
def test_only_what_an_edit_names_is_replaced(text: str, wanted: list[tuple[int, int, str]]) -> None:
    edits = [
        Edit((Change(min(start, len(text)), min(start + length, len(text)), new),)) for start, length, new in wanted
    ]
    flags, changes = compatible(edits)
    assert len(flags) == len(edits)
    assert all(a.end <= b.start for a, b in pairwise(changes))
    covered = {place for change in changes for place in range(change.start, change.end)}
    kept = "".join(char for place, char in enumerate(text) if place not in covered)
    result = apply_changes(text, changes)
    assert len(result) == len(kept) + sum(len(change.new) for change in changes)
    rest = iter(result)
    assert all(char in rest for char in kept)


def test_two_edits_of_the_same_words_wait_for_each_other() -> None:
    whole, part = Edit((Change(0, 4, "x"),)), Edit((Change(2, 3, "y"),))
    assert compatible([whole, part])[0] == [True, False]
    assert compatible([whole, whole])[0] == [True, True]
    assert len(compatible([whole, whole])[1]) == 1


@pytest.mark.parametrize(
    ("draft", "fixed"),
    [
        ("تو باید صبر کنی.", "شما باید صبر کنید."),
        ("بهت خبر میدم، نگران نباش.", "بهتون خبر میدم، نگران نباشید."),
        ("شماره حسابت را وارد کن.", "شماره حسابتان را وارد کنید."),
        ("هر وقت خواستي پيام بده.", "هر وقت خواستید پیام بدید."),
        ("شما می‌تونی عوضش کنی، همین الان.", "شما می‌تونید عوضش کنید، همین الان."),
        ("عکس رو بفرستین و کدت رو بزن.", "عکس رو بفرستین و کدتون رو بزنین."),
        ("کی گفته؟؟؟ نمی‌رسه!!!", "کی گفته؟ نمی‌رسه!"),
        ("چراااا دیر شد؟", "چرا دیر شد؟"),
        ("سلام , بسته رسید ?", "سلام، بسته رسید؟"),
        ("همان‌طور که قبلاً گفتم، ارسال سه روز طول می‌کشد.", "ارسال سه روز طول می‌کشد."),
        ("سلام. همونطور که گفتم فردا میاد.", "سلام. فردا میاد."),
        ("چند بار توضیح دادم که باید فرم را پر کنید.", "باید فرم را پر کنید."),
    ],
)
def test_what_becomes_of_it(checker: Checker, draft: str, fixed: str) -> None:
    assert checker.fix(draft).text == fixed


@pytest.mark.parametrize(
    "draft",
    [
        "نوشته بودید همکارم گفته «تو نمی‌فهمی»؛ عذر می‌خواهم.",
        "بسته تو راهه و فردا می‌رسه.",
        "https://example.com/a??b=1 رو ببینید.",
        "ان شاء الله رحمة الله فردا می‌رسه.",
    ],
)
def test_what_stays(checker: Checker, draft: str) -> None:
    assert checker.fix(draft).text == draft


def test_a_subject_without_a_verb_that_agrees_is_only_offered(checker: Checker) -> None:
    report = checker.check("تو خودت استاد مایی.")
    assert {edit.safety for finding in report.findings for edit in finding.edits} == {Safety.OFFERED}


def test_an_edit_that_would_make_a_finding_is_not_applied() -> None:
    edit = Edit((Change(0, 1, "b"),), Safety.SAFE)

    def check(talk: Conversation) -> Report:
        if talk.draft.startswith("a"):
            return Report(talk.draft, (finding("respect/one", edit),))
        return Report(talk.draft, (finding("respect/two"), finding("respect/one")))

    fixed = Fixer(check).fix(Conversation("a"))
    assert fixed.text == "a"
    assert [one.reason for one in fixed.left] == [LeftReason.WORSE]


def finding(check: str, *edits: Edit) -> Finding:
    return Finding(check, Severity.WARNING, 0, 1, "a", "پیام.", edits=edits)


@pytest.mark.parametrize(
    ("customer", "draft"),
    [
        ("خب الان تکلیف من چیه؟ دارو رو کی می‌دید؟ مادرم حالش بده", "سلام. متوجه هستم. در حال بررسی هستیم."),
        ("بسته‌ام کی می‌رسه؟ نگرانم", "سلام. بررسی می‌کنیم."),
        ("هزینهٔ ارسال چقدره؟ کی می‌رسه؟", "سلام. ممنون از پیامتون."),
    ],
)
def test_what_is_missing_is_added_once(checker: Checker, customer: str, draft: str) -> None:
    talk = Conversation(draft, customer=customer)
    before = {finding.check for finding in checker.check_conversation(talk).findings}
    text = fixed_text(checker, talk, offered=True)
    assert text.count("[روز و ساعت]") <= len(before), text
    assert "[روز و ساعت] است. دربارهٔ زمانش" not in text


def test_the_customer_is_quoted_once(checker: Checker) -> None:
    draft = "سلام. امکان نداره پیک‌های ما داد بزنن. حتما سوءتفاهم شده. در هر صورت اگه ناراحت شدید ببخشید."
    text = fixed_text(checker, Conversation(draft, customer="دیروز پیکتون سرم داد زد"), offered=True)
    assert text.count("«دیروز پیکتون سرم داد زد»") <= 1, text
