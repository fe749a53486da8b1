"""The time of an audit, cut into days, weeks or months, whichever gives a few of them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from hamdel.base.calendars import jalali_date
from hamdel.model import Lang
from hamdel.model.measures import Span

__all__ = ["day_starts", "span_of"]

_WEEKS_FROM = 21  # days
_MONTHS_FROM = 120
_SATURDAY = 5  # as datetime counts


def span_of(first: datetime.date, last: datetime.date) -> Span:
    """Return how long the periods of a time should be: months from four months on, weeks from three weeks on."""
    days = (last - first).days + 1
    if days >= _MONTHS_FROM:
        return Span.MONTH
    return Span.WEEK if days >= _WEEKS_FROM else Span.DAY


def day_starts(days: Iterable[datetime.date], span: Span, lang: Lang) -> dict[datetime.date, datetime.date]:
    """Return the first day of the period that each day is in.

    Args:
        days: any, in Iran's time.
        span: how long the periods are.
        lang: months are of the Jalali calendar in Persian, else of the Gregorian; weeks begin on Saturday.
    """
    return {day: _start(day, span, lang) for day in days}


def _start(day: datetime.date, span: Span, lang: Lang) -> datetime.date:
    if span is Span.DAY:
        return day
    if span is Span.WEEK:
        return day - datetime.timedelta((day.weekday() - _SATURDAY) % 7)
    before = day.day - 1 if lang is Lang.EN else jalali_date(day.toordinal())[2] - 1
    return day - datetime.timedelta(before)
