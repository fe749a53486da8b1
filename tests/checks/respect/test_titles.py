"""A title goes, the name after it stays: nothing of the sentence is taken for a part of it, nothing of it is lost."""

from __future__ import annotations

import pytest

from hamdel import Checker
from hamdel.improve.applying import apply_changes
from hamdel.model import Audience


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker(learned=False)  # rules alone: the reader may find more


@pytest.mark.parametrize(
    ("draft", "customer", "right"),
    [
        ("سلام خانم رضایی سفارش شما لغو شد.", "رضایی هستم", "سلام رضایی عزیز سفارش شما لغو شد."),
        ("سلام آقای علوی الان چک می‌کنم.", "علوی هستم", "سلام علوی عزیز الان چک می‌کنم."),
        ("سلام آقای علوی بسته رسید؟", "علوی هستم", "سلام علوی عزیز بسته رسید؟"),
        ("سلام خانم علوی خیلی ممنون از پیامتون.", "علوی هستم", "سلام علوی عزیز خیلی ممنون از پیامتون."),
        ("سلام آقای قنبری فردا ساعت ۹ می‌رسه.", "قنبری هستم", "سلام قنبری عزیز فردا ساعت ۹ می‌رسه."),
        ("سلام آقای دکتر نوری، نوبت شما ثبت شد.", "نوری هستم", "سلام دکتر نوری عزیز، نوبت شما ثبت شد."),
        ("سلام آقای دکتر نوری، نوبت شما ثبت شد.", "مریم صادقی هستم", "سلام دکتر نوری عزیز، نوبت شما ثبت شد."),
        ("سلام خانم مینا رضایی فاکتور رسید.", "مینا رضایی هستم", "سلام مینا رضایی عزیز فاکتور رسید."),
        ("سلام آقای کریمی نیا، فاکتور رسید.", "کریمی نیا هستم", "سلام کریمی نیای عزیز، فاکتور رسید."),
        ("سلام جناب آقای حسینی\nمتن قرارداد رسید.", "حسینی هستم", "سلام حسینی عزیز\nمتن قرارداد رسید."),
    ],
)
def test_the_name_ends_where_the_sentence_goes_on(checker: Checker, draft: str, customer: str, right: str) -> None:
    (found,) = (f for f in checker.check(draft, customer=customer).findings if f.check == "respect/honorific-gender")
    assert apply_changes(draft, found.edits[0].changes) == right


def test_a_name_at_the_end_of_a_line_ends_there(checker: Checker) -> None:
    draft = "با سلام خدمت جناب آقای مهندس رستمی\nاحتراماً، قرارداد در تاریخ ۱۵ دی تمدید خواهد شد."
    report = checker.check(draft, customer="قرارداد کی تمدید می‌شود؟", audience=Audience.BUSINESS)
    for finding in report.findings:
        assert not any("احتراماً" in wording for wording in finding.suggestions)
        for edit in finding.edits:
            assert "مهندس رستمی گرامی\nاحتراماً، قرارداد" in apply_changes(draft, edit.changes)


@pytest.mark.parametrize("draft", ["سلام خانم سفارشتون آماده‌ست", "سلام خانم بسته رسید", "سلام آقا پول برگشت"])
def test_what_may_be_no_name_is_never_called_dear(checker: Checker, draft: str) -> None:
    for finding in checker.check(draft).findings:
        assert not any("عزیز" in change.new for edit in finding.edits for change in edit.changes)


@pytest.mark.parametrize(
    ("draft", "greets"),
    [
        ("سلام عزیزم، رسید دستتون؟", True),
        ("خسته نباشید عزیزم، رسید دستتون؟", True),
        ("سلام و وقت بخیر گلم، رسید دستتون؟", True),
        ("عزیزم رسید دستتون؟", True),
        ("مرسی گلم. آدرس رو هم بنویسید.", False),
        ("چشم عزیزم، الان می‌فرستم.", False),
        ("باشه داداش، می‌فرستم.", False),
        ("سلام. ببخشید عزیزم، الان می‌فرستم.", False),
    ],
)
def test_a_greeting_is_offered_only_where_one_stands(checker: Checker, draft: str, greets: bool) -> None:
    (found,) = (f for f in checker.check(draft).findings if f.check == "respect/honorific-gender")
    assert any(text.startswith(("سلام", "با سلام")) for text in found.suggestions) is greets
    assert "شما" not in found.suggestions
