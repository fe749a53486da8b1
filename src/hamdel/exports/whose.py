"""Columns whose header says whose they are, and not what is in them: "customer", «کاربر», "agent".

Their cells tell ids and names from messages, and a team's few people from its many customers. What they don't tell is
asked, for a customer's message that is taken for an id is lost, and a customer who is taken for an agent is judged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from hamdel.exports.contents import LOOKED_AT, Content, Look, look
from hamdel.exports.headers import NO_COLUMN, guess, says_reply, whose_of
from hamdel.exports.questions import Asked, QuestionError
from hamdel.exports.rows import excerpt

__all__ = ["Cells", "settled"]

#: Returns the first cells of a column.
Cells = Callable[[str], Iterable[object]]
_SUREST_FIRST = ("answering", "customers", "anybody", "sides")
# What a column may hold, by the roles that are open.
_MEANS: Mapping[tuple[str, ...], tuple[str, str]] = {
    ("message", "customer"): ("what customers wrote (--customer) or who they are (--customer-id)", "--customer none"),
    ("agent", "customer"): ("who answered (--agent) or who the customers are (--customer-id)", "--agent none"),
    ("message", "agent"): ("what customers wrote (--customer) or who answered (--agent)", "--customer none"),
    ("message", "agent", "customer"): (
        "what customers wrote (--customer), who they are (--customer-id) or who answered (--agent)",
        "--customer none --agent none",
    ),
}


def settled(
    header: Sequence[str], chosen: Mapping[str, str], roles: Sequence[str], cells: Cells, name: str
) -> dict[str, tuple[str, ...]]:
    """Return the roles that each such column may have.

    Args:
        header: the columns' names.
        chosen: the columns that have a role already.
        roles: those that are wanted.
        cells: returns a column's first cells.
        name: of the file, for errors.

    Raises:
        QuestionError: the cells of one don't tell, and it matters.
    """
    whose = {column: found for column in header if column not in chosen.values() and (found := whose_of(column))}
    others = guess([column for column in header if column not in whose], chosen, roles)
    may: dict[str, tuple[str, ...]] = {}
    for column, found in sorted(whose.items(), key=lambda one: _SUREST_FIRST.index(one[1])):
        seen = look(cells(column))
        if seen.content is Content.NOTHING:
            if found != "answering" and seen.read >= LOOKED_AT:
                may[column] = ()  # what follows further down may be messages, and no header says that it isn't
            continue
        taken = {*others, *(role for allowed in may.values() if len(allowed) == 1 for role in allowed)}
        free = [role for role in roles if role not in taken]
        if seen.sided or seen.ours or found == "sides":
            may[column] = ("agent",) if seen.sided or seen.ours else ()
        elif found == "anybody" and seen.content is Content.PEOPLE and not seen.many and _may_be_talk(others):
            may[column] = ("agent",)  # who of them answers is asked for the whole table
        elif found == "answering":
            written = seen.content is Content.MESSAGES and not says_reply(others.get("reply", ""))
            may[column] = ("reply",) if written else ("agent",)
        else:
            may[column] = _told(column, seen, free, name, found == "anybody")
    return may


def _may_be_talk(others: Mapping[str, str]) -> bool:
    """Whether rows may be messages of both sides: a text that no header calls a reply, and no message beside it."""
    alone = others.keys().isdisjoint(("message", "customer", "agent"))
    return alone and "reply" in others and not says_reply(others["reply"])


def _told(column: str, seen: Look, free: Sequence[str], name: str, anybody: bool) -> tuple[str, ...]:
    """The roles that a column of customers, or of anybody, may have."""
    if seen.content is Content.MESSAGES:
        return ("message",)
    people = _people(seen, free) if anybody else ("customer",)
    doubts = ["message"] if seen.content is Content.UNSURE and "message" in free else []
    if not doubts and len(people) == 1:
        return people
    raise _question(column, [*doubts, *people], name)


def _people(seen: Look, free: Sequence[str]) -> tuple[str, ...]:
    """Whether somebody's name is an agent's or a customer's; both when nothing tells."""
    if "agent" not in free or seen.many:
        return ("customer",)
    return ("agent",) if "customer" not in free or seen.few else ("agent", "customer")


def _question(column: str, roles: Sequence[str], name: str) -> QuestionError:
    what, neither = _MEANS[tuple(roles)]
    told = f'{name}: can\'t tell whether column "{excerpt(column)}" says {what}; name it so, or say {neither}'
    return QuestionError(told, Asked.COLUMN, [*roles, NO_COLUMN], column)
