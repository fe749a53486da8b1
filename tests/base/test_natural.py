"""Names in the order in which people count."""

from __future__ import annotations

import pytest

from hamdel.base.natural import natural


@pytest.mark.parametrize(
    "names",
    [
        ["agent 1", "agent 2", "agent 10"],
        ["کارشناس ۱", "کارشناس ۲", "کارشناس ۱۰"],
        ["", "رضا", "سارا", "سارا ۲", "سارا ۱۰ الف"],
        ["a", "a1", "a1b", "a1c", "b"],
    ],
)
def test_order(names: list[str]) -> None:
    assert sorted(set(names), key=natural) == names


def test_no_number_is_too_long() -> None:
    natural("9" * 50_000)
