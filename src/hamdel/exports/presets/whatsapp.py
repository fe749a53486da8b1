"""Chats of WhatsApp: the text that a phone exports, alone or in a zip with its media.

Android writes ``DATE, TIME - NAME: TEXT`` and iOS ``[DATE, TIME] NAME: TEXT``, both in the phone's own digits, order
and marks: a Persian phone «۲۰۲۴/۵/۱۲،\u200f ۱۴:۳۰ - نام: متن», with Gregorian days. Further lines belong to the message
above. Source: CLDR's short patterns of Persian, Arabic, both Kurdish, English, German, Turkish, Azerbaijani, Korean,
Chinese and Japanese, and exports that people have published.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TextIO

from hamdel.errors import InputError
from hamdel.exports.chat_lines import FORMS, NAME, Orders, head_of, time_of
from hamdel.exports.chat_texts import chat_phrases, without_edit_mark
from hamdel.exports.conversation import Flat, Left, Lost, Part, Said, Side, Threads
from hamdel.exports.objects import Values
from hamdel.exports.preset import Member, Preset, Source
from hamdel.exports.teams import choose_team, name_of, phone_of

__all__ = ["PRESET"]

_LONGEST_LINE = 1 << 20
_LONGEST = 200_000  # characters of a message
_LOOKED_AT = 200  # lines in which the first message is looked for
_DAY = 86_400
_COPY = re.compile(r"\s*\(\d+\)\Z")  # what a second download adds to a file's name
_PASTED = 200  # lines in a row that look like messages of an earlier day and are taken for pasted ones


def _lines(file: TextIO) -> Iterator[str]:
    return iter(lambda: file.readline(_LONGEST_LINE), "")


@dataclass(slots=True)
class _Chat:
    """What one pass over a chat tells of it.

    Attributes:
        form: one of `FORMS`.
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
        for form in FORMS:
            heads = [head for line in lines if (head := head_of(line, form))]
            if any(_split(head.rest, ()) for head in heads) and (head_of(lines[0], form) or len(heads) > 2):
                return "12/05/24, 09:02 - Ali: …" if form == "android" else "[12/05/24, 09:02:11] Ali: …"
        return ""

    def read(self, open_again: Callable[[], TextIO], source: Source) -> Values:
        """Yield rows."""
        chat = _survey(open_again(), source)
        team = choose_team(chat.people, _titled(chat.people, source), source)
        return _rows(_messages(open_again(), chat, source), team, source)


def _titled(people: Iterable[str], source: Source) -> list[str]:
    """The people whose name is in the file's name: at its end, or where other languages have it («Mina ile …»)."""
    stems = [name_of(_COPY.sub("", stem)) for stem in (source.stem, source.outer_stem)]
    last = [one for one in people if any(stem.endswith(name_of(one)) for stem in stems)]
    return last or [one for one in people if len(name_of(one)) > 1 and any(name_of(one) in stem for stem in stems)]


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
    if not colon or len(name) > NAME or (text and text[0] not in " \r\n\u200e\u200f\u00a0\u202f"):
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
    counts = dict.fromkeys(FORMS, 0)
    orders = {form: Orders() for form in FORMS}
    people: dict[str, dict[str, None]] = {form: {} for form in FORMS}
    for line in _lines(file):
        for form in FORMS:
            head = head_of(line, form)
            if head is None:
                continue
            counts[form] += 1
            orders[form].take(head)
            named = _split(head.rest, source.wanted.team)
            if named and not (form == "ios" and named[1].startswith("\u200e")):
                people[form].setdefault(named[0].strip(), None)
    form = max(FORMS, key=counts.__getitem__)
    if not people[form]:
        raise InputError(f"{source.name}: a chat in which nobody writes")
    return _Chat(form, orders[form].decide(source), list(people[form]))


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
        head = head_of(line, chat.form)
        time = time_of(head, chat.order) if head else None
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
    text = "".join(message.lines).replace("\r\n", "\n").strip("\n")
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
    plain = bare.strip("<>[]().!🚫 \u200e\u200f")
    for left, name in ((Left.MEDIA, "media"), (Left.DELETED, "deleted"), (Left.CALL, "call")):
        if plain in chat_phrases(name):
            return left
    if first.startswith("<") and first.endswith(">") and "\n" not in bare and len(bare) < 80:
        return Left.MEDIA  # in brackets it is the same in every language
    attached = re.fullmatch(r"[^\n()]{1,200}\((?P<mark>[^()\n]{3,40})\)", first)
    if attached and attached["mark"].strip("\u200e\u200f ") in chat_phrases("attached"):
        return Left.MEDIA
    if text.startswith("\u200e"):  # iOS marks so what nobody typed
        return Left.CALL if any(one in plain for one in chat_phrases("call")) else Left.SYSTEM
    return None


PRESET = Preset(
    name="whatsapp",
    title="WhatsApp",
    reads="the chats that a phone exports (text, or zip with media), in the phone's own digits and marks; `--team` "
    "says who answers where the file isn't named after the customer; no system lines, media, calls or deleted messages",
    follows="CLDR's short date patterns; published exports",
    reads_fa="گفتگوهایی که گوشی خروجی می‌دهد (متن، یا zip با رسانه)، با رقم‌ها و نشانه‌های همان گوشی؛ اگر فایل "
    "به نام مشتری نباشد، `--team` می‌گوید چه کسی پاسخ می‌دهد؛ بی پیام سیستم، رسانه، تماس و پیام پاک‌شده",
    follows_fa="الگوهای تاریخ CLDR؛ خروجی‌هایی که منتشر شده است",
    text=_WhatsApp(),
    member=Member(re.compile(r"(?:[^/]*/)?[^/]+\.txt", re.IGNORECASE)),
)
