"""From «تو» to «شما», with the verb, the clitic and the register right."""

from __future__ import annotations

import pytest

from hamdel.checks.polite_forms import polite_form
from hamdel.language.fold import key


@pytest.mark.parametrize(
    ("form", "kind", "formal", "expected"),
    [
        ("کنی", "verb", True, "کنید"),
        ("می تونی", "verb", False, "می تونید"),
        ("خواستي", "verb", False, "خواستید"),
        ("گفته‌ای", "verb", True, "گفته‌اید"),
        ("نگرفتیش", "verb", False, "نگرفتیدش"),
        ("بفرست", "imperative", True, "بفرستید"),
        ("بفرستش", "imperative", False, "بفرستیدش"),
        ("باش", "imperative", True, "باشید"),
        ("بده", "imperative", False, "بدید"),
        ("برو", "imperative", True, "بروید"),
        ("بهت", "pronoun", False, "بهتون"),
        ("خودت", "pronoun", True, "خودتان"),
        ("تو", "pronoun", True, "شما"),
        ("سفارشت", "clitic", False, "سفارشتون"),
        ("سفارشت", "clitic", True, "سفارشتان"),
        ("شماره‌ات", "clitic", False, "شماره‌تون"),
        ("بسته‌ت", "clitic", True, "بسته‌تان"),
    ],
)
def test_polite_form(form: str, kind: str, formal: bool, expected: str) -> None:
    assert polite_form(form, key(form), kind, formal) == expected
