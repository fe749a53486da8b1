"""What the headers of columns stand for: the likely names of each role's column.

Some say whose a column is and not what is in it ("customer", «کاربر»); `hamdel.exports.whose` looks at their cells.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from hamdel.language.fold import key
from hamdel.language.sets import entries

__all__ = ["ALL_ROLES", "KEYS", "ROLES", "UNSEEN", "name_key", "says_reply", "whose_of"]

_NOT_LETTERS = re.compile(r"[\W_]+")

#: What a past reply is, was written by and to, and when: what the archive keeps.
ROLES = ("reply", "agent", "customer", "time", "channel")
#: The same, and what only an audit asks for.
ALL_ROLES = (*ROLES, "message", "id", "thread", "turn", "csat")
# Lists of the lexicon in which a role's headers stand, the likeliest first.
_LISTS: Mapping[str, tuple[str, ...]] = {
    "reply": ("reply", "answering", "texts"),
    "agent": ("agent", "answering", "anybody", "sides"),
    "customer": ("customer", "customers", "anybody"),
    "message": ("message", "customers", "anybody", "messages"),
}
#: What a header that says only whose a column is stands for before anybody has looked at the cells.
UNSEEN: Mapping[str, tuple[str, ...]] = {
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


#: The matching keys of each role's headers, the likeliest first.
KEYS = {role: _keys(*_LISTS.get(role, (role,))) for role in ALL_ROLES}
_REPLIES = frozenset(_keys("reply"))
_WHOSE = {whose: frozenset(_keys(whose)) for whose in UNSEEN}


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
