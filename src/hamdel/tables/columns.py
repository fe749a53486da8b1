"""Which column of an export holds what: named by the user, or guessed from its header."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from hamdel.errors import InputError
from hamdel.language.fold import key
from hamdel.tables.rows import excerpt
from hamdel.toml_file import nearest

__all__ = ["ROLES", "Columns", "choose", "guess", "name_key"]

_SHOWN = 20  # columns that an error lists
_NOT_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column holds what; None means: guess from the header.

    Attributes:
        reply: the agent's reply.
        agent: who wrote it.
        customer: the customer's id.
        time: when it was sent.
        channel: chat, email and so on.
    """

    reply: str | None = None
    agent: str | None = None
    customer: str | None = None
    time: str | None = None
    channel: str | None = None


def name_key(name: str) -> str:
    """The key of a column's name: ``createdAt``, ``Created at`` and ``created_at`` are one name."""
    return _NOT_LETTERS.sub("", key(name))


# The likeliest names first. What a customer wrote mustn't be taken for a reply ("question", "review", "پیام مشتری"),
# and a ticket isn't a customer. "user" may be either side: it counts only when no better name is there.
_NAMES = {
    "reply": (
        "reply|agent reply|reply text|reply body|developer reply text|agent message|agent response|response|"
        "response text|answer|answer text|draft|public reply|"
        "پاسخ|متن پاسخ|پاسخ پشتیبان|پاسخ کارشناس|پاسخ اپراتور|متن پاسخ کارشناس|متن پاسخ پشتیبان|جواب|متن جواب|پاسخ‌ها|"
        "text|body|message|message text|message body|comment|comment body|content|plain body|متن|متن پیام|پیام|محتوا"
    ),
    "agent": (
        "agent|agent name|agent id|agent email|operator|operator name|operator id|assignee|assignee name|assignee id|"
        "author|author name|author id|sender|replied by|answered by|responder|staff|owner|"
        "کارشناس|نام کارشناس|پشتیبان|نام پشتیبان|اپراتور|نام اپراتور|کارشناس پشتیبانی|پاسخ‌دهنده|پاسخگو|نویسنده|"
        "فرستنده|مسئول|"
        "user|user name|کاربر|نام کاربر"
    ),
    "customer": (
        "customer id|customer|customer name|customer email|client id|client|requester id|requester|requester email|"
        "contact id|contact|end user id|end user|buyer id|buyer|user id|"
        "شناسه مشتری|شناسه‌ی مشتری|کد مشتری|شماره مشتری|مشتری|نام مشتری|خریدار|درخواست‌کننده|مخاطب|"
        "شناسه کاربر|شناسه کاربری"
    ),
    "time": (
        "replied at|reply time|reply date|developer reply date and time|sent at|sent time|sent date|time|timestamp|"
        "date time|datetime|date|created at|created|created on|created time|creation date|"
        "message created at|time sent|date sent|"
        "زمان پاسخ|تاریخ پاسخ|زمان ارسال|تاریخ ارسال|تاریخ و زمان|تاریخ و ساعت|زمان|تاریخ|"
        "زمان ایجاد|تاریخ ایجاد|تاریخ ثبت|زمان ثبت"
    ),
    "channel": "channel|channel name|via|via channel|source|کانال|نام کانال|کانال ارتباطی|منبع|درگاه",
}
ROLES = tuple(_NAMES)
_KEYS = {role: tuple(dict.fromkeys(map(name_key, names.split("|")))) for role, names in _NAMES.items()}


def choose(header: Sequence[str], wanted: Columns, name: str) -> dict[str, str]:
    """Tell which column holds what.

    Args:
        header: the columns' names.
        wanted: what the user named.
        name: what to call the file in an error.

    Returns:
        A column's name for "reply" and each other role that has one.

    Raises:
        InputError: a named column doesn't exist, or no column is known to hold replies.
    """
    chosen = {role: _named(column, header, role, name) for role, column in asdict(wanted).items() if column is not None}
    twice = [column for column in chosen.values() if list(chosen.values()).count(column) > 1]
    if twice:
        raise InputError(f'{name}: column "{twice[0]}" can\'t hold two things; name another one')
    chosen = guess(header, chosen)
    if "reply" not in chosen:
        raise InputError(f"{name}: can't tell which column holds the replies: {_listed(header)}; name it with --reply")
    return {role: chosen[role] for role in ROLES if role in chosen}


def guess(header: Sequence[str], chosen: Mapping[str, str]) -> dict[str, str]:
    """Add a column to each role that has none, as far as the names tell; no column gets a second role."""
    names: dict[str, str] = {}
    for column in header:
        if column not in chosen.values():
            names.setdefault(name_key(column), column)
    found = {role: next((names[one] for one in keys if one in names), None) for role, keys in _KEYS.items()}
    return {role: column for role, column in found.items() if column is not None} | dict(chosen)


def _named(column: str, header: Sequence[str], role: str, name: str) -> str:
    """The column that the user means: spelled as in the header, or nearly so."""
    if column in header:
        return column
    for one in header:
        if name_key(one) == name_key(column):
            return one
    hint = nearest(column, list(header)) or f"; there are {_listed(header)}"
    raise InputError(f'{name}: has no column "{column}" for --{role}{hint}')


def _listed(header: Sequence[str]) -> str:
    """The columns' names as an error shows them."""
    names = [f'"{excerpt(one)}"' for one in header[:_SHOWN]]
    return ", ".join(names) + (f" and {len(header) - _SHOWN} more" if len(header) > _SHOWN else "")
