"""What checks make of a time: a bound answers «when», a greeting and a vague time don't."""

from __future__ import annotations

import pytest

from hamdel import Checker
from hamdel.model import Conversation

VAGUE, STEP, DETAIL = "clarity/vague-time", "clarity/no-next-step", "clarity/ignored-detail"
BOUNDS = (
    "تا آخر هفته", "تا شمبه", "تا سشنبه", "تا ۵شنبه", "تا هفتهٔ بعد", "تا سر ماه", "تا پایان وقت اداری", "تا شب",
    "ظرف یه هفته‌ای", "تا ۲۵ آذر", "تا ۱۴۰۴/۹/۲۵", "ظرف دو روز کاری", "تا یکی دو ساعت دیگه", "تا ساعت ده",
)  # fmt: skip
GREETINGS = ("صبح بخیر", "صبح شما بخیر", "صبحتون به‌خیر", "عصرتون بخیر", "ظهر بخیر", "عصر همگی بخیر", "جمعه‌تون بخیر")


def found(checker: Checker, draft: str, customer: str = "") -> set[str]:
    return {finding.check for finding in checker.check_conversation(Conversation(draft, customer)).findings}


@pytest.mark.parametrize("greeting", GREETINGS)
def test_a_greeting_is_no_step(checker: Checker, greeting: str) -> None:
    assert STEP in found(checker, f"{greeting}. بابت تأخیر عذر می‌خواهیم.", "سفارشم نرسید")


@pytest.mark.parametrize("bound", BOUNDS)
def test_a_bound_is_a_step_and_answers_a_vague_promise(checker: Checker, bound: str) -> None:
    assert STEP not in found(checker, f"سلام. بابت تأخیر عذر می‌خواهیم. {bound}.", "سفارشم نرسید")
    assert VAGUE not in found(checker, f"به‌زودی، یعنی {bound}، می‌رسد.")


@pytest.mark.parametrize("time", ["هفتهٔ گذشته", "دو روز پیش", "دیروز", "صبح بخیر", "چند روز دیگه"])
def test_what_is_past_or_vague_bounds_nothing(checker: Checker, time: str) -> None:
    assert VAGUE in found(checker, f"سلام، {time}. در اسرع وقت می‌فرستیم.")


def test_a_deadline_in_several_words(checker: Checker) -> None:
    customer = "برای ۲۵ آذر لازمش دارم، می‌رسه؟"
    assert DETAIL in found(checker, "سلام، ۴۸ ساعت بعد از تحویل به پست می‌رسه.", customer)
    assert DETAIL not in found(checker, "سلام، بله، تا آخر هفته می‌رسه.", customer)


@pytest.mark.parametrize(
    ("draft", "time"),
    [
        ("پنشنبه ساعت ۱۰ زنگ می‌زنم.", "پنشنبه ساعت ۱۰"),
        ("فردا تا ساعت ۱۶ می‌رسانیم.", "فردا ساعت ۱۶"),
        ("فردا تا ساعت ۱۶ می‌رسد.", ""),
        ("یکشنبه ۲۵ آذر ساعت ۱۰:۳۰ زنگ می‌زنم.", "یکشنبه ۲۵ آذر ساعت ۱۰:۳۰"),
        ("شنبه ساعت ۱۰ فرستادیم.", ""),
        ("تا فردا خبر می‌دهم.", ""),
    ],
)
def test_the_hour_that_was_promised(checker: Checker, draft: str, time: str) -> None:
    assert checker.examine(Conversation(draft))[1].slots["time"] == time
