"""From «تو» to «شما», with the verb, the clitic and the register right."""

from __future__ import annotations

import pytest

from hamdel.checks.respect.address.polite_forms import polite_form
from hamdel.language.fold import key
from hamdel.language.lexicon import Lexicon


@pytest.mark.parametrize(
    ("form", "kind", "formal", "expected"),
    [
        ("کنی", "verb", True, "کنید"),
        ("می تونی", "verb", False, "می تونید"),
        ("بفرستش", "imperative", False, "بفرستیدش"),
        ("برو", "imperative", True, "بروید"),
        ("بهت", "pronoun", False, "بهتون"),
        ("بهت", "pronoun", True, "به شما"),
        ("خودت", "pronoun", True, "خودتان"),
        ("خودتم", "pronoun", False, "خودتون هم"),
        ("خودتو", "pronoun", False, "خودتون رو"),
        ("خودته", "pronoun", False, "خودتونه"),
        ("خودتی", "pronoun", False, "خودتونید"),
        ("تو", "pronoun", True, "شما"),
        ("سفارشت", "clitic", False, "سفارشتون"),
        ("سفارشت", "clitic", True, "سفارشتان"),
        ("شماره‌ات", "clitic", False, "شماره‌تون"),
        ("بسته‌ت", "clitic", True, "بسته‌تان"),
        ("اکانتت", "clitic", False, "اکانتتون"),
        ("شو", "clitic", False, None),
    ],
)
def test_polite_form(lexicon: Lexicon, form: str, kind: str, formal: bool, expected: str | None) -> None:
    assert polite_form(form, key(form), kind, formal, lexicon.lookup) == expected
