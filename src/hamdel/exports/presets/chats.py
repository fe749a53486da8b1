"""Chats as Chatwoot and Telegram Desktop export them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from hamdel.exports.conversation import Flat, Part, Side, mapping, rows_of, sequence
from hamdel.exports.objects import CHAT, Values

__all__ = ["chatwoot", "gathered", "is_chatwoot", "is_telegram", "telegram"]

_DIRECTIONS = {0: Side.CUSTOMER, 1: Side.AGENT, "incoming": Side.CUSTOMER, "outgoing": Side.AGENT}
_MACHINES = frozenset(("agent_bot", "captain_assistant", "AgentBot", "Captain::Assistant"))


def gathered(values: Values, key: Callable[[Mapping[str, Any]], Any]) -> Values:
    """Yield as one conversation what stands side by side and belongs together; other values as they are.

    Args:
        values: messages, or whole conversations, with their numbers.
        key: what messages of one conversation share; None for what isn't a single message.
    """
    group: list[Any] = []
    first, last = 0, None
    for number, value in values:
        own = key(value) if isinstance(value, dict) else None
        if group and (own is None or own != last):
            yield first, {"messages": group}
            group = []
        if own is None:
            yield number, value
        else:
            first = first if group else number
            group.append(value)
        last = own
    if group:
        yield first, {"messages": group}


def is_chatwoot(value: Mapping[str, Any]) -> bool:
    """Whether an object can only be a conversation of Chatwoot, or a message of one."""
    message = next(iter(sequence(value.get("messages"))), value)
    return "message_type" in message and "content" in message and ("conversation_id" in message or message is not value)


def chatwoot(value: Mapping[str, Any]) -> Iterator[Flat]:
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
        [part for one in messages if (part := _chatwoot_part(one))],
        value,
        thread_id=value.get("id") or first.get("conversation_id"),
        customer_id=contact.get("id"),
        channel=channel.removeprefix("Channel::"),
        csat=next((rating for one in messages if (rating := _chatwoot_rating(one)) is not None), None),
    )


def _side(message: Mapping[str, Any]) -> Side | None:
    return _DIRECTIONS.get(message.get("message_type", ""))


def _chatwoot_part(message: Mapping[str, Any]) -> Part | None:
    side, sender = _side(message), mapping(message.get("sender"))
    machine = sender.get("type") in _MACHINES or message.get("sender_type") in _MACHINES
    if side is None or message.get("private") is True or machine:
        return None
    text = str(message.get("content") or "")
    return Part(side, text, message.get("created_at"), message.get("id"), sender.get("name") or sender.get("id"))


def _chatwoot_rating(message: Mapping[str, Any]) -> Any:
    """The stars that a customer gave in answer to a satisfaction survey."""
    values = mapping(mapping(message.get("content_attributes")).get("submitted_values"))
    return mapping(values.get("csat_survey_response")).get("rating")


def is_telegram(value: Mapping[str, Any]) -> bool:
    """Whether an object can only be a message of Telegram Desktop's JSON."""
    return CHAT in value


def telegram(value: Mapping[str, Any], team: frozenset[str] = frozenset()) -> Iterator[Flat]:
    """Yield what agents wrote in a chat.

    In a private chat the customer is whose chat it is, and everybody else is an agent. In groups nothing tells agents
    from customers but ``team``; without it no reply is known there.
    Source: core.telegram.org/import-export.

    Args:
        value: the messages of one chat.
        team: names or ids of those who answer.
    """
    messages = sequence(value.get("messages"))
    chat = mapping(messages[0].get(CHAT)) if messages else {}
    private = str(chat.get("type")) in ("personal_chat", "bot_chat", "private_chat")
    owner = f"user{chat.get('id')}" if private else ""
    parts = [
        part
        for message in messages
        if message.get("type") == "message" and (part := _telegram_part(message, owner, team))
    ]
    yield from rows_of(parts, chat, thread_id=chat.get("id"), customer_id=owner, channel="telegram")


def _telegram_part(message: Mapping[str, Any], owner: str, team: frozenset[str]) -> Part | None:
    name, number = message.get("from"), str(message.get("from_id"))
    if team:
        side = Side.AGENT if team & {name, number, number.removeprefix("user")} else Side.CUSTOMER
    elif owner:
        side = Side.CUSTOMER if number == owner else Side.AGENT
    else:
        return None
    time = message.get("date_unixtime") or message.get("date")
    return Part(side, _telegram_text(message.get("text")), time, message.get("id"), name or number)


def _telegram_text(text: Any) -> str:
    """A text, or a list of texts and entities (links, bold words …) that have one."""
    pieces = text if isinstance(text, list) else [text]
    return "".join(piece if isinstance(piece, str) else str(mapping(piece).get("text", "")) for piece in pieces)
