"""Commands and what only looks like one: decided by the clause, and worded whole or not at all."""

from __future__ import annotations

import pytest

from hamdel import Checker


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker(learned=False)  # rules alone: the reader may find more


_UPSET = "خیلی عصبانی‌ام، سفارشم نرسیده."


def wordings(checker: Checker, draft: str, customer: str = _UPSET) -> list[tuple[str, ...]]:
    findings = checker.check(draft, customer=customer).findings
    return [finding.suggestions for finding in findings if finding.check == "respect/bare-imperative"]


@pytest.mark.parametrize(
    "draft",
    [
        "سلام، خسته نباشید.",
        "قول پنجشنبه رو دادیم و نرسید.",
        "پیک ما سه بار زنگ زد و نپرسید.",
        "همکارم متن رو دید و نفهمید.",
        "روز خوبی داشته باشید.",
        "شب خوبی داشته باشین.",
        "موفق باشید.",
        "سلامت و شاد باشید.",
        "حق دارید کلافه باشید.",
        "حق دارین دلخور باشین.",
        "نگران نباشید.",
        "ناراحت نباشید.",
        "امیدواریم دفعهٔ بعد راضی باشید.",
        "ان‌شاءالله همیشه خوش باشید.",
        "ببخشید که معطل شدید.",
        "از کرج راه بیفتید و پشت در بمونید، هر چی بگید حق دارید.",
        "بذارید همین الان حلش کنیم.",
        "بگذارید بررسی کنیم.",
        "باید صبر کنید.",
        "می‌تونید از اپ ثبتش کنید.",
        "اگه عکس رو بفرستید خوبه.",
        "لطف کنید عکس رو بفرستید.",
        "کسی مجبورتون نکرده داوطلب شید.",
    ],
)
def test_wishes_permissions_pasts_and_conditions_are_no_commands(checker: Checker, draft: str) -> None:
    assert not wordings(checker, draft)


@pytest.mark.parametrize(
    "customer",
    [
        "چطور رمزم رو عوض کنم؟",
        "چجوری باید لغوش کنم",
        "از کجا فعالش کنم؟",
        "خطای ۴۰۳ می‌ده، چیکار کنم",
        "لطفاً راهنمایی کنید.",
        "مراحل ثبت شکایت رو می‌خواستم.",
    ],
)
def test_steps_that_were_asked_for_are_an_answer(checker: Checker, customer: str) -> None:
    assert not wordings(checker, "وارد تنظیمات بشید. امنیت رو باز کنید. رمز جدید رو بزنید.", customer)


@pytest.mark.parametrize(
    ("draft", "whole"),
    [
        ("کد رو به کسی ندید.", "لطفاً کد رو به کسی ندید."),
        ("از پست بپرسید.", "لطفاً از پست بپرسید."),
        ("وارد تنظیمات بشید.", "لطفاً وارد تنظیمات بشید."),
        ("سلام، با پشتیبانی بانک تماس بگیرید.", "لطفاً با پشتیبانی بانک تماس بگیرید."),
        ("عکس پارگی لباس رو بفرست.", "لطفاً عکس پارگی لباس رو بفرستید."),
        ("شماره حسابت رو وارد کن.", "لطفاً شماره حسابتون رو وارد کنید."),
        ("پیگیر باشید.", "لطفاً پیگیر باشید."),
        ("بسته را تحویل نگیرید.", "لطفاً بسته را تحویل نگیرید."),
        ("بستهٔ آسیب‌دیده را تحویل نگیرید.", "لطفاً بستهٔ آسیب‌دیده را تحویل نگیرید."),
        ("نوشتهٔ روی جعبه را بخوانید.", "لطفاً نوشتهٔ روی جعبه را بخوانید."),
        ("خواسته‌تون رو بنویسید.", "لطفاً خواسته‌تون رو بنویسید."),
    ],
)
def test_a_wording_repeats_the_whole_command(checker: Checker, draft: str, whole: str) -> None:
    assert [found[0] for found in wordings(checker, draft)] == [whole]


@pytest.mark.parametrize(
    "draft",
    [
        "به دوستات بگو بیان.",  # «دوستات» would stay
        "شماره پروندت رو بهم بگو.",  # «پروندت» would stay
        "سیم‌کارت رو بذارید روی حالت دو.",  # more of it follows
        "بنویسید.",
    ],
)
def test_what_is_not_sure_to_be_whole_gets_no_wording(checker: Checker, draft: str) -> None:
    assert not any(wordings(checker, draft))


def test_steps_with_what_they_are_good_for_are_no_row_of_orders(checker: Checker) -> None:
    draft = "رکورد شما از DNS پاک شده بود. یک رکورد تازه بسازید. نیم ساعت بعد نتیجه رو می‌بینید."
    assert not wordings(checker, draft, "ایمیل‌ها می‌رن تو اسپم")
