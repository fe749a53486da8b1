"""From «تو» to «شما», form by form: the verb, its polarity, its object and its spelling."""

from __future__ import annotations

import pytest

from hamdel.language.lexicon import Lexicon
from hamdel.language.plural_verbs import plural_form


@pytest.mark.parametrize(
    ("raw", "formal", "spoken"),
    [
        ("کنی", "کنید", "کنید"),
        ("می‌تونی", "می‌تونید", "می‌تونید"),
        ("می تونی", "می تونید", "می تونید"),
        ("نمی‌خوای", "نمی‌خواید", "نمی‌خواید"),
        ("خواستي", "خواستید", "خواستید"),
        ("گفته‌ای", "گفته‌اید", "گفته‌اید"),
        ("نگرفتیش", "نگرفتیدش", "نگرفتیدش"),
        ("بفرست", "بفرستید", "بفرستید"),
        ("بفرستش", "بفرستیدش", "بفرستیدش"),
        ("باش", "باشید", "باشید"),
        ("بده", "بدهید", "بدید"),
        ("نده", "ندهید", "ندید"),
        ("برو", "بروید", "برید"),
        ("بگو", "بگویید", "بگید"),
        ("بیا", "بیایید", "بیاید"),
        ("بشو", "بشوید", "بشید"),
        ("بشنو", "بشنوید", "بشنوید"),
        ("بفرما", "بفرمایید", "بفرمایید"),
        ("برگرد", "برگردید", "برگردید"),
        ("وایسا", "وایسید", "وایسید"),
        ("هستی", "هستید", "هستید"),
        ("بزنـی", "بزنید", "بزنید"),
    ],
)
def test_plural_form(lexicon: Lexicon, raw: str, formal: str, spoken: str) -> None:
    assert plural_form(raw, lexicon.lookup, formal=True) == formal
    assert plural_form(raw, lexicon.lookup, formal=False) == spoken


@pytest.mark.parametrize("raw", ["می‌کنید", "می‌کنم", "سفارش", "تو", "خدمت", "", "abc", "۱۲"])
def test_what_is_no_singular_form_has_no_plural(lexicon: Lexicon, raw: str) -> None:
    assert plural_form(raw, lexicon.lookup, formal=True) is None
