"""Outcomes as exports write them."""

from __future__ import annotations

import pytest

from hamdel.exports.scores import UNREADABLE, read_score


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("4", 4.0),
        ("۴٫۵", 4.5),
        ("4 of 5", 4.0),
        ("۴ از ۵", 4.0),
        ("5/5", 5.0),
        ("80%", 80.0),
        ("-1", -1.0),
        ("★★★☆☆", 3.0),
        ("⭐⭐", 2.0),
        ("True", 1.0),
        ("خیر", 0.0),
        ("good", 1.0),
        ("bad", 0.0),
        ("", None),
        (" ", None),
        ("N/A", None),
        ("offered", None),
        ("nan", None),
    ],
)
def test_numbers(text: str, value: float | None) -> None:
    assert read_score(text) == value


@pytest.mark.parametrize("text", ["so la la", "4 5", "inf", "1e400", "4,5,6", "9" * 41])
def test_what_is_no_number(text: str) -> None:
    assert read_score(text) is UNREADABLE
