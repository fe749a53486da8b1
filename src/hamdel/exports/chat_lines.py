"""The beginnings of a chat's lines: a date and a time in the ways in which phones write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from hamdel.exports.dates import ORDERS, at
from hamdel.exports.preset import Source
from hamdel.exports.questions import Asked, QuestionError
from hamdel.language.sets import entries

__all__ = ["FORMS", "NAME", "Head", "Orders", "head_of", "time_of"]

_M = "[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]*+"  # invisible marks
_S = "[ \t\u00a0\u202f]"
_D = "[0-9۰-۹٠-٩]"
#: Characters of a name.
NAME = 120
FORMS = ("android", "ios")


@cache
def _headers() -> dict[str, re.Pattern[str]]:
    """What begins a message, by the form."""
    halves = sorted({*entries("exports.chats.am"), *entries("exports.chats.pm")}, key=len, reverse=True)
    half = "|".join(re.escape(one).replace(r"\ ", f"{_S}?") for one in halves)
    first, second, third = (rf"(?P<{name}>{_D}{{1,{most}}}){_M}{_S}?" for name, most in (("a", 4), ("b", 2), ("c", 4)))
    date = rf"{first}(?P<sep>[/.年년-]){_M}(?P<wide>{_S}?){second}[/.月월-]{_M}{_S}?{third}(?P<end>[.日일]?)"
    clock = rf"(?P<h>{_D}{{1,2}})[:.](?P<m>{_D}{{2}})(?:[:.](?P<s>{_D}{{2}}))?"
    before, after = rf"(?:(?P<before>{half}){_S}*)?", rf"(?:{_M}{_S}*{_M}(?P<after>{half}))?"
    words = "|".join(map(re.escape, entries("exports.chats.before_clock")))
    between = rf"{_M}[,،，]?{_M}{_S}{{1,3}}{_M}(?:(?:{words}){_S})?"
    moment = rf"{date}{between}{before}{clock}{after}{_M}"
    ends = rf"(?:{_S}{{1,2}}[-–]{_S}{{1,2}}|:{_S}(?=[^:\n]{{1,{NAME}}}:{_S}))"
    flags = re.IGNORECASE
    return {
        "android": re.compile(rf"{_M}{moment}{ends}", flags),
        "ios": re.compile(rf"{_M}\[{_M}{moment}\]{_M}{_S}{{0,2}}", flags),
    }


@dataclass(frozen=True, slots=True)
class Head:
    """The beginning of a message.

    Attributes:
        date: its three numbers as they are written, and what parts them.
        separator: of the date's numbers.
        native: its digits aren't Latin.
        year_first: the year has two digits and comes first, as Korean phones write it.
        clock: hour, minute and second.
        rest: what follows, with the name.
    """

    date: tuple[int, int, int]
    separator: str
    native: bool
    year_first: bool
    clock: tuple[int, int, int]
    rest: str


def head_of(line: str, form: str) -> Head | None:
    """Return what a line begins with; None when it goes on with a message.

    Args:
        line: of the text.
        form: one of `FORMS`.
    """
    found = _headers()[form].match(line)
    if found is None:
        return None
    hour = int(found["h"])
    half = found["before"] or found["after"]
    if half:
        folded = re.sub(r"\s", "", half.lower())
        later = folded in {re.sub(r"\s", "", one.lower()) for one in entries("exports.chats.pm")}
        hour = hour % 12 + 12 * later if hour <= 12 else hour
    first, second, third = int(found["a"]), int(found["b"]), int(found["c"])
    clock = hour, int(found["m"]), int(found["s"] or 0)
    korean = bool(found["wide"]) and found["end"] == "." and third <= 31
    native = not found["a"].isascii()
    return Head((first, second, third), found["sep"], native, korean, clock, line[found.end() :])


class Orders:
    """Tells the order of day and month from all dates of a chat."""

    def __init__(self) -> None:
        self._year_first = self._first = self._second = 0
        self._sure = self._open = False
        self._last: dict[str, tuple[int, ...]] = {}
        self._back = {"dmy": 0, "mdy": 0}

    def take(self, head: Head) -> None:
        """Take a message's date."""
        first, second, third = head.date
        if first > 31 or head.year_first:
            self._year_first += 1
            return
        self._first += first > 12
        self._second += second > 12
        self._sure = self._sure or head.separator == "." or head.native  # months come first in English only
        self._open = self._open or first != second
        for order, day in (("dmy", (third, second, first)), ("mdy", (third, first, second))):
            self._back[order] += day < self._last.get(order, day)
            self._last[order] = day

    def decide(self, source: Source) -> str:
        """Return the order.

        Raises:
            QuestionError: the dates don't tell, and nobody said.
        """
        if self._year_first:
            return "ymd"
        if source.wanted.date_order:
            return source.wanted.date_order
        if self._first or self._second:
            order = "dmy" if self._first >= self._second else "mdy"
        elif self._sure or not self._open:
            order = "dmy"
        elif self._back["dmy"] != self._back["mdy"] and not min(self._back.values()):
            order = min(self._back, key=self._back.__getitem__)  # messages stand in the order of time
        else:
            hint = "say --date-order dmy or --date-order mdy"
            told = f"{source.name}: its dates may begin with the day or the month; {hint}"
            raise QuestionError(told, Asked.DATE_ORDER, ORDERS)
        source.notes.append(("date_order", order))
        return order


def time_of(head: Head, order: str) -> int | None:
    """Return when a message was sent, in seconds since 1970; None when there is no such time.

    Args:
        head: of the message.
        order: "ymd", "dmy" or "mdy".
    """
    year, month, day = (head.date[order.index(part)] for part in "ymd")
    return at((year + 2000 if year < 100 else year, month, day), head.clock)
