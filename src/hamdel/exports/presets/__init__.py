"""What known programs export, turned into rows: conversations as JSON, reviews as CSV.

A program is a file here, with its ``PRESET``; nothing else lists it. Where the first value of a file can only
come from one of these programs, its preset is taken without being named.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib import import_module
from itertools import chain
from typing import Any

from hamdel.base.resources import module_names
from hamdel.errors import InputError
from hamdel.exports.columns import Columns
from hamdel.exports.conversation import gathered
from hamdel.exports.objects import Values
from hamdel.exports.preset import Conversations, Expand, Reviews

__all__ = ["PRESETS", "as_reviews", "flattened"]

#: By the program's name: its file's, with hyphens.
PRESETS: Mapping[str, Conversations | Reviews] = {
    name.replace("_", "-"): import_module(f"{__name__}.{name}").PRESET for name in module_names("exports/presets")
}
_CONVERSATIONS = {name: one for name, one in PRESETS.items() if isinstance(one, Conversations)}
_REVIEWS = {name: one.columns for name, one in PRESETS.items() if isinstance(one, Reviews)}


def as_reviews(header: Sequence[str], wanted: Columns) -> Columns:
    """Take a table for a program's reviews, when it is said to be one or can only be one.

    Args:
        header: the columns' names.
        wanted: what the user said.

    Returns:
        The same for any other table.
    """
    for program, columns in _REVIEWS.items():
        known = {columns["reply"], columns["message"]} <= set(header) and "message" in wanted.roles
        if wanted.preset == program or (known and wanted.preset is None):
            named = {role: name for role, name in columns.items() if name in header and role in wanted.roles}
            changes: dict[str, Any] = named | wanted.named()
            return replace(wanted, **changes, everywhere=program, unanswered=True, preset=program)
    return wanted


def flattened(values: Values, wanted: Columns) -> tuple[Values, str | None]:
    """Turn what a program exported into flat objects, one for each reply; other objects stay as they are.

    Args:
        values: of a JSON file.
        wanted: what the user said.

    Returns:
        The objects, and the program; None for any other file.
    """
    first = next(values, None)
    if first is None:
        return iter(()), wanted.preset
    values = chain([first], values)
    name = wanted.preset or _guessed(first[1])
    preset = _CONVERSATIONS.get(name or "")
    if name is None or preset is None:
        return values, None
    expand = _expander(preset, frozenset(wanted.team))
    whole = gathered(values, preset.key) if preset.key else values
    return _expanded(whole, expand, name), name


def _expander(preset: Conversations, team: frozenset[str]) -> Expand:
    by_team = preset.by_team
    return preset.expand if by_team is None else lambda value: by_team(value, team)


def _guessed(value: Any) -> str | None:
    """The only program that can have exported an object."""
    fitting = [name for name, one in _CONVERSATIONS.items() if one.fits(value)] if isinstance(value, dict) else []
    return fitting[0] if len(fitting) == 1 else None


def _expanded(values: Values, expand: Expand, name: str) -> Values:
    for number, value in values:
        if not isinstance(value, dict):
            yield number, value if isinstance(value, InputError) else InputError(f"isn't what {name} exports")
            continue
        try:
            rows = list(expand(value))
        except (TypeError, ValueError, AttributeError, KeyError) as error:
            yield number, InputError(f"isn't what {name} exports: {error}")
            continue
        for row in rows:
            yield number, row
