"""clarity/explore and empathy/thanks-missing on messages that stand in no file."""

from __future__ import annotations

import pytest

from hamdel import Checker
from hamdel.settings.config import Config

EMPTY = "سلام، از اینکه با ما در ارتباط هستید خوشحالیم."


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker(Config(), suggestions=False)


def fires(checker: Checker, check: str, customer: str, draft: str, turn: int | None = None) -> bool:
    return any(one.check == check for one in checker.check(draft, customer=customer, turn=turn).findings)


@pytest.mark.parametrize(
    "customer", ["اصلاً کار نمی‌کنه", "پنل باز نمی‌شه", "پرینترم خراب شده", "ازتون ناراضی‌ام", "نت قطعه"]
)
def test_a_vague_message_wants_a_question(checker: Checker, customer: str) -> None:
    assert fires(checker, "clarity/explore", customer, EMPTY)
    assert not fires(checker, "clarity/explore", customer, "سلام. از کی این‌طور شده و چه پیامی می‌بینید؟")
    assert not fires(checker, "clarity/explore", customer, "سلام، لطفاً یک عکس از صفحه بفرستید.")
    assert not fires(checker, "clarity/explore", customer, EMPTY, turn=2)


@pytest.mark.parametrize(
    "customer",
    [
        "از دیشب وصل نمی‌شه",
        "بعد از آپدیت باز نمی‌شه",
        "کد ۱۲ می‌ده",
        "کی درست می‌شه؟",
        "مرسی از شما",
        "سلام",
    ],
)
def test_a_message_with_a_detail_does_not(checker: Checker, customer: str) -> None:
    assert not fires(checker, "clarity/explore", customer, EMPTY)


@pytest.mark.parametrize(
    "customer",
    [
        "توی منوی اصلی یک غلط املایی دیدم",
        "محض اطلاع، شمارهٔ تلفن توی فوتر قدیمیه",
        "یه پیشنهاد دارم، فیلتر رنگ هم بذارید",
    ],
)
def test_help_wants_thanks(checker: Checker, customer: str) -> None:
    assert fires(checker, "empathy/thanks-missing", customer, "سلام، تا فردا درستش می‌کنیم.")
    assert not fires(checker, "empathy/thanks-missing", customer, "سلام، مرسی که گفتید؛ درستش کردیم.")
    assert not fires(checker, "empathy/thanks-missing", customer, "سلام. دستت درد نکنه، الان درستش می‌کنم.")
