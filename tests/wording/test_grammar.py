"""Endings for slots: the word stays as it is, and nothing is doubled."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hamdel.base.calendars import JALALI_MONTHS
from hamdel.wording.grammar import copula, ezafe, jalali, object_marked, quoted, yours

WORDS = st.text(st.sampled_from("ابپتدرسشعفقکگلمنوهیئءآأۀ \u200c\u0654۰۵۱5aZ[]«».،؟"), max_size=12)


@pytest.mark.parametrize(
    ("word", "bound"),
    [
        ("بسته", "بستهٔ"),
        ("بستهٔ", "بستهٔ"),
        ("بسته‌ی", "بسته‌ی"),
        ("بستۀ", "بستۀ"),
        ("هزینهٔ ارسال", "هزینهٔ ارسال"),
        ("شماره", "شمارهٔ"),
        ("گوشی", "گوشی"),
        ("کالا", "کالای"),
        ("کالای", "کالای"),
        ("پتو", "پتوی"),
        ("رادیو", "رادیوی"),
        ("مانتو", "مانتوی"),
        ("گاو", "گاو"),
        ("عضو", "عضو"),
        ("نو", "نو"),
        ("فروشگاه", "فروشگاه"),
        ("گروه", "گروه"),
        ("راه", "راه"),
        ("توجه", "توجه"),
        ("سفارش", "سفارش"),
        ("سفارش ۵۴۸۲۱", "سفارش ۵۴۸۲۱"),
        ("پنل کاربری", "پنل کاربری"),
        ("Galaxy A54", "Galaxy A54"),
        ("[نام کالا]", "[نام کالا]"),
        ("چای", "چای"),
        ("", ""),
    ],
)
def test_ezafe(word: str, bound: str) -> None:
    assert ezafe(word) == bound


@pytest.mark.parametrize(
    ("word", "formal", "colloquial"),
    [
        ("فردا", "فرداست", "فرداست"),
        ("ساعت ۵", "ساعت ۵ است", "ساعت ۵ هست"),
        ("شنبه", "شنبه است", "شنبه‌ست"),
        ("آماده", "آماده است", "آماده‌ست"),
        ("فروشگاه", "فروشگاه است", "فروشگاهه"),
        ("گوشی", "گوشی است", "گوشیه"),
        ("پتو", "پتو است", "پتوئه"),
        ("ارسال دوباره", "ارسال دوباره است", "ارسال دوباره‌ست"),
        ("۲۵۰ هزار تومان", "۲۵۰ هزار تومان است", "۲۵۰ هزار تومانه"),
        ("[روز و ساعت]", "[روز و ساعت] است", "[روز و ساعت] هست"),
        ("example.ir", "example.ir است", "example.ir هست"),
    ],
)
def test_copula(word: str, formal: str, colloquial: str) -> None:
    assert copula(word, formal=True) == formal
    assert copula(word, formal=False) == colloquial


@pytest.mark.parametrize(
    ("word", "formal", "colloquial"),
    [
        ("سفارش", "سفارش شما", "سفارشتون"),
        ("بسته", "بستهٔ شما", "بسته‌تون"),
        ("کالا", "کالای شما", "کالاتون"),
        ("گوشی", "گوشی شما", "گوشیتون"),
        ("فروشگاه", "فروشگاه شما", "فروشگاهتون"),
        ("سفارش ۵۴۸۲۱", "سفارش ۵۴۸۲۱ شما", "سفارش ۵۴۸۲۱ شما"),
        ("[نام کالا]", "[نام کالا] شما", "[نام کالا] شما"),
    ],
)
def test_what_is_the_customers(word: str, formal: str, colloquial: str) -> None:
    assert yours(word, formal=True) == formal
    assert yours(word, formal=False) == colloquial


def test_objects() -> None:
    assert object_marked("سفارش", formal=True) == "سفارش را"
    assert object_marked("سفارش", formal=False) == "سفارش رو"
    assert object_marked("سفارش را", formal=False) == "سفارش را"


@given(WORDS)
def test_words_are_kept_and_nothing_is_doubled(word: str) -> None:
    assert ezafe(ezafe(word)) == ezafe(word)
    for formal in (True, False):
        marked = object_marked(word, formal)
        assert object_marked(marked, formal) == marked
        for made in (ezafe(word), marked, copula(word, formal), yours(word, formal)):
            assert made.startswith(word)


@given(WORDS)
def test_quotes_hold_no_quotes(word: str) -> None:
    made = quoted(word)
    assert made[0] + made[-1] == "«»"
    assert "«" not in made[1:] and "»" not in made[:-1]
    assert quoted(made) == made


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (datetime.date(2024, 5, 12), "۲۳ اردیبهشت ۱۴۰۳"),
        (datetime.datetime(2024, 3, 20, 12), "۱ فروردین ۱۴۰۳"),
        ("2024-05-12", "۲۳ اردیبهشت ۱۴۰۳"),
        ("1403/2/23", "۲۳ اردیبهشت ۱۴۰۳"),
        ("۱۴۰۳/۰۲/۲۳", "۲۳ اردیبهشت ۱۴۰۳"),
        ("فردا ساعت 5", "فردا ساعت ۵"),
        ("شنبه", "شنبه"),
        ("1403/13/40", "۱۴۰۳/۱۳/۴۰"),
        ("", ""),
    ],
)
def test_dates(value: object, text: str) -> None:
    assert jalali(value) == text


@given(st.dates(datetime.date(1990, 1, 1), datetime.date(2090, 1, 1)))
def test_every_day_has_a_month(day: datetime.date) -> None:
    assert jalali(day) == jalali(day.isoformat())
    number, month, year = jalali(day).split()
    assert month in JALALI_MONTHS
    assert int(number) <= 31 and 1368 <= int(year) <= 1468
