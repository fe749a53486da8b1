"""What isn't looked for isn't there: texts are passed over by cheap signs, and nothing may be lost by that."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hamdel import identifiers
from hamdel.base.resources import phrasebank_dir
from hamdel.identifiers import addresses, find_identifiers, mask_identifiers
from hamdel.identifiers.cues import cues_in
from hamdel.identifiers.folding import fold
from hamdel.identifiers.kinds import Scene, numbers

_PARTS = [
    *"0123456789۰۱۲۳۴۵۶۷۸۹ .-_/:()[]{}<>@&+*،\n\t\u200c", "09", "6037", "9911", "98", "1403", "<br>", "&nbsp;", "%40",
    "&commat;", "&#64;", " at ", "AT", " ات ", "ایت", "(a)", "a", "Gmail", ".com", "کد ملی", "سفارش", "شماره", "تلفن",
    "رمز", "کارت", "شبا", "IR", "ایران", "ب", "پلاک", "واحد", "کد پستی", "تومان", " ",
]  # fmt: skip
_TEXTS = st.lists(st.sampled_from(_PARTS), max_size=24).map("".join)


def _examples() -> list[str]:
    table = tomllib.loads((phrasebank_dir() / "lexicon" / "identifiers.toml").read_text(encoding="utf-8"))
    found: list[str] = []

    def walk(value: Any) -> None:
        if isinstance(value, str):
            found.append(value)
        elif isinstance(value, dict):
            for one in value.values():
                walk(one)
        elif isinstance(value, list):
            for one in value:
                walk(one)

    walk(table)
    return found


def _is_same(text: str, *, strict: bool) -> None:
    folded = fold(text).text
    sure = identifiers._SURE.search(folded) is not None
    assert list(numbers(Scene(folded, cues_in(folded), strict, sure))) == list(
        numbers(Scene(folded, cues_in(folded), strict, long=True))
    )
    if strict:
        assert list(addresses.emails(Scene(folded, cues_in(folded), strict))) == [
            *addresses.emails(Scene(folded, cues_in(folded), strict=False)),
            *addresses._likely(folded),
        ]
        assert identifiers._is_likely(folded) == (identifiers._LIKELY.search(folded) is not None)


@pytest.mark.parametrize("strict", [True, False])
def test_examples_lose_nothing(strict: bool) -> None:
    for text in _examples():
        _is_same(text, strict=strict)


@settings(max_examples=600)
@given(text=_TEXTS, strict=st.booleans())
def test_made_up_texts_lose_nothing(text: str, strict: bool) -> None:
    _is_same(text, strict=strict)


def test_few_texts_are_remembered_and_no_long_one() -> None:
    identifiers._remembered.cache_clear()
    for number in range(100):
        mask_identifiers(f"سفارش {number} شما")
    mask_identifiers("سفارش ۱۲۳ شما " * 1_000)
    find_identifiers("کارت 6037991123456786 " * 1_000)
    known = identifiers._remembered.cache_info()
    assert known.currsize == known.maxsize == 16
