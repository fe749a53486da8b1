"""Which column of an export holds what: named by the user, or guessed from its header."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hamdel.base.nearest import nearest
from hamdel.errors import InputError
from hamdel.exports.headers import ALL_ROLES, NO_COLUMN, ROLES, guess, name_key, whose_of
from hamdel.exports.rows import excerpt
from hamdel.exports.whose import Cells, settled

__all__ = [
    "ALL_ROLES",
    "NO_COLUMN",
    "OPTIONS",
    "ROLES",
    "Cells",
    "Columns",
    "NoReplies",
    "choose",
    "guess",
    "may_hold_names",
    "sources",
]

_SHOWN = 20  # columns that an error lists


#: The option that names a role's column.
OPTIONS = {role: role for role in ALL_ROLES} | {"customer": "customer-id", "message": "customer"}
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


def choose(header: Sequence[str], wanted: Columns, name: str, cells: Cells | None = None) -> dict[str, str]:
    """Tell which column holds what.

    Args:
        header: the columns' names.
        wanted: what the user named.
        name: what to call the file in an error.
        cells: returns a column's first cells; None when the header is all there is to go by.

    Returns:
        A column's name for "reply" and each other role that has one.

    Raises:
        InputError: a named column doesn't exist, or no column is known to hold replies.
        QuestionError: only the user can say what a column holds.
    """
    asked = wanted.named()
    absent = {role for role, column in asked.items() if column == NO_COLUMN and column not in header}
    chosen = {role: _named(column, header, OPTIONS[role], name) for role, column in asked.items() if role not in absent}
    twice = [column for column in chosen.values() if list(chosen.values()).count(column) > 1]
    if twice:
        raise InputError(f'{name}: column "{twice[0]}" can\'t hold two things; name another one')
    roles = [role for role in wanted.roles if role not in absent]
    may = settled(header, chosen, roles, cells, name) if cells else {}
    chosen = guess(header, chosen, roles, may)
    if "reply" not in chosen:
        told = f"{name}: can't tell which column holds the replies: {_listed(header)}; name it with --reply"
        raise NoReplies(told, header)
    ordered = {role: chosen[role] for role in ALL_ROLES if role in chosen}
    return ordered | {_OUTCOME + column: _named(column, header, "outcome", name) for column in wanted.outcomes}


def may_hold_names(columns: Mapping[str, str], wanted: Columns) -> bool:
    """Whether the column of customers' ids was guessed from a header that people give to customers' names too.

    Args:
        columns: as `choose` returns them.
        wanted: what the user named.
    """
    return wanted.customer is None and whose_of(columns.get("customer", "")) != ""


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
