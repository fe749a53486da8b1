"""Chatwoot: conversations, or messages one after another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hamdel.exports.conversation import Flat, Part, Side, mapping, rows_of, sequence
from hamdel.exports.preset import Conversations

__all__ = ["PRESET"]

_DIRECTIONS = {0: Side.CUSTOMER, 1: Side.AGENT, "incoming": Side.CUSTOMER, "outgoing": Side.AGENT}

_MACHINES = frozenset(("agent_bot", "captain_assistant", "AgentBot", "Captain::Assistant"))


def _fits(value: Mapping[str, Any]) -> bool:
    """Whether an object can only be a conversation of Chatwoot, or a message of one."""
    message = next(iter(sequence(value.get("messages"))), value)
    return "message_type" in message and "content" in message and ("conversation_id" in message or message is not value)


def _key(value: Mapping[str, Any]) -> Any:
    return value.get("conversation_id") if "message_type" in value else None


def _expand(value: Mapping[str, Any]) -> Iterator[Flat]:
    """Yield what agents wrote; private notes, activities, templates and bots are left out.

    Source: developers.chatwoot.com/api-reference ("Get messages", "Conversations list") and Chatwoot's
    ``app/models/message.rb``: message_type is incoming, outgoing, activity or template, or its number from 0.
    """
    messages = sorted(sequence(value.get("messages")), key=lambda one: str(one.get("id")).zfill(20))
    meta = mapping(value.get("meta"))
    first = messages[0] if messages else {}
    inbox = mapping(first.get("conversation"))
    contact = mapping(meta.get("sender")) or next(
        (mapping(one.get("sender")) for one in messages if _side(one) is Side.CUSTOMER), {}
    )
    channel = str(meta.get("channel") or inbox.get("channel") or value.get("channel") or "")
    return rows_of(
        [part for one in messages if (part := _part(one))],
        value,
        thread_id=value.get("id") or first.get("conversation_id"),
        customer_id=contact.get("id"),
        channel=channel.removeprefix("Channel::"),
        csat=next((rating for one in messages if (rating := _rating(one)) is not None), None),
    )


def _side(message: Mapping[str, Any]) -> Side | None:
    return _DIRECTIONS.get(message.get("message_type", ""))


def _part(message: Mapping[str, Any]) -> Part | None:
    side, sender = _side(message), mapping(message.get("sender"))
    machine = sender.get("type") in _MACHINES or message.get("sender_type") in _MACHINES
    if side is None or message.get("private") is True or machine:
        return None
    text = str(message.get("content") or "")
    return Part(side, text, message.get("created_at"), message.get("id"), sender.get("name") or sender.get("id"))


def _rating(message: Mapping[str, Any]) -> Any:
    """The stars that a customer gave in answer to a satisfaction survey."""
    values = mapping(mapping(message.get("content_attributes")).get("submitted_values"))
    return mapping(values.get("csat_survey_response")).get("rating")


PRESET = Conversations(fits=_fits, expand=_expand, key=_key)
