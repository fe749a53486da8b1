"""What the headers of columns stand for: the likely names of each role's column.

Some say whose a column is and not what is in it ("customer", «کاربر»); `hamdel.exports.whose` looks at their cells.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

from hamdel.language.fold import key
from hamdel.language.sets import entries

__all__ = ["ALL_ROLES", "NO_COLUMN", "ROLES", "guess", "name_key", "says_reply", "whose_of"]

_NOT_LETTERS = re.compile(r"[\W_]+")

#: What a past reply is, was written by and to, and when: what the archive keeps.
ROLES = ("reply", "agent", "customer", "time", "channel")
#: The same, and what only an audit asks for.
ALL_ROLES = (*ROLES, "message", "id", "thread", "turn", "csat")
#: Says of a role that no column has it.
NO_COLUMN = "none"
# Lists of the lexicon in which a role's headers stand, the likeliest first.
_LISTS: Mapping[str, tuple[str, ...]] = {
    "reply": ("reply", "answering", "texts"),
    "agent": ("agent", "answering", "anybody", "sides"),
    "customer": ("customer", "customers", "anybody"),
    "message": ("message", "customers", "anybody", "messages"),
}
# What a header that says only whose a column is stands for before anybody has looked at the cells.
_UNSEEN: Mapping[str, tuple[str, ...]] = {
    "customers": ("customer", "message"),
    "anybody": ("agent",),
    "sides": (),
    "answering": ("agent",),
}


def name_key(name: str) -> str:
    """The key of a column's name: ``createdAt``, ``Created at`` and ``created_at`` are one name."""
    return _NOT_LETTERS.sub("", key(name))


def _keys(*lists: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name_key(name) for one in lists for name in entries(f"exports.columns.{one}")))


# The matching keys of each role's headers, the likeliest first.
_KEYS = {role: _keys(*_LISTS.get(role, (role,))) for role in ALL_ROLES}
_REPLIES = frozenset(_keys("reply"))
_WHOSE = {whose: frozenset(_keys(whose)) for whose in _UNSEEN}


def whose_of(column: str) -> str:
    """Return which list a header stands in that says whose its cells are and not what; empty for any other.

    Args:
        column: its name.
    """
    return next((whose for whose, keys in _WHOSE.items() if name_key(column) in keys), "")


def says_reply(column: str) -> bool:
    """Whether a header says that its cells are replies, and not only that they are texts.

    Args:
        column: its name.
    """
    return name_key(column) in _REPLIES


def guess(
    header: Sequence[str],
    chosen: Mapping[str, str],
    roles: Sequence[str] = ROLES,
    may: Mapping[str, Collection[str]] = MappingProxyType({}),
) -> dict[str, str]:
    """Add a column to each role that has none, as far as the names tell; no column gets a second role.

    Args:
        header: the columns' names.
        chosen: the columns that have a role already.
        roles: those that are wanted, the one that chooses first first.
        may: the roles that a column may have by what is in it, for those whose header leaves it open.
    """
    names: dict[str, str] = {}
    for column in header:
        if column not in chosen.values():
            names.setdefault(name_key(column), column)
    open_ = {key: may.get(column, _UNSEEN.get(whose_of(column), roles)) for key, column in names.items()}
    found: dict[str, str] = {}
    for role in roles:
        fitting = (one for one in _KEYS[role] if one in names and role in open_[one])
        if role not in chosen and (one := next(fitting, None)):
            found[role] = names.pop(one)
    return found | dict(chosen)
