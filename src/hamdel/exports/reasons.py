"""Why rows can't be used: a code that never changes, and words in the language of whoever reads them."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from hamdel.language.sets import table
from hamdel.model import Lang

__all__ = ["OTHER", "Worded", "counted", "worded"]

#: The code of what has none.
OTHER = "other"
_SLOT = re.compile(re.escape("{}"))
_LONGEST = 600  # characters of a reason that are looked at


class Worded(NamedTuple):
    """A reason: its code, and its words."""

    code: str
    words: str


@cache
def _known() -> list[tuple[str, re.Pattern[str], str]]:
    """The codes, what tells each reason in English, and its Persian; those that say most come first."""
    found = [(code, *pair) for code, one in table("reasons").items() for pair in one["reasons"]]
    found.sort(key=lambda one: -len(one[1]))
    return [
        (code, re.compile("(.*?)".join(map(re.escape, _SLOT.split(english))), re.DOTALL), persian)
        for code, english, persian in found
    ]


def worded(reason: str, lang: Lang) -> Worded:
    """Return a reason's code and its words.

    Args:
        reason: in English, as `hamdel.exports.Rejected` has it.
        lang: the language; what nobody has translated stays English.
    """
    for code, pattern, persian in _known():
        if found := pattern.fullmatch(reason[:_LONGEST]):
            return Worded(code, reason if lang is Lang.EN else persian.format(*found.groups()))
    return Worded(OTHER, reason)


def counted(code: str, lang: Lang) -> str:
    """Return how rows with a code are counted, with ``{n}`` for how many.

    Args:
        code: of `worded`; an unknown one is counted among the others.
        lang: the language.
    """
    known = table("reasons")
    persian, english = known.get(code, known[OTHER])["counted"]
    return str(persian if lang is Lang.FA else english)
