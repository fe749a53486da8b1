"""Intercom: conversations with their parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hamdel.exports.conversation import Flat, Part, Side, mapping, rows_of, seen, sequence
from hamdel.exports.preset import Conversations

__all__ = ["PRESET"]


def _fits(value: Mapping[str, Any]) -> bool:
    """Whether an object can only be a conversation of Intercom."""
    return "conversation_parts" in value


def _expand(value: Mapping[str, Any]) -> Iterator[Flat]:
    """Yield the replies of admins; notes, and what bots and campaigns sent, are left out.

    Source: developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations (conversation, its source and
    its parts).
    """
    source = mapping(value.get("source"))
    inner = value.get("conversation_parts")
    parts = sequence(mapping(inner).get("conversation_parts") if isinstance(inner, dict) else inner)
    first = {**source, "created_at": value.get("created_at")}
    found = [part for one in (first, *parts) if (part := _part(one))]
    contacts = mapping(value.get("contacts")).get("contacts")
    customer = next(iter(sequence(contacts)), mapping(source.get("author"))).get("id")
    return rows_of(
        found,
        value,
        thread_id=value.get("id"),
        customer_id=customer,
        channel=source.get("type"),
        csat=mapping(value.get("conversation_rating")).get("rating"),
        reopens=mapping(value.get("statistics")).get("count_reopens"),
    )


def _part(part: Mapping[str, Any]) -> Part | None:
    author = mapping(part.get("author"))
    side = {"admin": Side.AGENT, "user": Side.CUSTOMER, "lead": Side.CUSTOMER, "contact": Side.CUSTOMER}
    who = side.get(str(author.get("type")))
    automatic = part.get("delivered_as") in ("automated", "campaigns_initiated", "operator_initiated")
    if who is None or automatic or author.get("from_ai_agent") or "note" in str(part.get("part_type")):
        return None
    name = author.get("name") or author.get("id")
    return Part(who, seen(who, part.get("body")), part.get("created_at"), part.get("id"), name)


PRESET = Conversations(fits=_fits, expand=_expand)
