"""What a wording quotes of the customer begins with what was said, not with how it was opened."""

from __future__ import annotations

import pytest

from hamdel.evidence.customer.problem import without_greeting


@pytest.mark.parametrize(
    "opener",
    [
        "سلام",
        "سلام،",
        "سلام ببخشید",
        "ببخشید",
        "الو",
        "راستش",
        "والا",
        "سلام داداش",
        "سلام خانوم",
        "دوست عزیز",
        "سلام علیکم",
        "عرض سلام و ادب",
        "سلام صبح بخیر",
        "سلام وقتتون بخیر خسته نباشید",
        "سلام. میگم",
        "می‌خواستم بگم",
        "می خواستم بگم",
        "متأسفانه",
        "آقا",
        "باز هم سلام",
        "ادمین جان",
        "سلام بر شما",
        "معذرت می‌خوام",
        "سلام روز خوش",
        "پشتیبانی محترم،",
    ],
)
def test_an_opener_is_not_quoted(opener: str) -> None:
    assert without_greeting(f"{opener} کالای من خرابه.") == "کالای من خرابه"


@pytest.mark.parametrize(
    "said",
    [
        "آقای کریمی جواب نداد",
        "خانم کریمی جواب نداد",
        "خوب کار نمی‌کنه",
        "والامقام خرابه",
        "درودگر نیومد",
        "خبری نشد",
        "شب بسته نرسید",
        "سلام",
    ],
)
def test_what_is_said_stays(said: str) -> None:
    assert without_greeting(said) == said
