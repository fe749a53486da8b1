"""What a bot of Bale has kept: updates and sent messages as JSON, or a program's SQLite.

Bale forgets updates after a day, so there is no other history. The bot API is like Telegram's, whose bots' updates are
read as well. What the bot sent was written by those who answer. Source: Bale's bot API; the tables of bale-mcp 0.2.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hamdel.exports.conversation import Flat, Left, Lost, Part, Said, Side, mapping
from hamdel.exports.expanding import interleaved
from hamdel.exports.objects import Values
from hamdel.exports.preset import Database, Objects, Preset, Source

__all__ = ["PRESET"]

_MESSAGES = frozenset("id chat_id message_id outgoing sender sender_id date kind text".split())
_QUERY = """
SELECT m.chat_id, m.message_id, m.outgoing, m.sender, m.sender_id, m.date, m.kind, m.text
FROM messages m ORDER BY m.chat_id, m.date, m.id
"""
_MEDIA = frozenset("photo document audio video voice animation sticker contact location".split())


def _message(value: Mapping[str, Any]) -> Mapping[str, Any]:
    """The message in an update, or in the answer to one that was sent."""
    for name in ("message", "result", "edited_message"):
        if isinstance(value.get(name), dict):
            return mapping(value[name])
    return value


def _fits(value: Mapping[str, Any]) -> str:
    message = _message(value)
    known = {"message_id", "date", "chat"} <= message.keys() and "type" in mapping(message["chat"])
    return "message_id, date, chat" if known else ""


def _read(values: Values, source: Source) -> Values:
    team = frozenset(source.wanted.team)

    def take(value: Mapping[str, Any]) -> tuple[str, Said, Flat]:
        message = _message(value)
        chat, sender = mapping(message.get("chat")), mapping(message.get("from"))
        thread = str(chat.get("id"))
        cells: Flat = {"thread id": thread, "channel": "bale"}
        if chat.get("type") == "private":
            cells["customer id"] = thread
        return thread, _said(value, message, sender, team), cells

    return interleaved(take)(values, source)


def _said(
    value: Mapping[str, Any], message: Mapping[str, Any], sender: Mapping[str, Any], team: frozenset[str]
) -> Said:
    if "edited_message" in value:
        return Left.EDITED
    if "message_id" not in message:
        return Left.SYSTEM  # pressed buttons, payments
    text = message.get("text", message.get("caption"))
    if text is None:
        return Left.MEDIA if _MEDIA & message.keys() else Left.SYSTEM
    if not isinstance(text, str):
        return Lost("a message whose text is none")
    number = sender.get("id")
    name = sender.get("first_name") or sender.get("username") or number
    ours = team and not team.isdisjoint((str(number), str(sender.get("username")), str(sender.get("first_name"))))
    side = Side.AGENT if sender.get("is_bot") is True or ours else Side.CUSTOMER
    return Part(side, text, message.get("date"), message.get("message_id"), name)


def _stored(values: Values, source: Source) -> Values:
    def take(value: Mapping[str, Any]) -> tuple[str, Said, Flat]:
        thread = str(value.get("chat_id"))
        ours = str(value.get("outgoing")) in ("1", "True", "true")
        side = Side.AGENT if ours else Side.CUSTOMER
        text = value.get("text")
        cells: Flat = {"thread id": thread, "customer id": thread, "channel": "bale"}
        if not text:
            return thread, Left.MEDIA if value.get("kind") not in (None, "text") else Left.EMPTY, cells
        part = Part(side, str(text), value.get("date"), value.get("message_id"), value.get("sender"))
        return thread, part, cells

    return interleaved(take)(values, source)


PRESET = Preset(
    name="bale",
    title="Bale",
    reads="a bot's updates and sent messages (JSON, JSON Lines; Telegram's too), or the SQLite of bale-mcp",
    follows="Bale's bot API",
    reads_fa="به‌روزرسانی‌ها و پیام‌های فرستادهٔ یک ربات (JSON، JSON Lines؛ از تلگرام هم)، یا SQLite برنامهٔ "
    "bale-mcp",
    follows_fa="مستند Bot API بله",
    objects=Objects(_fits, _read, lists=("result.item",)),
    database=Database({"messages": _MESSAGES}, _QUERY, _stored),
)
