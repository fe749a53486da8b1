"""Jalali days: known pairs, leap years, and there and back again."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hamdel.base.calendars import jalali_date, jalali_ordinal


@pytest.mark.parametrize(
    ("jalali", "gregorian"),
    [
        ((1399, 12, 30), "2021-03-20"),
        ((1400, 1, 1), "2021-03-21"),
        ((1403, 1, 1), "2024-03-20"),
        ((1403, 6, 31), "2024-09-21"),
        ((1403, 7, 1), "2024-09-22"),
        ((1403, 12, 30), "2025-03-20"),
        ((1404, 1, 1), "2025-03-21"),
        ((1348, 10, 11), "1970-01-01"),
    ],
)
def test_known_days(jalali: tuple[int, int, int], gregorian: str) -> None:
    ordinal = datetime.date.fromisoformat(gregorian).toordinal()
    assert jalali_ordinal(*jalali) == ordinal
    assert jalali_date(ordinal) == jalali


@pytest.mark.parametrize("day", [(1404, 12, 30), (1403, 7, 31), (1403, 13, 1), (1403, 0, 1), (1403, 1, 0), (99, 1, 1)])
def test_no_such_day(day: tuple[int, int, int]) -> None:
    assert jalali_ordinal(*day) is None


@given(st.dates(datetime.date(1800, 1, 1), datetime.date(2121, 1, 1)))
def test_there_and_back(date: datetime.date) -> None:
    assert jalali_ordinal(*jalali_date(date.toordinal())) == date.toordinal()
