"""Conversations of Intercom with their parts.

Source: developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations (conversation, its source and its
parts).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hamdel.exports.conversation import (
    Flat,
    Left,
    Lost,
    Part,
    Said,
    Side,
    mapping,
    messages_in,
    rows_of,
    said_in,
    seen,
    sequence,
)
from hamdel.exports.expanding import each
from hamdel.exports.preset import Objects, Preset

__all__ = ["PRESET"]

_SIDES = {"admin": Side.AGENT, "user": Side.CUSTOMER, "lead": Side.CUSTOMER, "contact": Side.CUSTOMER}
_AUTOMATIC = frozenset(("automated", "campaigns_initiated", "operator_initiated"))


def _fits(value: Mapping[str, Any]) -> str:
    return "conversation_parts" if "conversation_parts" in value else ""


def _expand(value: Mapping[str, Any]) -> Iterator[Flat | Left | Lost]:
    """Yield the replies of admins; notes, and what bots and campaigns sent, are left out."""
    source = mapping(value.get("source"))
    inner = value.get("conversation_parts")
    parts = messages_in(mapping(inner).get("conversation_parts") if isinstance(inner, dict) else inner)
    first = {**source, "created_at": value.get("created_at")}
    contacts = mapping(value.get("contacts")).get("contacts")
    customer = next(iter(sequence(contacts)), mapping(source.get("author"))).get("id")
    return rows_of(
        said_in((first, *parts), _said),
        value,
        thread_id=value.get("id"),
        customer_id=customer,
        channel=source.get("type"),
        csat=mapping(value.get("conversation_rating")).get("rating"),
        reopens=mapping(value.get("statistics")).get("count_reopens"),
    )


def _said(part: Mapping[str, Any]) -> Said:
    author = mapping(part.get("author"))
    side = _SIDES.get(str(author.get("type")))
    if "note" in str(part.get("part_type")):
        return Left.NOTE
    if str(part.get("delivered_as")) in _AUTOMATIC or author.get("from_ai_agent") or author.get("type") == "bot":
        return Left.BOT
    if side is None:
        return Left.SYSTEM
    name = author.get("name") or author.get("id")
    return Part(side, seen(side, part.get("body")), part.get("created_at"), part.get("id"), name)


PRESET = Preset(
    name="intercom",
    title="Intercom",
    reads="conversations with their parts; no notes, bots or campaigns; `reopens` is an outcome",
    follows="Intercom's *Conversations* reference",
    reads_fa="گفتگوها با بخش‌هایشان؛ بی یادداشت، ربات و کمپین؛ `reopens` پیامد است",
    follows_fa="مستند *Conversations* اینترکام",
    objects=Objects(_fits, each(_expand)),
)
