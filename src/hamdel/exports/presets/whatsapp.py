"""Chats of WhatsApp: the text that a phone exports, alone or in a zip with its media.

Android writes ``DATE, TIME - NAME: TEXT`` and iOS ``[DATE, TIME] NAME: TEXT``, both in the phone's own digits, order and
marks: a Persian phone «۲۰۲۴/۵/۱۲،\u200f ۱۴:۳۰ - نام: متن», with Gregorian days. Further lines belong to the message
above. Source: CLDR's short patterns of Persian, Arabic, Central Kurdish, English, German, Turkish and Azerbaijani, and
exports that people have published.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TextIO

from hamdel.errors import InputError
from hamdel.exports.chat_texts import chat_phrases, without_edit_mark
from hamdel.exports.conversation import Flat, Left, Lost, Part, Said, Side, Threads
from hamdel.exports.dates import at
from hamdel.exports.objects import Values
from hamdel.exports.preset import Member, Preset, Source
from hamdel.exports.teams import choose_team, name_of, phone_of
from hamdel.language.sets import entries

__all__ = ["PRESET"]

_M = "[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]*+"  # invisible marks
_S = "[ \t\u00a0\u202f]"
_D = "[0-9۰-۹٠-٩]"
_LONGEST_LINE = 1 << 20
_LONGEST = 200_000  # characters of a message
_LOOKED_AT = 200  # lines in which the first message is looked for
_DAY = 86_400
_PASTED = 200  # lines in a row that look like messages of an earlier day and are taken for pasted ones
_NAME = 120  # characters
_FORMS = ("android", "ios")


@cache
def _headers() -> dict[str, re.Pattern[str]]:
    """What begins a message, by the form."""
    halves = sorted({*entries("exports.chats.am"), *entries("exports.chats.pm")}, key=len, reverse=True)
    half = "|".join(re.escape(one).replace(r"\ ", f"{_S}?") for one in halves)
    date = rf"(?P<a>{_D}{{1,4}}){_M}{_S}?(?P<sep>[/.-]){_M}{_S}?(?P<b>{_D}{{1,2}}){_M}{_S}?[/.-]{_M}{_S}?(?P<c>{_D}{{1,4}})\.?"
    clock = rf"(?P<h>{_D}{{1,2}})[:.](?P<m>{_D}{{2}})(?:[:.](?P<s>{_D}{{2}}))?"
    before, after = rf"(?:(?P<before>{half}){_S}*)?", rf"(?:{_M}{_S}*{_M}(?P<after>{half}))?"
    between = rf"{_M}[,،]?{_M}{_S}{{1,3}}{_M}(?:(?:klo|um|à|at|kl\.|ساعت){_S})?"
    moment = rf"{date}{between}{before}{clock}{after}{_M}"
    ends = rf"(?:{_S}{{1,2}}[-–]{_S}{{1,2}}|:{_S}(?=[^:\n]{{1,{_NAME}}}:{_S}))"
    flags = re.IGNORECASE
    return {
        "android": re.compile(rf"{_M}{moment}{ends}", flags),
        "ios": re.compile(rf"{_M}\[{_M}{moment}\]{_M}{_S}{{0,2}}", flags),
    }


@dataclass(frozen=True, slots=True)
class _Head:
    """The beginning of a message.

    Attributes:
        date: its three numbers as they are written, and what parts them.
        clock: hour, minute and second.
        rest: what follows, with the name.
    """

    date: tuple[int, int, int]
    separator: str
    native: bool
    clock: tuple[int, int, int]
    rest: str


def _head(line: str, form: str) -> _Head | None:
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
    return _Head((first, second, third), found["sep"], not found["a"].isascii(), clock, line[found.end() :])


def _lines(file: TextIO) -> Iterator[str]:
    return iter(lambda: file.readline(_LONGEST_LINE), "")


@dataclass(slots=True)
class _Chat:
    """What one pass over a chat tells of it.

    Attributes:
        form: one of `_FORMS`.
        order: "ymd", "dmy" or "mdy".
        people: who writes, in the order of their first message.
    """

    form: str
    order: str
    people: list[str]


class _WhatsApp:
    """See `hamdel.exports.preset.Text`."""

    def fits(self, start: str) -> str:
        """Say whether a text begins like a chat."""
        lines = start.split("\n", _LOOKED_AT)[:_LOOKED_AT]
        for form in _FORMS:
            heads = [head for line in lines if (head := _head(line, form))]
            if any(_split(head.rest, ()) for head in heads) and (_head(lines[0], form) or len(heads) > 2):
                return (
                    "lines as “DATE, TIME - NAME: TEXT”" if form == "android" else "lines as “[DATE, TIME] NAME: TEXT”"
                )
        return ""

    def read(self, open_again: Callable[[], TextIO], source: Source) -> Values:
        """Yield rows."""
        chat = _survey(open_again(), source)
        _, _, other = source.stem.replace("_", " ").strip().rpartition(" with ")
        _, _, dashed = source.stem.replace("_", " ").rpartition(" - ")
        zipped = source.outer_stem.replace("_", " ").rpartition(" - ")[2]
        others = [other, dashed, zipped, source.stem]
        team = choose_team(chat.people, others, source, "the chat is named after the other one")
        return _rows(_messages(open_again(), chat, source), team, source)


def _split(rest: str, known: tuple[str, ...]) -> tuple[str, str] | None:
    """The name and the text behind a header; None for what the program itself says.

    Args:
        rest: of the line.
        known: names that may have a colon in them.
    """
    for name in known:
        if rest.startswith(f"{name}: ") or rest.rstrip("\r\n") == f"{name}:":
            return name, rest[len(name) + 1 :].removeprefix(" ")
    name, colon, text = rest.partition(":")
    if not colon or len(name) > _NAME or (text and text[0] not in " \r\n\u200e\u200f\u00a0\u202f"):
        return None
    quoting = any(name.count(begin) > name.count(end) for begin, end in ("«»", "“”")) or name.count('"') % 2
    if not name.strip() or quoting or any(phrase in name for phrase in chat_phrases("system")):
        return None
    return name, text.removeprefix(" ")


def _survey(file: TextIO, source: Source) -> _Chat:
    """Read a chat once, to know its form, its order of days and months, and who writes.

    Raises:
        InputError: it has no message, or its days and months can be read in two ways.
    """
    counts = dict.fromkeys(_FORMS, 0)
    orders = {form: _Orders() for form in _FORMS}
    people: dict[str, dict[str, None]] = {form: {} for form in _FORMS}
    for line in _lines(file):
        for form in _FORMS:
            head = _head(line, form)
            if head is None:
                continue
            counts[form] += 1
            orders[form].take(head)
            named = _split(head.rest, source.wanted.team)
            if named and not (form == "ios" and named[1].startswith("\u200e")):
                people[form].setdefault(named[0].strip(), None)
    form = max(_FORMS, key=counts.__getitem__)
    if not people[form]:
        raise InputError(f"{source.name}: a chat in which nobody writes")
    return _Chat(form, orders[form].decide(source), list(people[form]))


class _Orders:
    """Tells the order of day and month from all dates of a chat."""

    def __init__(self) -> None:
        self._year_first = self._first = self._second = 0
        self._sure = self._open = False
        self._last: dict[str, tuple[int, ...]] = {}
        self._back = {"dmy": 0, "mdy": 0}

    def take(self, head: _Head) -> None:
        """Take a message's date."""
        first, second, third = head.date
        if first > 31:
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
            InputError: the dates don't tell, and nobody said.
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
            raise InputError(f"{source.name}: its dates may begin with the day or the month; {hint}")
        source.notes.append(("date_order", order))
        return order


@dataclass(slots=True)
class _Message:
    """A message with the number of its first line."""

    number: int
    name: str | None
    time: int | None
    lines: list[str]
    length: int = 0


def _messages(file: TextIO, chat: _Chat, source: Source) -> Iterator[_Message]:
    """Yield the messages; lines before the first are one without a name."""
    current: _Message | None = None
    latest, pasted = 0, 0
    for number, line in enumerate(_lines(file), 1):
        head = _head(line, chat.form)
        time = _time(head, chat.order) if head else None
        if head and time is not None and latest and time < latest - _DAY and pasted < _PASTED and current:
            head, pasted = None, pasted + 1  # somebody pasted a chat into a message
        if head is None:
            if current is None:
                current = _Message(number, None, None, [])
            if current.length < _LONGEST:
                current.lines.append(line)
            current.length += len(line)
            continue
        if current is not None:
            yield current
        if time is not None:
            latest, pasted = time, 0
        named = _split(head.rest, source.wanted.team)
        name, text = (named[0].strip(), named[1]) if named else (None, head.rest)
        current = _Message(number, name, time, [text], len(text))
        if named is None:
            current.time = 0  # it has a header, though nobody's name
    if current is not None:
        yield current


def _time(head: _Head, order: str) -> int | None:
    first, second, third = head.date
    year, month, day = {"ymd": (first, second, third), "dmy": (third, second, first), "mdy": (third, first, second)}[
        order
    ]
    return at((year + 2000 if year < 100 else year, month, day), head.clock)


def _rows(messages: Iterator[_Message], team: frozenset[str], source: Source) -> Values:
    """Yield a row for each reply of the team."""
    threads, customer = Threads(), ""
    thread = source.outer_stem if source.stem == "_chat" else source.stem  # what iOS calls every chat
    for message in messages:
        said = _said(message, team)
        if isinstance(said, Part) and said.side is Side.CUSTOMER:
            customer = phone_of(message.name or "")  # a name in the address book is no id
        found = threads.take("", said)
        if isinstance(found, dict):
            cells: Flat = {"thread id": thread, "customer id": customer, "channel": "whatsapp"}
            yield message.number, cells | found
        else:
            yield message.number, InputError(found.reason) if isinstance(found, Lost) else found


def _said(message: _Message, team: frozenset[str]) -> Said:
    """What a message is."""
    text = "".join(message.lines).strip("\r\n")
    if message.length > _LONGEST:
        return Lost(f"a message of {message.length:,} characters; at most {_LONGEST:,} are read")
    if message.name is None:
        if message.time is None:
            return Lost("a line before the first message") if text.strip() else Left.EMPTY
        return Left.SYSTEM
    if message.time is None:
        return Lost("a date that isn't in the calendar, or a time that isn't on the clock")
    found = _instead(text)
    if found is not None:
        return found
    side = Side.AGENT if name_of(message.name) in team else Side.CUSTOMER
    return Part(side, without_edit_mark(text), message.time, None, message.name)


def _instead(text: str) -> Left | None:
    """What the program wrote in a message's place."""
    bare = text.strip("\u200e\u200f\u202a\u202c \t\r\n")
    if not bare:
        return Left.EMPTY
    first = bare.split("\n", 1)[0].strip("\u200e\u200f\r ")
    if first.startswith("<") and first.endswith(">") and "\n" not in bare and len(bare) < 80:
        return Left.MEDIA
    plain = bare.strip("<>[]().!🚫 \u200e\u200f")
    for left, name in ((Left.MEDIA, "media"), (Left.DELETED, "deleted"), (Left.CALL, "call")):
        if plain in chat_phrases(name):
            return left
    attached = re.fullmatch(r"[^\n()]{1,200}\((?P<mark>[^()\n]{3,40})\)", first)
    if attached and attached["mark"].strip("\u200e\u200f ") in chat_phrases("attached"):
        return Left.MEDIA
    if text.startswith("\u200e"):  # iOS marks so what nobody typed
        return Left.CALL if any(one in plain for one in chat_phrases("call")) else Left.SYSTEM
    return None


PRESET = Preset(
    name="whatsapp",
    title="WhatsApp",
    reads="the chats that a phone exports (text, or zip with media), in the phone's own digits and marks; `--team` says "
    "who answers where the file isn't named after the customer; no system lines, media, calls or deleted messages",
    follows="CLDR's short date patterns; published exports",
    text=_WhatsApp(),
    member=Member(re.compile(r"(?:[^/]*/)?(?:_chat|[^/]*WhatsApp[^/]*)\.txt", re.IGNORECASE)),
)
