"""The Jalali calendar, both ways.

Source: the 33-year arithmetic of ICU's ``PersianCalendar`` (persncal.cpp, by Roozbeh Pournader), which holds from 1178
to 1501.
"""

from __future__ import annotations

import datetime

from hamdel.base.digits import persian_digits

__all__ = ["IRAN", "JALALI_MONTHS", "jalali_date", "jalali_ordinal", "jalali_text"]

#: Iran Standard Time, in summer too since 1401.
IRAN = datetime.timezone(datetime.timedelta(hours=3, minutes=30))
# In Python, for this layer stands below all that reads files.
JALALI_MONTHS = tuple("فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند".split())

_EPOCH = datetime.date(622, 3, 21).toordinal()
_YEARS = range(1178, 1502)


def jalali_ordinal(year: int, month: int, day: int) -> int | None:
    """Return the Gregorian calendar's number of a Jalali day (1 is 1 January of the year 1); None for no such day."""
    leap = (25 * year + 11) % 33 < 8
    length = 31 if month <= 6 else 30 if month <= 11 or leap else 29
    if year not in _YEARS or not 1 <= month <= 12 or not 1 <= day <= length:
        return None
    return _new_year(year) + 30 * (month - 1) + min(month - 1, 6) + day - 1


def jalali_date(ordinal: int) -> tuple[int, int, int]:
    """Return year, month and day of a Gregorian calendar's day number; the inverse of `jalali_ordinal`."""
    year = (ordinal - _EPOCH) * 400 // 146_097 + 1
    while _new_year(year + 1) <= ordinal:
        year += 1
    while _new_year(year) > ordinal:
        year -= 1
    day = ordinal - _new_year(year)
    month = min(day // 31, 6) if day < 186 else 6 + (day - 186) // 30
    return year, month + 1, day - 30 * month - min(month, 6) + 1


def jalali_text(ordinal: int) -> str:
    """Return a day as Persian readers write it: «۲۳ اردیبهشت ۱۴۰۳».

    Args:
        ordinal: the Gregorian calendar's day number.
    """
    year, month, day = jalali_date(ordinal)
    return persian_digits(f"{day} {JALALI_MONTHS[month - 1]} {year}")


def _new_year(year: int) -> int:
    return _EPOCH + 365 * (year - 1) + (8 * year + 21) // 33
