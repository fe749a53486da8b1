"""Which column of an export holds what: named by the user, or guessed from its header."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hamdel.base.nearest import nearest
from hamdel.errors import InputError
from hamdel.exports.rows import excerpt
from hamdel.language.fold import key
from hamdel.language.sets import entries, table

__all__ = [
    "ALL_ROLES",
    "OPTIONS",
    "ROLES",
    "Columns",
    "NoReplies",
    "choose",
    "guess",
    "may_hold_names",
    "name_key",
    "sources",
]

_SHOWN = 20  # columns that an error lists
_NOT_LETTERS = re.compile(r"[\W_]+")


#: What a past reply is, was written by and to, and when: what the archive keeps.
ROLES = ("reply", "agent", "customer", "time", "channel")
#: The same, and what only an audit asks for.
ALL_ROLES = (*ROLES, "message", "id", "thread", "turn", "csat")
#: The option that names a role's column.
OPTIONS = {role: role for role in ALL_ROLES} | {"customer": "customer-id", "message": "customer"}
_UNSURE = "customer_or_name"  # a list of headers in the lexicon
_OUTCOME = "outcome:"  # begins the role of a further outcome's column


class NoReplies(InputError):  # noqa: N818 - says what there isn't
    """No column is known to hold replies; somebody has to name one.

    Attributes:
        header: the columns' names.
    """

    def __init__(self, message: str, header: Sequence[str]) -> None:
        super().__init__(message)
        self.header = tuple(header)


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column holds what, and what else is to be known of an export; None means: guess from its header.

    Attributes:
        reply: the agent's reply.
        agent: who wrote it.
        customer: the customer's id.
        time: when it was sent.
        channel: chat, email and so on.
        message: what the customer had written.
        id: tells the reply, or its ticket, from others.
        thread: the conversation that it belongs to.
        turn: 1 for the first reply of a conversation, 2 for the second and so on.
        csat: how content the customer was, a number.
        outcomes: further numbers, such as how often a ticket was opened again.
        roles: those that are wanted at all.
        everywhere: the channel of rows that name none.
        unanswered: the export lists what nobody answered too, so a row without a reply isn't broken.
        preset: the program that made the export; see `hamdel.exports.presets`.
        team: names or ids of those who answer, where an export doesn't tell.
        date_order: "dmy" or "mdy" for dates such as 05/12/2024; None to tell it from the data.
        table: of a database.
        query: the same, as SQL.
        shown: further columns whose cells rows bring along as they are, to be looked at.
    """

    reply: str | None = None
    agent: str | None = None
    customer: str | None = None
    time: str | None = None
    channel: str | None = None
    message: str | None = None
    id: str | None = None
    thread: str | None = None
    turn: str | None = None
    csat: str | None = None
    outcomes: tuple[str, ...] = ()
    roles: tuple[str, ...] = ROLES
    everywhere: str = ""
    unanswered: bool = False
    preset: str | None = None
    team: tuple[str, ...] = ()
    date_order: str | None = None
    table: str | None = None
    query: str | None = None
    shown: tuple[str, ...] = ()

    def named(self) -> dict[str, str]:
        """The column of each role that has been named."""
        return {role: name for role in ALL_ROLES if (name := getattr(self, role)) is not None}


def name_key(name: str) -> str:
    """The key of a column's name: ``createdAt``, ``Created at`` and ``created_at`` are one name."""
    return _NOT_LETTERS.sub("", key(name))


_KEYS = {
    role: tuple(dict.fromkeys(map(name_key, entries(f"exports.columns.{role}")))) for role in table("exports.columns")
}


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
    asked = wanted.named()
    chosen = {role: _named(column, header, OPTIONS[role], name) for role, column in asked.items()}
    twice = [column for column in chosen.values() if list(chosen.values()).count(column) > 1]
    if twice:
        raise InputError(f'{name}: column "{twice[0]}" can\'t hold two things; name another one')
    chosen = guess(header, chosen, wanted.roles)
    if "reply" not in chosen:
        told = f"{name}: can't tell which column holds the replies: {_listed(header)}; name it with --reply"
        raise NoReplies(told, header)
    ordered = {role: chosen[role] for role in ALL_ROLES if role in chosen}
    return ordered | {_OUTCOME + column: _named(column, header, "outcome", name) for column in wanted.outcomes}


def guess(header: Sequence[str], chosen: Mapping[str, str], roles: Sequence[str] = ROLES) -> dict[str, str]:
    """Add a column to each role that has none, as far as the names tell; no column gets a second role.

    Args:
        header: the columns' names.
        chosen: the columns that have a role already.
        roles: those that are wanted, the one that chooses first first.
    """
    names: dict[str, str] = {}
    for column in header:
        if column not in chosen.values():
            names.setdefault(name_key(column), column)
    found: dict[str, str] = {}
    for role in roles:
        keys = (*_KEYS[role], *(_KEYS[_UNSURE] if role == "customer" else ()))
        if role not in chosen and (one := next((one for one in keys if one in names), None)):
            found[role] = names.pop(one)
    return found | dict(chosen)


def may_hold_names(columns: Mapping[str, str], wanted: Columns) -> bool:
    """Whether the column of customers' ids was guessed from a header that people give to customers' names too.

    Args:
        columns: as `choose` returns them.
        wanted: what the user named.
    """
    return wanted.customer is None and name_key(columns.get("customer", "")) in _KEYS[_UNSURE]


def sources(columns: Mapping[str, str], outcomes: Sequence[str] = (), shown: Sequence[str] = ()) -> list[str | None]:
    """The columns of `hamdel.exports.rows.Cells`: one for each role, None for those that have none; then the outcomes'.

    Args:
        columns: as `choose` returns them.
        outcomes: as the user named them.
        shown: those whose cells are only looked at.
    """
    return [*map(columns.get, ALL_ROLES), *(columns.get(_OUTCOME + name) for name in outcomes), *shown]


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
