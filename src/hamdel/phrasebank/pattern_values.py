"""What the tokens of a pattern may ask for: spaCy takes much for granted, and says little when it is something else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

__all__ = ["TOKEN_KEYS", "value_problem"]

_TEXTS = frozenset(("ORTH", "TEXT", "NORM", "LOWER", "SHAPE", "POS", "TAG", "MORPH", "LEMMA"))
_FLAGS = frozenset(("IS_ALPHA", "IS_DIGIT", "IS_PUNCT", "IS_SPACE", "IS_SENT_START", "LIKE_NUM"))
#: Custom attributes ("_") need code to fill them, so they aren't offered.
TOKEN_KEYS = _TEXTS | _FLAGS | {"LENGTH", "OP"}

_LISTS = frozenset(("IN", "NOT_IN", "IS_SUPERSET", "IS_SUBSET", "INTERSECTS"))
_COMPARED = frozenset(("==", "!=", ">=", "<=", ">", "<"))
_NESTED = re.compile("REGEX|FUZZY[1-9]?")


def value_problem(attribute: str, value: Any) -> str:
    """Return why an attribute can't have a value; empty when it can.

    Args:
        attribute: one of `TOKEN_KEYS`.
        value: as TOML has it. Source: the patterns of spaCy's Matcher, https://spacy.io/api/matcher#patterns.
    """
    if attribute in _FLAGS:
        return "" if isinstance(value, bool) else "must be true or false"
    if attribute == "LENGTH":
        return _of(value, int, "a whole number")
    return _of(value, str, "a text") if attribute in _TEXTS else ""


def _of(value: Any, kind: type, name: str) -> str:
    """What is wrong with a value, or with the table of operators in its place."""
    if _is(value, kind):
        return ""
    if not isinstance(value, Mapping) or not value:
        return f'must be {name}, or a table such as {{IN = ["…"]}}'
    return next((problem for operator in value if (problem := _operand(operator, value[operator], kind, name))), "")


def _operand(operator: str, value: Any, kind: type, name: str) -> str:
    if operator in _LISTS:
        right = isinstance(value, list) and bool(value) and all(_is(one, kind) for one in value)
        return "" if right else f"{operator} must be a list, and each item {name}"
    if kind is int:
        return "" if operator in _COMPARED and _is(value, int) else f"{operator} isn't allowed here"
    if not _NESTED.fullmatch(operator):
        return f"{operator} isn't allowed; use IN, NOT_IN or REGEX"
    return _of(value, str, f"{name} after {operator}")


def _is(value: Any, kind: type) -> bool:
    return isinstance(value, kind) and (kind is bool or not isinstance(value, bool))
