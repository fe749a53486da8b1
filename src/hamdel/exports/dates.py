"""When a reply was sent: the ways in which support desks, spreadsheets and Persian calendars write it.

A year below 1500 is of the Jalali calendar. A time without a zone is Iran Standard Time, UTC+03:30, in summer too:
until 1401 Iran had daylight saving time, which moves such old replies by an hour and matters to nothing here.

Dates that two readers would read differently, such as 05/12/2024, aren't guessed: other dates of the same
export decide, or the user does.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from hamdel.base.calendars import jalali_ordinal
from hamdel.language.fold import key
from hamdel.language.sets import alternation, entries, weekdays, word_set

__all__ = ["ORDERS", "at", "from_datetime", "order_of", "parse_time"]

#: Day, month and year, or month, day and year.
ORDERS = ("dmy", "mdy")

_IRAN = 12_600  # seconds east of Greenwich
_DAY = 86_400
_EPOCH = datetime.date(1970, 1, 1).toordinal()
_JALALI_YEARS = range(1300, 1500)
_GREGORIAN_YEARS = range(1970, 2101)
_LONGEST = 100  # characters of a time with everything; caches needn't keep whole replies
_OLDEST = 100_000_000  # 1973: smaller numbers are no times
_MILLISECONDS = 100_000_000_000  # 5138: larger numbers don't count seconds
_NEWEST = 4_133_894_400  # the end of the last Gregorian year above

# The common case, 2024-05-12T14:30:00.123+03:30, in three parts, whose outcomes are kept.
_ZONE = r"((?:(?:utc|gmt)\s?)?[+-]\d{1,2}(?::?\d{2})?|z|utc|gmt)"
_ISO_DAY = re.compile(r"(\d{4})([-/.])(\d{2})\2(\d{2})")
_ISO_MINUTE = re.compile(r"[Tt ](\d{2}):(\d{2})")
_ISO_REST = re.compile(rf"(?::([0-5]\d|60)(?:[.,]\d+)?)?\s?{_ZONE}?", re.IGNORECASE)

_FIGURES = re.compile(r"\d+(?:[.Tt]\d*)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:[Tt]?(\d{2})(\d{2})(\d{2}))?")

# Any order: the clock is cut out first, then the date; nothing but known words may be left.
_CLOCK = r"(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?"
_HALF = rf"({'|'.join(entries('exports.dates.halves'))})(?!\w)"
_LOOSE_CLOCK = re.compile(rf"(?<![\d:/]){_CLOCK}(?![\d:/])\s*(?:{_HALF})?\s*{_ZONE}?(?!\w)")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?!\d)")
_TH = rf"(?:st|nd|rd|th|{alternation('times.ordinal_endings')})?"
_NAMED = re.compile(rf"(?<!\d)(\d{{1,2}}){_TH}[\s-]*([^\W\d]+)\.?(?:\s+ماه)?(?:\s+سال)?[\s,،-]+(\d{{4}})(?!\d)")
_NAME_FIRST = re.compile(r"(?<!\w)([^\W\d]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?[\s,]+(\d{4})(?!\d)")
# Where each of these has year, month and day.
_ORDERS = {_YEAR_FIRST: (1, 3, 4), _DAY_FIRST: (4, 3, 1), _NAMED: (3, 2, 1), _NAME_FIRST: (3, 1, 2)}
_FILLERS = weekdays() | word_set("exports.dates.fillers")
_WORDS = re.compile(r"\w+")


def _numbers(calendar: str) -> dict[str, int]:
    """The number of each month by its names."""
    months = entries(f"exports.dates.{calendar}")
    return {key(name): number for number, names in enumerate(months, 1) for name in names.split()}


_JALALI = _numbers("jalali")
_GREGORIAN = _numbers("gregorian")


def parse_time(value: str, order: str | None = None) -> int | None:
    """Read a time.

    Args:
        value: ISO 8601, a Gregorian or Jalali date with or without a time of day, in figures or with the month's name
            in English or Persian, in any digits; or the seconds, milliseconds or microseconds since 1970.
        order: one of `ORDERS` for Gregorian dates in figures whose year is last; None leaves them unread.

    Returns:
        Seconds since 1970 UTC; None when it can't be read, or could be read in two ways.
    """
    text = value.strip()
    if len(text) > _LONGEST:
        return None
    day, minute, rest = _iso_day(text[:10]), _iso_minute(text[10:16]), _iso_rest(text[16:])
    if day is not None and minute is not None and rest is not None:
        return day + minute + rest
    return _of_figures(text) if _FIGURES.fullmatch(text) else _of_words(text, order)


def order_of(values: Iterable[str]) -> str | None:
    """Tell in which order an export writes day and month, from its dates that can be read in one way only.

    Args:
        values: times as the export writes them.

    Returns:
        One of `ORDERS`; an empty text when dates need an order and none of them tells it; None when none needs one.
    """
    needed: str | None = None
    for value in values:
        found = _DAY_FIRST.search(key(value[:_LONGEST]))
        if found is None or int(found[4]) < 1500 or found[2] == ".":
            continue
        first, second = int(found[1]), int(found[3])
        if first > 12 or second > 12:
            return "dmy" if first > 12 else "mdy"
        needed = needed if first == second and needed is None else ""
    return needed


def at(day: tuple[int, int, int], clock: tuple[int, int, int] = (0, 0, 0)) -> int | None:
    """Return the seconds since 1970 of a time of Iran.

    Args:
        day: year (of either calendar), month and day.
        clock: hour, minute and second.

    Returns:
        None when there is no such time.
    """
    hour, minute, second = clock
    start = _day(*day)
    inside = hour <= 23 and minute <= 59 and second <= 60
    return None if start is None or not inside else start + hour * 3600 + minute * 60 + second - _IRAN


def from_datetime(value: datetime.date) -> int | None:
    """Read a date, or a date and time, that a file has as such; without a zone it is Iran's.

    Returns:
        Seconds since 1970 UTC; None when it can't be the time of a reply.
    """
    if not isinstance(value, datetime.datetime):
        value = datetime.datetime(value.year, value.month, value.day)
    if value.tzinfo is None:
        day = _day(value.year, value.month, value.day)
        return None if day is None else day + value.hour * 3600 + value.minute * 60 + value.second - _IRAN
    return int(value.timestamp()) if value.year in _GREGORIAN_YEARS else None


@lru_cache(maxsize=4096)
def _iso_day(text: str) -> int | None:
    """Seconds from 1970 to the beginning of a day, taken as UTC."""
    found = _ISO_DAY.fullmatch(text)
    return _day(int(found[1]), int(found[3]), int(found[4])) if found else None


@lru_cache(maxsize=4096)
def _iso_minute(text: str) -> int | None:
    """Seconds from the beginning of the day; a day alone begins at midnight."""
    if not text:
        return 0
    found = _ISO_MINUTE.fullmatch(text)
    return _clock(found[1], found[2]) if found else None


@lru_cache(maxsize=4096)
def _iso_rest(text: str) -> int | None:
    """Seconds of the minute, less the offset of the zone."""
    found = _ISO_REST.fullmatch(text)
    offset = _offset(found[2]) if found else None
    return None if found is None or offset is None else int(found[1] or 0) - offset


def _day(year: int, month: int, day: int) -> int | None:
    """Seconds from 1970 to the beginning of a day, taken as UTC; None when there is no such day."""
    ordinal = _jalali(year, month, day) if year < 1500 else _gregorian_ordinal(year, month, day)
    return None if ordinal is None else (ordinal - _EPOCH) * _DAY


def _jalali(year: int, month: int, day: int) -> int | None:
    return jalali_ordinal(year, month, day) if year in _JALALI_YEARS else None


def _gregorian_ordinal(year: int, month: int, day: int) -> int | None:
    try:
        return datetime.date(year, month, day).toordinal() if year in _GREGORIAN_YEARS else None
    except ValueError:
        return None


def _clock(hour: str | None, minute: str | None, second: str | None = None, half: str | None = None) -> int | None:
    """Seconds from the beginning of a day, of which ``half`` names the half (am or pm)."""
    h, m, s = int(hour or 0), int(minute or 0), int(second or 0)
    if half:
        h = h % 12 + 12 * half.startswith(entries("exports.dates.afternoon")) if 1 <= h <= 12 else 24
    return None if h > 23 or m > 59 or s > 60 else h * 3600 + m * 60 + s  # 60: a leap second


def _offset(zone: str | None) -> int | None:
    """Seconds east of Greenwich."""
    if zone is None:
        return _IRAN
    figures = zone.lower().replace("utc", "").replace("gmt", "").strip().lstrip("z")
    if not figures:
        return 0
    hours, minutes = figures[1:].replace(":", ""), 0
    if len(hours) > 2:
        hours, minutes = hours[:-2], int(hours[-2:])
    seconds = int(hours) * 3600 + minutes * 60
    return None if seconds > 15 * 3600 or minutes > 59 else -seconds if figures[0] == "-" else seconds


def _of_figures(text: str) -> int | None:
    """A time of nothing but figures: 20240512, 14030223143000, or seconds since 1970."""
    if compact := _COMPACT.fullmatch(text):
        day = _day(int(compact[1]), int(compact[2]), int(compact[3]))
        clock = _clock(compact[4], compact[5], compact[6])
        return None if day is None or clock is None else day + clock - _IRAN
    return None if "t" in text.lower() else _of_number(float(text))


def _of_number(value: float) -> int | None:
    """Seconds since 1970, or milliseconds and smaller parts: today's times tell them apart."""
    if not _OLDEST <= value < 1e20:
        return None
    while value >= _MILLISECONDS:
        value /= 1000
    return int(value) if value < _NEWEST else None


@lru_cache(maxsize=4096)
def _of_words(text: str, order: str | None) -> int | None:
    """A time in any order, with names."""
    text = key(text)
    time = _LOOSE_CLOCK.search(text)
    if time:
        text = f"{text[: time.start()]} {text[time.end() :]}"
    day, rest = _date(text, order)
    clock = _clock(time[1], time[2], time[3], time[4]) if time else 0
    offset = _offset(time[5] if time else None)
    if day is None or clock is None or offset is None:
        return None
    return day + clock - offset if all(word in _FILLERS for word in _WORDS.findall(rest)) else None


def _date(text: str, order: str | None) -> tuple[int | None, str]:
    """The day in a matching key, and the rest of the key."""
    for pattern, places in _ORDERS.items():
        for match in pattern.finditer(text):
            year, month, day = (match[number] for number in places)
            if pattern is _DAY_FIRST and int(year) >= 1500 and match[2] != ".":
                if order is None and month != day:
                    return None, ""  # day or month first? America and Europe differ
                if order == "mdy":
                    month, day = day, month
            if number := _month(month, _JALALI if int(year) < 1500 else _GREGORIAN):
                return _day(int(year), number, int(day)), f"{text[: match.start()]} {text[match.end() :]}"
    return None, ""


def _month(name: str, names: Mapping[str, int]) -> int:
    """The number of a month given as such or by a name; 0 for another word."""
    return int(name) if name.isdecimal() else names.get(name, 0)
