"""Words that say when, as matching keys."""

from __future__ import annotations

__all__ = ["DATES"]

#: Days from today on, days of the week and months.
DATES = frozenset(
    "امروز فردا پسفردا امشب شنبه یکشنبه دوشنبه سهشنبه چهارشنبه پنجشنبه جمعه "
    "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند".split()
)
