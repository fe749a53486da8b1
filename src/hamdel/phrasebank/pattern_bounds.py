"""What a team's pattern may cost: repetition that spaCy would copy or try in every way, and regular expressions.

spaCy matches with Python's `re`, which tries every way to share a text between two quantifiers, and can't be stopped.
So an expression is read when its file is, and refused where there would be too many ways. RE2 has no such cases,
but spaCy can't be told to use it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from math import prod
from typing import Any

__all__ = ["LONGEST_TOKEN", "op_range", "pattern_problem", "regex_problem", "regexes"]

#: Characters of a token that patterns are matched on; a longer one is no word.
LONGEST_TOKEN = 200
_MOST_TIMES = 100  # that one token of a pattern may take tokens of a text
_UNBOUNDED = 24  # tokens that «*» and «+» may reach; a sentence of support chat is rarely longer
_MOST_WAYS = 20_000  # in which the tokens of a pattern may share those of a text; ours have 400
_MOST_TOKENS = 50
_LONGEST_REGEX = 500
_MOST_TRIED = 100_000  # ways in which the quantifiers of an expression may share a token
_BRACES = re.compile(r"\{(\d*)(,?)(\d*)\}")
_REPEATS = frozenset(("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"))


def op_range(op: str) -> tuple[int, int]:
    """Return how many tokens of a text a token of a pattern takes, at least and at most.

    Args:
        op: of spaCy's Matcher: one of ``1 ! ? + *``, or ``{2}``, ``{2,}``, ``{,4}``, ``{2,4}``.
    """
    braces = _BRACES.fullmatch(op)
    if braces:
        low, comma, high = braces.groups()
        return int(low or 0), int(high or (_UNBOUNDED if comma else low))
    return int(op in ("1", "+")), _UNBOUNDED if op in ("*", "+") else 1


def pattern_problem(ops: list[str]) -> str:
    """Return why the repetition of a pattern can't be taken; empty when it can.

    Args:
        ops: of its tokens; ``1`` for one without.
    """
    ranges = [op_range(op) for op in ops]
    for op, (low, high) in zip(ops, ranges, strict=True):
        if max(low, high) > _MOST_TIMES:
            return f"OP: {op!r} repeats a token more than {_MOST_TIMES} times"
        if low > high and not op.endswith(",}"):
            return f"OP: {op!r}: the first number is the larger one"
    if len(ops) > _MOST_TOKENS:
        return f"a pattern of {len(ops)} tokens; {_MOST_TOKENS} are taken at most"
    if prod(max(1, high - low + 1) for low, high in ranges) > _MOST_WAYS:
        return "too many repeated tokens in one pattern; give them smaller bounds, such as {0,4}"
    return ""


def regexes(token: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield attribute and text of the regular expressions of a pattern's token."""
    for attribute, value in token.items():
        for inner in _inside(value):
            yield attribute, inner


def _inside(value: Any, regex: bool = False) -> Iterator[str]:
    if isinstance(value, str):
        if regex:
            yield value
    elif isinstance(value, Mapping):
        for name, one in value.items():
            yield from _inside(one, regex or name == "REGEX")
    elif isinstance(value, list):
        for one in value:
            yield from _inside(one, regex)


def regex_problem(text: str) -> str:
    """Return why a regular expression can't be taken; empty when it can.

    Args:
        text: in the syntax of `re`.
    """
    if len(text) > _LONGEST_REGEX:
        return f"an expression of {len(text)} characters; {_LONGEST_REGEX} are taken at most"
    try:
        re.compile(text)
        parsed = re._parser.parse(text)  # type: ignore[attr-defined]  # the standard library has no other reader
        return "" if _ways(parsed) <= _MOST_TRIED else "too many quantifiers and alternatives in a row"
    except _Refused as refused:
        return str(refused)
    except (re.error, RecursionError, OverflowError, ValueError) as error:
        return f"no regular expression: {error}"


class _Refused(Exception):  # noqa: N818 - never leaves this module: its text is what `regex_problem` returns
    """Something that an expression may not have."""


def _ways(parsed: Any, repeated: bool = False) -> int:
    """Return in how many ways an expression may match at one place of a token.

    Args:
        parsed: a sequence of what `re` reads.
        repeated: it stands in a quantifier.
    """
    return prod(_ways_of(str(operator), value, repeated) for operator, value in parsed)


def _ways_of(operator: str, value: Any, repeated: bool) -> int:
    if operator in _REPEATS:
        return _repeat(value, repeated)
    if operator.startswith("GROUPREF"):
        raise _Refused("a reference to a group isn't taken")
    if operator == "BRANCH":
        if repeated:
            raise _Refused("alternatives inside a quantifier, such as (a|b)+, aren't taken; use [ab]+")
        return sum(_ways(branch) for branch in value[1])
    if operator == "SUBPATTERN":
        return _ways(value[-1], repeated)
    if operator in ("ASSERT", "ASSERT_NOT"):
        return _ways(value[1], repeated)
    return _ways(value, repeated) if operator == "ATOMIC_GROUP" else 1


def _repeat(value: Any, repeated: bool) -> int:
    low, high, body = value
    if high <= 1 and not repeated:
        return 1 + _ways(body)
    if repeated and low != high:
        raise _Refused("a quantifier inside another one, such as (a+)+, isn't taken")
    _ways(body, repeated=True)
    return int(min(high, LONGEST_TOKEN) - min(low, LONGEST_TOKEN) + 1)
