"""Telegram Desktop: the messages of chats."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hamdel.exports.conversation import Flat, Part, Side, mapping, rows_of, sequence
from hamdel.exports.objects import CHAT
from hamdel.exports.preset import Conversations

__all__ = ["PRESET"]


def _fits(value: Mapping[str, Any]) -> bool:
    """Whether an object can only be a message of Telegram Desktop's JSON."""
    return CHAT in value


def _key(value: Mapping[str, Any]) -> Any:
    return mapping(value.get(CHAT)).get("id") if CHAT in value else None


def _expand(value: Mapping[str, Any], team: frozenset[str] = frozenset()) -> Iterator[Flat]:
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
    parts = [part for message in messages if message.get("type") == "message" and (part := _part(message, owner, team))]
    yield from rows_of(parts, chat, thread_id=chat.get("id"), customer_id=owner, channel="telegram")


def _part(message: Mapping[str, Any], owner: str, team: frozenset[str]) -> Part | None:
    name, number = message.get("from"), str(message.get("from_id"))
    if team:
        side = Side.AGENT if team & {name, number, number.removeprefix("user")} else Side.CUSTOMER
    elif owner:
        side = Side.CUSTOMER if number == owner else Side.AGENT
    else:
        return None
    time = message.get("date_unixtime") or message.get("date")
    return Part(side, _text(message.get("text")), time, message.get("id"), name or number)


def _text(text: Any) -> str:
    """A text, or a list of texts and entities (links, bold words …) that have one."""
    pieces = text if isinstance(text, list) else [text]
    return "".join(piece if isinstance(piece, str) else str(mapping(piece).get("text", "")) for piece in pieces)


PRESET = Conversations(fits=_fits, expand=_expand, key=_key, by_team=_expand)
