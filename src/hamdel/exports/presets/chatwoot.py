"""Conversations of Chatwoot, or lists of their messages.

Source: developers.chatwoot.com/api-reference ("Get messages", "Conversations list") and Chatwoot's
``app/models/message.rb``: message_type is incoming, outgoing, activity or template, or its number from 0.
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
    sequence,
)
from hamdel.exports.expanding import each
from hamdel.exports.gathering import gathered
from hamdel.exports.objects import Values
from hamdel.exports.preset import Objects, Preset, Source

__all__ = ["PRESET"]

_DIRECTIONS = {0: Side.CUSTOMER, 1: Side.AGENT, "incoming": Side.CUSTOMER, "outgoing": Side.AGENT}
_MACHINES = frozenset(("agent_bot", "captain_assistant", "AgentBot", "Captain::Assistant"))


def _fits(value: Mapping[str, Any]) -> str:
    message = next(iter(sequence(value.get("messages"))), value)
    known = "message_type" in message and "content" in message
    return "message_type" if known and ("conversation_id" in message or message is not value) else ""


def _read(values: Values, source: Source) -> Values:
    return each(_expand)(gathered(values, _thread), source)


def _thread(value: Mapping[str, Any]) -> Any:
    return value.get("conversation_id") if "message_type" in value else None


def _expand(value: Mapping[str, Any]) -> Iterator[Flat | Left | Lost]:
    """Yield what agents wrote; private notes, activities, templates and bots are left out."""
    whole = messages_in(value.get("messages"))
    messages = sorted(sequence(whole), key=lambda one: str(one.get("id")).zfill(20))
    meta = mapping(value.get("meta"))
    first = messages[0] if messages else {}
    inbox = mapping(first.get("conversation"))
    contact = mapping(meta.get("sender")) or next(
        (mapping(one.get("sender")) for one in messages if _side(one) is Side.CUSTOMER), {}
    )
    channel = str(meta.get("channel") or inbox.get("channel") or value.get("channel") or "")
    odd = [one for one in whole if not isinstance(one, dict)]
    return rows_of(
        said_in([*odd, *messages], _said),
        value,
        thread_id=value.get("id") or first.get("conversation_id"),
        customer_id=contact.get("id"),
        channel=channel.removeprefix("Channel::"),
        csat=next((rating for one in messages if (rating := _rating(one)) is not None), None),
    )


def _side(message: Mapping[str, Any]) -> Side | None:
    kind = message.get("message_type")
    return _DIRECTIONS.get(kind) if isinstance(kind, (int, str)) else None


def _said(message: Mapping[str, Any]) -> Said:
    side, sender = _side(message), mapping(message.get("sender"))
    if str(sender.get("type")) in _MACHINES or str(message.get("sender_type")) in _MACHINES:
        return Left.BOT
    if message.get("private") is True:
        return Left.NOTE
    if side is None:
        return Left.SYSTEM
    content = message.get("content")
    if isinstance(content, (dict, list)):
        return Lost("a message whose content is no text")
    text = "" if content is None else str(content)
    return Part(side, text, message.get("created_at"), message.get("id"), sender.get("name") or sender.get("id"))


def _rating(message: Mapping[str, Any]) -> Any:
    """The stars that a customer gave in answer to a satisfaction survey."""
    values = mapping(mapping(message.get("content_attributes")).get("submitted_values"))
    return mapping(values.get("csat_survey_response")).get("rating")


PRESET = Preset(
    name="chatwoot",
    title="Chatwoot",
    reads="conversations or lists of messages; no notes, bots or activities; stars of the survey as CSAT",
    follows="Chatwoot's API reference, `message.rb`",
    reads_fa="گفتگوها یا فهرست پیام‌ها؛ بی یادداشت، ربات و رویداد؛ ستاره‌های نظرسنجی رضایت‌اند",
    follows_fa="مستند API چت‌ووت، `message.rb`",
    objects=Objects(_fits, _read),
)
