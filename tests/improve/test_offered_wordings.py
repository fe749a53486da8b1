"""What wordings and edits must not do: promise, invent, lose facts, tear sentences apart."""

from __future__ import annotations

from typing import Any

import pytest

from hamdel import Checker, Finding
from hamdel.improve.applying import apply_changes


def found(checker: Checker, check: str, draft: str, **about: Any) -> list[Finding]:
    return [finding for finding in checker.check(draft, **about).findings if finding.check == check]


def edited(draft: str, findings: list[Finding]) -> list[str]:
    return [apply_changes(draft, edit.changes) for finding in findings for edit in finding.edits]


def test_a_refusal_keeps_its_words(checker: Checker) -> None:
    draft = "سلام. متأسفانه گارانتی نداریم."
    texts = edited(draft, found(checker, "clarity/negative-first", draft))
    assert texts
    assert all("گارانتی نداریم" in text and "تموم شده" not in text for text in texts)


def test_no_guarantee_is_no_shortage(checker: Checker) -> None:
    findings = found(checker, "clarity/negative-first", "سلام. متأسفانه گارانتی نداریم.")
    assert not [text for finding in findings for text in finding.suggestions if "تموم" in text or "تمام" in text]


def test_an_endearment_becomes_nobodys_fellow(checker: Checker) -> None:
    findings = found(checker, "respect/honorific-gender", "سلام عزیزم، سفارشتون ثبت شد.")
    assert findings
    assert not [text for finding in findings for text in finding.suggestions if "همراه" in text]


def test_an_endearment_inside_a_sentence_is_no_place_for_a_greeting(checker: Checker) -> None:
    findings = found(checker, "respect/honorific-gender", "سفارشتون ثبت شد. نگران نباشید عزیزم، فردا می‌رسه.")
    assert findings
    assert not [text for finding in findings for text in finding.suggestions if "سلام" in text]


@pytest.mark.parametrize(("name", "called"), [("رضا", "رضای عزیز"), ("لیلا", "لیلای عزیز"), ("نگار", "نگار عزیز")])
def test_names_get_their_ezafe(checker: Checker, name: str, called: str) -> None:
    draft = f"سلام {name} جان، هزینهٔ ارسال برگشت."
    findings = found(checker, "respect/honorific-gender", draft)
    assert edited(draft, findings)[0].startswith(f"سلام {called}،")


def test_a_surname_gets_the_given_name_that_the_customer_wrote(checker: Checker) -> None:
    draft = "سلام آقای جعفری. رأی شورا قطعی است."
    findings = found(checker, "respect/honorific-gender", draft, customer="کی پرداخت می‌کنید؟ کاظم جعفری")
    assert all("جعفری" not in text.replace("کاظم جعفری", "") for text in edited(draft, findings))


def test_an_edit_that_would_lose_a_time_is_not_offered(checker: Checker) -> None:
    draft = "سلام. همیشه در کنار شماییم و کارشناس تا ساعت ۱۷ تماس می‌گیره."
    findings = found(checker, "empathy/canned-empathy", draft, customer="بازم قطع شد، کلافه‌م کردید")
    assert findings
    assert all("۱۷" in text for text in edited(draft, findings))


@pytest.mark.parametrize("customer", ["نیومد! عصبانی‌ام", "نرسید، ناراحتم"])
def test_a_single_word_is_not_quoted(checker: Checker, customer: str) -> None:
    findings = found(checker, "empathy/no-feeling-ack", "سلام، فردا ساعت ۱۷ می‌رسه.", customer=customer)
    assert findings
    assert not [text for finding in findings for text in finding.suggestions if "نوشتید" in text]


@pytest.mark.parametrize(
    "customer", ["خیلی عصبانی‌ام", "نگرانم", "ناامید شدم", "عصبانی‌ام، غذا یخ کرده رسید", "می‌ترسم پولم بره"]
)
@pytest.mark.parametrize("audience", ["consumer", "business"])
def test_what_is_felt_is_seen_without_a_promise(checker: Checker, customer: str, audience: str) -> None:
    findings = found(checker, "empathy/no-feeling-ack", "سلام، ثبت شد.", customer=customer, audience=audience)
    texts = [text for finding in findings for text in finding.suggestions if "[کاری که می‌کنید]" not in text]
    assert not [text for text in texts if "پیگیر" in text or "خبر می" in text or "دست به کار" in text]


@pytest.mark.parametrize(
    "draft",
    [
        "فایل رو از /fa/docs بردارید.",
        "به check@example.ir ایمیل بزنید.",
        "از «antiflood» مقدار رو ۸ بذارید.",
        "تنظیمات > privacy رو باز کنید.",
        "مقدار strict: false رو بذارید.",
    ],
)
def test_what_is_typed_or_pressed_is_no_jargon(checker: Checker, draft: str) -> None:
    assert not found(checker, "clarity/jargon", draft, customer="باز نمی‌شه")


def test_a_gloss_cuts_no_phrase(checker: Checker) -> None:
    assert not edited("x", found(checker, "clarity/jargon", "ریلیز رسمی رو پنجشنبه می‌زنم.", customer="کی میاد؟"))


@pytest.mark.parametrize(
    ("draft", "wrong"),
    [
        ("سلام. مقتضی است مدارک را بفرستید.", "خبر بدم که"),
        ("سلام. مستدعی است مدارک را بفرستید.", "خبر بدم که"),
        ("سلام. واحد ذی‌ربط فردا جواب می‌دهد.", "خبر بدم که"),
        ("سلام. نامبرده فردا تماس می‌گیرد.", "خبر بدم که"),
    ],
)
def test_a_stiff_word_is_replaced_by_what_it_means(checker: Checker, draft: str, wrong: str) -> None:
    findings = found(checker, "respect/register-mismatch", draft, customer="سلام مرخصیم ثبت نمیشه، چیکار کنم؟")
    assert findings
    assert not any(wrong in wording for finding in findings for wording in finding.suggestions)
