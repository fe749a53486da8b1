"""Days as people of either language write them."""

from __future__ import annotations

import datetime

from hamdel.base.calendars import IRAN, jalali_text
from hamdel.model import Lang

__all__ = ["calendar_day", "calendar_month", "day", "period"]


def day(seconds: int, lang: Lang) -> str:
    """Return the day of a time in Iran: «۲۳ اردیبهشت ۱۴۰۳», or 2024-05-12.

    Args:
        seconds: since 1970.
        lang: the language.
    """
    return calendar_day(datetime.datetime.fromtimestamp(seconds, IRAN).date(), lang)


def calendar_day(date: datetime.date, lang: Lang) -> str:
    """Return a day: «۲۳ اردیبهشت ۱۴۰۳», or 2024-05-12."""
    if lang is Lang.EN:
        return date.isoformat()
    return jalali_text(date.toordinal())


def calendar_month(date: datetime.date, lang: Lang) -> str:
    """Return the month of a day: «اردیبهشت ۱۴۰۳», or 2024-05."""
    if lang is Lang.EN:
        return f"{date:%Y-%m}"
    return calendar_day(date, lang).split(" ", 1)[1]


def period(first: int, last: int, lang: Lang) -> str:
    """Return from which day to which; a single one when they are the same."""
    days = day(first, lang), day(last, lang)
    if days[0] == days[1]:
        return days[0]
    return f"از {days[0]} تا {days[1]}" if lang is Lang.FA else f"{days[0]} to {days[1]}"
