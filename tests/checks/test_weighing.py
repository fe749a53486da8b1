"""What rules and the learned reader make of each other's finds."""

from __future__ import annotations

import pytest

from hamdel import Checker
from hamdel.model import Emotion, Severity, Source

CURT = "کش مرورگر رو پاک کنید."
COMPLAINT = "سایتتون از صبح باز نمیشه"


def severities(checker: Checker, draft: str, customer: str = "") -> list[Severity]:
    report = checker.check(draft, customer=customer)
    return [finding.severity for finding in report.findings if finding.check == "respect/bare-imperative"]


def test_what_a_rule_suggests_and_the_reader_finds_likely_is_a_warning(checker: Checker) -> None:
    assert severities(checker, CURT, COMPLAINT) == [Severity.WARNING]


def test_whether_a_command_is_curt_shows_beside_the_message_alone(checker: Checker) -> None:
    assert severities(checker, CURT) == [Severity.SUGGESTION]


def test_a_rule_alone_suggests() -> None:
    assert severities(Checker(learned=False), CURT, COMPLAINT) == [Severity.SUGGESTION]


def test_what_the_reader_doubts_is_milder(checker: Checker) -> None:
    draft, customer = "مخلصیم ولی نمیشه چون باز شده.", "پس می‌گیرید؟"
    (doubted,) = (f for f in checker.check(draft, customer=customer).findings if f.check == "respect/over-taarof")
    assert (doubted.severity, doubted.source) == (Severity.SUGGESTION, Source.RULE)


@pytest.mark.parametrize(
    ("message", "felt"),
    [
        ("سه هفته‌ست هر روز یه قول جدید می‌شنوم و هنوز هیچی دستم نیومده", Emotion.DISAPPOINTMENT),
        ("بچه‌ام تب داره و دارو هنوز نرسیده، تا شب می‌رسه؟", Emotion.WORRY),
        ("ساعت کاری شعبهٔ ونک چنده؟", Emotion.NEUTRAL),
    ],
)
def test_feelings_that_no_word_names_are_read(checker: Checker, message: str, felt: Emotion) -> None:
    context = checker.read_customer(message)
    assert (context.emotion, context.felt) == (Emotion.NEUTRAL, felt)
    assert context.upset == (felt is not Emotion.NEUTRAL)


def test_the_subject_that_is_named_holds_no_part_of_what_is_personal(checker: Checker) -> None:
    report = checker.check("سلام. بررسی می‌شود.", customer="پلاک موتورم 1234…5678 است و پیداش نیست")
    assert not [word for finding in report.findings for word in finding.evidence if any(map(str.isdigit, word))]
