"""What an export is turned into: replies, and rows that can't be used."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan
from typing import Any

from hamdel.base.decoding import is_broken
from hamdel.exports.contents import is_id
from hamdel.exports.dates import from_datetime, parse_time
from hamdel.exports.markup import html_text
from hamdel.exports.scores import UNREADABLE, read_score
from hamdel.identifiers import mask_identifiers

__all__ = ["Cells", "Habits", "Rejected", "Row", "RowMaker", "excerpt"]

#: The cells of one row, as `hamdel.exports.columns.sources` orders them; None or an empty text for what isn't there.
#: Formats that know replies only may leave out what follows the channel.
Cells = Sequence[Any]
_TURNS = 100_000
_LONG = re.compile(r"\d{7,}")
_READ = 2000  # characters of a cell that are looked at


@dataclass(frozen=True, slots=True)
class Row:
    """One past reply as exported.

    Attributes:
        reply: the text; of HTML, what its reader saw.
        agent: who wrote it.
        customer: the customer's id, as text.
        time: seconds since 1970 UTC; 0 when unknown.
        channel: chat, email and so on, in the export's words.
        message: what the customer had written, likewise.
        id: tells the reply from others.
        thread: the conversation that it belongs to.
        turn: 1 for the first reply of a conversation; None when unknown.
        csat: how content the customer was; None when unknown.
        outcomes: further numbers, as many as were asked for.
        shown: cells that are only looked at, as many as were asked for.
    """

    reply: str
    agent: str = ""
    customer: str = ""
    time: int = 0
    channel: str = ""
    message: str = ""
    id: str = ""
    thread: str = ""
    turn: int | None = None
    csat: float | None = None
    outcomes: tuple[float | None, ...] = ()
    shown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that can't be used.

    Attributes:
        place: ``file:line``; for spreadsheets and Parquet the number of the row.
        reason: one line.
        unanswered: nothing is wrong with it: nobody replied (see `hamdel.exports.columns.Columns.unanswered`).
    """

    place: str
    reason: str
    unanswered: bool = False


@dataclass(frozen=True, slots=True)
class Habits:
    """How an export writes things.

    Attributes:
        reply_column: the name of the column that holds replies, as errors show it; empty when there are no columns.
        everywhere: the channel of rows that name none.
        unanswered: rows without a reply aren't broken.
        date_order: "dmy" or "mdy" for dates that two readers would read differently; None when there are none.
        names: customers' ids may be their names instead, which are no ids.
        marked: texts may be HTML, or have its entities; they are read as their reader saw them.
        shown: how many cells at the end of a row are only looked at.
    """

    reply_column: str = ""
    everywhere: str = ""
    unanswered: bool = False
    date_order: str | None = None
    names: bool = False
    marked: bool = True
    shown: int = 0


class RowMaker:
    """Judges the cells of rows, whatever format they came from.

    Args:
        name: the file, as errors show it.
        habits: of the export.
    """

    def __init__(self, name: str, habits: Habits) -> None:
        self._name = name
        self.reply_column = habits.reply_column
        self._everywhere = habits.everywhere
        self._unanswered = habits.unanswered
        self._date_order = habits.date_order
        self._names = habits.names
        self._marked = habits.marked
        self._shown = habits.shown

    def row(self, number: int, cells: Cells) -> Row | Rejected:
        """Make a row of cells.

        Args:
            number: the line or row.
            cells: texts, or whatever values the format has.
        """
        reply, agent, customer, time, channel, *further = cells
        if type(reply) is not str:  # so almost all are: a million rows needn't wait for a call
            reply = "" if isinstance(reply, (bool, list, dict)) else _text(reply)
        if not reply or reply.isspace():
            where = f' in column "{self.reply_column}"' if self.reply_column else ""
            return Rejected(f"{self._name}:{number}", f"no text{where}", self._unanswered)
        if self._names and type(customer) is str and not is_id(customer.strip()):
            customer = ""  # two customers may have the same name
        agent, customer, channel = _text(agent), _text(customer), _text(channel) or self._everywhere
        if is_broken(f"{reply}{agent}{customer}{channel}"):
            return self.rejected(number, "broken characters; export it again as UTF-8")
        seconds = _seconds(time, self._date_order)
        if seconds is None:
            return self.rejected(number, f'can\'t read the time "{excerpt(_text(time))}"')
        if self._marked and ("&" in reply or "<" in reply):
            reply = html_text(reply)
            if not reply or reply.isspace():
                return self.rejected(number, "no text but markup")
        known = reply, agent.strip(), _id(customer.strip()), seconds, channel.strip()
        return self._whole(number, known, *further) if further else Row(*known)

    def _whole(self, number: int, known: tuple[str, str, str, int, str], *further: Any) -> Row | Rejected:
        """A row with what only an audit asks for."""
        texts = [_text(cell) for cell in further[:3]]
        if is_broken("".join(texts)):
            return self.rejected(number, "broken characters; export it again as UTF-8")
        message, name, thread = texts
        if self._marked and ("&" in message or "<" in message):
            message = html_text(message, quoted=False)
        numbers: list[float | None] = []
        end = len(further) - self._shown
        for cell in further[3:end]:
            value = read_score(cell if type(cell) is str else _text(cell))
            if value is UNREADABLE:
                return self.rejected(number, f'can\'t read the number "{excerpt(_text(cell))}"')
            numbers.append(value)
        turn, csat, *outcomes = numbers
        counted = int(turn) if turn is not None and 1 <= turn <= _TURNS else None
        shown = tuple(map(_text, further[end:]))
        return Row(*known, message, _id(name.strip()), _id(thread.strip()), counted, csat, tuple(outcomes), shown)

    def rejected(self, number: int, reason: str) -> Rejected:
        """Say why a row can't be used.

        Args:
            number: the line or row.
            reason: one line.
        """
        return Rejected(f"{self._name}:{number}", reason)


def excerpt(text: str) -> str:
    """A cell's text as it fits into one line of an error: masked first, and cut afterwards.

    Args:
        text: the cell.
    """
    line = mask_identifiers(" ".join(text[:_READ].encode("utf-8", "replace").decode("utf-8").split()))
    line = _LONG.sub(lambda digits: "*" * (len(digits[0]) - 4) + digits[0][-4:], line)  # nobody tells what it is
    return line if len(line) <= 40 else f"{line[:39]}…"


def _text(value: Any) -> str:
    """A cell as text: whole numbers without a fraction, lists and objects as JSON."""
    if type(value) is str:
        return value
    if value is None or (isinstance(value, float) and isnan(value)):  # NaN: the empty cell of data frames
        return ""
    if isinstance(value, bytes):
        return value.decode("utf-8", "surrogateescape")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    return str(value)


def _id(text: str) -> str:
    """An id; spreadsheets and data frames with empty cells make 5.0 of 5."""
    return text[:-2] if text[-2:] == ".0" and text[:-2].isdecimal() else text


def _seconds(value: Any, order: str | None) -> int | None:
    """The time in a cell: 0 for an empty one, None when it can't be read."""
    if type(value) is str:
        return parse_time(value, order) if value and not value.isspace() else 0
    if isinstance(value, datetime.date):
        return from_datetime(value)
    return _seconds(_text(value), order)
