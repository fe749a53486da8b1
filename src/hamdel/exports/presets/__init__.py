"""What known programs export, turned into rows: conversations as JSON, reviews as CSV.

Where the first value of a file can only come from one of these programs, its preset is taken without being named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import Any

from hamdel.errors import InputError
from hamdel.exports.columns import Columns
from hamdel.exports.conversation import Flat, mapping
from hamdel.exports.objects import CHAT, Values
from hamdel.exports.presets.chats import chatwoot, gathered, is_chatwoot, is_telegram, telegram
from hamdel.exports.presets.helpdesks import freshdesk, intercom, is_freshdesk, is_intercom, is_zendesk, zendesk

__all__ = ["PRESETS", "REVIEWS", "as_reviews", "flattened"]

Expand = Callable[[Mapping[str, Any]], Iterator[Flat]]


@dataclass(frozen=True, slots=True)
class _Preset:
    """A program whose exports are conversations in JSON.

    Attributes:
        fits: whether an object can only come from it.
        expand: the rows of one conversation.
        key: what tells the conversation of a single message, for exports that list messages; None for an object that is
            a conversation.
    """

    fits: Callable[[Mapping[str, Any]], bool]
    expand: Expand
    key: Callable[[Mapping[str, Any]], Any] | None = None


def _chatwoot_key(value: Mapping[str, Any]) -> Any:
    return value.get("conversation_id") if "message_type" in value else None


def _telegram_key(value: Mapping[str, Any]) -> Any:
    return mapping(value.get(CHAT)).get("id") if CHAT in value else None


_CONVERSATIONS = {
    "zendesk": _Preset(is_zendesk, zendesk),
    "chatwoot": _Preset(is_chatwoot, chatwoot, _chatwoot_key),
    "intercom": _Preset(is_intercom, intercom),
    "freshdesk": _Preset(is_freshdesk, freshdesk),
    "telegram": _Preset(is_telegram, telegram, _telegram_key),
}
REVIEWS = "google-play"
PRESETS = (*_CONVERSATIONS, REVIEWS)

#: The monthly report of reviews, UTF-16 with these very headings. Source: "Download and export monthly reports",
#: support.google.com/googleplay/android-developer/answer/6135870, and reports that people have published.
_REVIEW_COLUMNS = {
    "reply": "Developer Reply Text",
    "message": "Review Text",
    "time": "Developer Reply Date and Time",
    "csat": "Star Rating",
    "id": "Review Link",
}


def as_reviews(header: Sequence[str], wanted: Columns) -> Columns:
    """Take a table for Google Play's reviews, when it is said to be one or can only be one.

    Args:
        header: the columns' names.
        wanted: what the user said.

    Returns:
        The same for any other table.
    """
    known = {_REVIEW_COLUMNS["reply"], _REVIEW_COLUMNS["message"]} <= set(header) and "message" in wanted.roles
    if wanted.preset != REVIEWS and not (known and wanted.preset is None):
        return wanted
    named = {role: name for role, name in _REVIEW_COLUMNS.items() if name in header and role in wanted.roles}
    changes: dict[str, Any] = named | wanted.named()
    return replace(wanted, **changes, everywhere=REVIEWS, unanswered=True, preset=REVIEWS)


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
    expand: Expand = partial(telegram, team=frozenset(wanted.team)) if name == "telegram" else preset.expand
    whole = gathered(values, preset.key) if preset.key else values
    return _expanded(whole, expand, name), name


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
