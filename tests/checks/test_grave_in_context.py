"""The same words weigh more or less by who reads them: severities of the phrase checks that look at the whole case."""

from __future__ import annotations

from pathlib import Path

import pytest

from hamdel import Checker
from hamdel.evidence.analysing import Reader
from hamdel.model import Audience, Severity
from hamdel.phrasebank import load_checks


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(load_checks(examples=False).values())


@pytest.fixture(scope="module")
def by_rules(lexicon_cache: Path) -> Checker:
    """Without the learned reader, which may find what a rule says unlikely, and make it milder."""
    return Checker(learned=False)


WARNING, SUGGESTION = Severity.WARNING, Severity.SUGGESTION
CANNED, TAAROF = "نظر شما برای ما ارزشمند است. بسته فردا می‌رسد.", "مخلصیم. بسته فردا ساعت ۱۰ می‌رسه."
NOBODY = "سلام، اشتباهی رخ داده. عذر می‌خوام، سایز درست فردا می‌رسه."
REFER = "با شرکت پست تماس بگیرید."


@pytest.mark.parametrize(
    ("check", "customer", "draft", "audience", "severity"),
    [
        ("empathy/canned-empathy", "خیلی عصبانی‌ام، بسته نرسید", CANNED, None, WARNING),
        ("empathy/canned-empathy", "خیلی عصبانی‌ام، بسته نرسید", "عذر می‌خوام که نرسیده. " + CANNED, None, SUGGESTION),
        ("empathy/canned-empathy", "بسته کی می‌رسه؟", CANNED, None, SUGGESTION),
        ("empathy/apology-no-ownership", "سایز ۳۹ رو اشتباهی فرستادید", NOBODY, None, WARNING),
        ("empathy/apology-no-ownership", "سایزش اندازه‌م نیست", NOBODY, None, SUGGESTION),
        ("respect/over-taarof", "بسته کی می‌رسه؟", TAAROF, None, SUGGESTION),
        ("respect/over-taarof", "بسته کی می‌رسد؟", TAAROF, Audience.BUSINESS, WARNING),
        ("respect/over-taarof", "پس می‌گیرید؟", "مخلصیم ولی نمیشه چون باز شده.", None, WARNING),
        ("clarity/deflection", "بسته نرسیده", REFER, None, WARNING),
        (
            "clarity/deflection",
            "بسته نرسیده",
            "بسته دیروز تحویل مرکز توزیع اصفهان شده و پستچی آدرس را پیدا نکرده. " + REFER,
            None,
            SUGGESTION,
        ),
    ],
)
def test_severity_follows_the_case(  # noqa: PLR0917
    by_rules: Checker, check: str, customer: str, draft: str, audience: Audience | None, severity: Severity
) -> None:
    report = by_rules.check(draft, customer=customer, audience=audience)
    assert [finding.severity for finding in report.findings if finding.check == check] == [severity]


@pytest.mark.parametrize(
    ("message", "ours"),
    [
        ("کفش رو اشتباهی فرستادید", True),
        ("دو بار نوشتم و جواب ندادید", True),
        ("همکارتون آدرس رو غلط ثبت کرده", True),
        ("تقصیر خودتونه که دیر شد", True),
        ("من آدرس رو اشتباه نوشتم، می‌شه عوضش کنید؟", False),
        ("تقصیر شما نیست، پست دیر آورد", False),
        ("ممنون که سریع فرستادید", False),
    ],
)
def test_reads_whom_the_customer_blames(reader: Reader, message: str, ours: bool) -> None:
    from hamdel.evidence.customer import read_context

    assert read_context(*reader.read_customer(message)).blames_us is ours
