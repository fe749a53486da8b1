"""What the company publishes and what the customer gave is no leak; what is the customer's stays one."""

from __future__ import annotations

import pytest

from hamdel import Checker
from hamdel.model import Channel, Conversation

CHECK = "respect/privacy-leak"
OURS = (
    "شماره پشتیبانی ما ۰۹۱۲۱۱۱۲۲۳۳ است.",
    "شمارهٔ پشتیبانی: 09121112233",
    "پشتیبانی: 0912 111 2233",
    "شماره‌مون 09121112233 است.",
    "واتساپ ما 09351239876 است.",
    "واتساپ‌مون: 09351239876",
    "شماره تماس با ما: 09351239876",
    "09351239876 شماره شرکت است.",
    "تلفن گویا 0919 100 2030 شبانه‌روزی است.",
    "با پشتیبانی ما به شماره 09121112233 تماس بگیرید.",
    "لطفاً به 09121112233 زنگ بزنید.",
    "برای مشاوره به شمارهٔ ۰۹۹۰۱۲۳۴۵۶۷ پیام بدید.",
    "در واتساپ 09901234567 پیام بدهید.",
    "مبلغ را به کارت 6037991123456786 واریز کنید.",
    "شماره کارت شرکت ما 6037991123456786 است.",
    "شبای شرکت: IR062960000000100324200001",
    "مدارک را به support@example.com بفرستید.",
    "شماره پشتیبانی ما ۰۲۱۸۸۸۸۸۸۸۸ است.",
    "با شماره 02191001234 تماس بگیرید.",
    "با شماره ۱۵۹۰ تماس بگیرید.",
    "سامانهٔ ۰۹۶۲۷ شبانه‌روزی است.",
    "عدد ۵ را به ۳۰۰۰۵۴۸۹ پیامک کنید.",
    "مبلغ ۲۵۰۰۰۰ برگشت.",
    "کالای ۱۲۳۴۵۶ موجود شد.",
)
THEIRS = (
    "با شمارهٔ 09121234568 تماس می‌گیریم.",
    "پشتیبانی با شمارهٔ 09121234568 تماس می‌گیرد.",
    "همکارم از فروش به 09121234568 زنگ زد.",
    "شمارهٔ شما 09121234568 ثبت شد.",
    "شماره‌تون 09121234568 را در شرکت ثبت کردم.",
    "از شمارهٔ خودتون 09121234568 تماس بگیرید.",
    "با شمارهٔ شما 09121234568 وارد شوید.",
    "09121234568 را پشتیبانی ثبت کرد.",
    "به کارت 6037991123456786 واریز شد.",
    "به کارت شما 6037991123456786 واریز کردیم.",
    "کد ملی ۰۰۸۴۵۷۵۹۴۸ تأیید شد.",
    "رمز شما 48213 است.",
)
ORDERS = (
    ("سفارشم 55120 نرسیده", "سلام، سفارش ۵۵۱۲۰ امروز ارسال شد."),
    ("سفارش ۷۷۱۹ من کجاست", "شماره سفارش 7719 تحویل پست شد."),
    ("سفارش 548217 نرسیده", "سفارش ۵۴۸۲۱۷ فردا می‌رسد."),
    ("", "سفارش 7719 تحویل شد."),
    ("", "شماره سفارش: 55120"),
    ("", "کد سفارش ۵۵۱۲۰ است."),
)


def leaks(checker: Checker, draft: str, channel: Channel, customer: str = "") -> list[str]:
    report = checker.check_conversation(Conversation(draft, customer, channel=channel))
    return [draft[finding.start : finding.end] for finding in report.findings if finding.check == CHECK]


@pytest.mark.parametrize("channel", [Channel.CHAT, Channel.EMAIL, Channel.SOCIAL])
@pytest.mark.parametrize("draft", OURS)
def test_what_is_published(checker: Checker, draft: str, channel: Channel) -> None:
    assert not leaks(checker, draft, channel)


@pytest.mark.parametrize("draft", THEIRS)
def test_what_is_the_customers(checker: Checker, draft: str) -> None:
    assert leaks(checker, draft, Channel.CHAT)


@pytest.mark.parametrize(("customer", "draft"), ORDERS)
@pytest.mark.parametrize("channel", [Channel.CHAT, Channel.SOCIAL])
def test_orders(checker: Checker, customer: str, draft: str, channel: Channel) -> None:
    assert not leaks(checker, draft, channel, customer)


def test_a_number_that_the_customer_gave_stays_theirs(checker: Checker) -> None:
    draft = "سلام، با 09121234568 تماس بگیرید."
    assert not leaks(checker, draft, Channel.CHAT)
    assert leaks(checker, draft, Channel.CHAT, "شماره‌ام 09121234568 است")


def test_our_address_may_be_said_in_public(checker: Checker) -> None:
    customer = "به support@example.com و sara@example.com ایمیل زدم"
    assert leaks(checker, "ایمیل support@example.com رسید.", Channel.SOCIAL, customer) == []
    assert leaks(checker, "ایمیل sara@example.com رسید.", Channel.SOCIAL, customer) == ["sara@example.com"]
