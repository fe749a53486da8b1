"""What suggestions know of a conversation."""

from __future__ import annotations

from typing import Any

import pytest

from hamdel import Checker
from hamdel.model import Conversation


def slots(checker: Checker, draft: str = "سلام.", customer: str = "", **rest: Any) -> dict[str, Any]:
    return checker.examine(Conversation(draft, customer, **rest))[1].slots


@pytest.mark.parametrize(
    ("message", "problem"),
    [
        ("سلام سفارشم نرسیده", "سفارشم نرسیده"),
        ("سلام خسته نباشید پولم برنگشته", "پولم برنگشته"),
        ("با سلام و احترام، فاکتور نرسیده است", "فاکتور نرسیده است"),
        ("سلام‌ها نرسید", "سلام‌ها نرسید"),
        ("مشکلم اینه که گوشی روشن نمی‌شه", "گوشی روشن نمی‌شه"),
        ("مشکلم اینه. پولم برنگشته", "پولم برنگشته"),
        ("سفارش 54821 نرسیده", "سفارش ۵۴۸۲۱ نرسیده"),
        ("گوشی A54 خرابه", "گوشی A54 خرابه"),
        ("سلام", ""),
    ],
)
def test_the_problem_can_be_quoted(checker: Checker, message: str, problem: str) -> None:
    assert slots(checker, customer=message)["problem"] == problem


def test_digits_are_persian(checker: Checker) -> None:
    found = slots(checker, customer="سفارش 54821 به مبلغ 250 هزار تومان نرسیده")
    assert (found["order"], found["amount"]) == ("۵۴۸۲۱", "۲۵۰ هزار تومان")


@pytest.mark.parametrize(
    ("draft", "time"),
    [
        ("سلام. فردا ساعت ۱۷ خبر می‌دهم.", "فردا ساعت ۱۷"),
        ("سلام. فردا تا ساعت ۱۷ می‌فرستیم.", "فردا ساعت ۱۷"),
        ("سلام. ساعت ۱۰ فرستادیم.", ""),
        ("سلام. ساعت ۱۰ فرستادیم. تا ساعت ۱۲ نتیجه را می‌نویسم.", "ساعت ۱۲"),
        ("سلام. دوره از شنبه ساعت ۱۸ شروع می‌شود.", ""),
        ("سلام. فردا ساعت ۱۷ نمی‌توانیم بفرستیم.", ""),
        ("سلام.", ""),
    ],
)
def test_a_time_is_one_that_we_promise(checker: Checker, draft: str, time: str) -> None:
    assert slots(checker, draft)["time"] == time


@pytest.mark.parametrize(("agent", "signer"), [("سارا کریمی", "سارا کریمی"), ("agent7", ""), ("a@b.ir", ""), ("", "")])
def test_an_agent_with_a_name_signs(checker: Checker, agent: str, signer: str) -> None:
    assert slots(checker, agent=agent)["signer"] == signer
