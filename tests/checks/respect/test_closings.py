"""An e-mail without a closing gets a hint at most, and none where its last sentence acts or asks."""

from __future__ import annotations

import pytest

from hamdel import Checker, Finding


def closings(checker: Checker, draft: str, customer: str = "") -> list[Finding]:
    report = checker.check(draft, customer=customer, channel="email", audience="business")
    return [finding for finding in report.findings if finding.check == "respect/missing-closing"]


@pytest.mark.parametrize(
    "draft",
    [
        "با سلام. جلسه به یکشنبه ۲۵ آذر ساعت ۱۰ منتقل شد و دعوت‌نامه را فرستادم.",
        "سلام. نسخهٔ اصلاح‌شدهٔ فاکتور را پیوست کردم.",
        "با سلام، دسترسی همکارتان را فعال کردیم.",
        "سلام. نام دامنه را می‌فرمایید؟",
    ],
)
def test_a_reply_that_ends_well_needs_none(checker: Checker, draft: str) -> None:
    assert not closings(checker, draft)


@pytest.mark.parametrize("draft", ["با سلام. پیوست تقدیم شد.", "سلام، فردا انجام می‌شود."])
def test_others_get_a_hint(checker: Checker, draft: str) -> None:
    assert [finding.severity.value for finding in closings(checker, draft)] == ["suggestion"]
