"""When an audit should fail: conditions such as ``error>0`` or ``respect/blame>2%``, for CI."""

from __future__ import annotations

import re
from collections.abc import Iterable

from hamdel.errors import InputError
from hamdel.model import Severity
from hamdel.model.audit import Condition, Exceeded, Summary
from hamdel.model.measures import Share
from hamdel.settings.config import no_such_check

__all__ = ["GRAMMAR", "exceeded", "parse"]

#: What `parse` reads.
GRAMMAR = (
    'NAME>NUMBER or NAME>NUMBER%, several with commas: "error>0" counts findings, "respect/blame>2%" is the share of '
    "replies with one; NAME is a severity (error, warning, suggestion), a family (respect) or a check (respect/blame), "
    "and >= may stand for >"
)
_CONDITION = re.compile(r"\s*([a-z0-9-]+(?:/[a-z0-9-]+)?)\s*(>=|>)\s*(\d+(?:\.\d+)?)\s*(%?)\s*")


def parse(text: str, checks: Iterable[str]) -> tuple[Condition, ...]:
    """Read conditions.

    Args:
        text: see `GRAMMAR`.
        checks: the ids of all checks.

    Raises:
        InputError: it can't be read, or names what doesn't exist; the grammar is shown.
    """
    known = tuple(checks)
    return tuple(_condition(part, known) for part in text.split(","))


def _condition(text: str, checks: tuple[str, ...]) -> Condition:
    match = _CONDITION.fullmatch(text)
    if not match:
        raise InputError(f"--fail-on: {text.strip()!r} can't be read; write {GRAMMAR}")
    name, sign, number, percent = match.groups()
    names = {*Severity, *checks, *(check.split("/")[0] for check in checks)}
    if name not in names:
        raise InputError(f"--fail-on: {no_such_check(name, sorted(names))}; write {GRAMMAR}")
    limit = float(number) / 100 if percent else float(number)
    if percent and limit > 1:
        raise InputError(f"--fail-on: {text.strip()!r} is more than 100%; write {GRAMMAR}")
    return Condition(text.strip(), name, limit, bool(percent), sign == ">=")


def exceeded(conditions: Iterable[Condition], summary: Summary) -> tuple[Exceeded, ...]:
    """Return the conditions that came true.

    Args:
        conditions: as `parse` returns them.
        summary: the audit.
    """
    values = ((one, _value(one, summary)) for one in conditions)
    return tuple(
        Exceeded(one, value) for one, value in values if value > one.limit or (one.reached and value == one.limit)
    )


def _value(one: Condition, summary: Summary) -> float:
    findings, share = _found(one.name, summary)
    return (share.rate or 0.0) if one.is_share else findings


def _found(name: str, summary: Summary) -> tuple[int, Share]:
    """How many findings of a name there are, and in which share of the replies."""
    if name in set(Severity):
        severity = Severity(name)
        return summary.findings[severity], summary.severities[severity]
    own = [one for one in summary.checks if one.check == name or one.check.startswith(f"{name}/")]
    nothing = Share(0, summary.checked, 0.0, 1.0)
    if "/" in name:
        return (own[0].findings, own[0].share) if own else (0, nothing)
    return sum(one.findings for one in own), summary.families.get(name, nothing)
