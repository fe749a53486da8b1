"""Messages of Crisp conversations, as its API lists them.

Source: the types of crisp-api 11 (``WebsiteConversation``) and docs.crisp.chat/references/rest-api/v1,
"Get messages in conversation". Pages are called backwards, so messages are put into the order of time.
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
)
from hamdel.exports.expanding import each
from hamdel.exports.gathering import gathered, in_time
from hamdel.exports.objects import Values
from hamdel.exports.preset import Objects, Preset, Source

__all__ = ["PRESET"]

_SIDES = {"user": Side.CUSTOMER, "operator": Side.AGENT}
_TYPES = {"note": Left.NOTE, "event": Left.SYSTEM, "file": Left.MEDIA, "audio": Left.MEDIA, "animation": Left.MEDIA}


def _fits(value: Mapping[str, Any]) -> str:
    messages = value.get("messages")
    one = mapping(messages[0]) if isinstance(messages, list) and messages else value
    known = {"session_id", "from", "type", "content"} <= one.keys() and one["from"] in ("user", "operator")
    return "session_id, from" if known else ""


def _session(value: Mapping[str, Any]) -> Any:
    return str(value.get("session_id")) if "session_id" in value and "messages" not in value else None


def _read(values: Values, source: Source) -> Values:
    return each(_expand)(gathered(values, _session), source)


def _expand(value: Mapping[str, Any]) -> Iterator[Flat | Left | Lost]:
    messages = in_time(messages_in(value.get("messages")), "timestamp")
    first = next((one for one in messages if isinstance(one, dict)), {})
    customer = next((mapping(one.get("user")).get("user_id") for one in messages if _is_customers(one)), None)
    return rows_of(
        said_in(messages, _said),
        {},
        thread_id=value.get("session_id") or first.get("session_id"),
        customer_id=customer or value.get("session_id") or first.get("session_id"),
        channel=_channel(first.get("origin")),
    )


def _is_customers(message: Any) -> bool:
    return isinstance(message, dict) and message.get("from") == "user"


def _channel(origin: Any) -> str:
    """Where the customer wrote: ``chat``, ``email``, or a plugin such as ``urn:crisp.im:instagram:0``."""
    text = str(origin or "chat")
    return text.split(":")[2] if text.count(":") >= 3 else text


def _said(message: Mapping[str, Any]) -> Said:
    kind, side = str(message.get("type")), _SIDES.get(str(message.get("from")))
    if kind in _TYPES:
        return _TYPES[kind]
    if message.get("automated") is True:
        return Left.BOT
    if kind != "text":
        return Left.SYSTEM  # pickers, fields and carousels
    if side is None:
        return Lost("a message that is from neither user nor operator")
    content = message.get("content")
    if not isinstance(content, str):
        return Lost("a message of type text whose content is no text")
    user = mapping(message.get("user"))
    author = user.get("nickname") or user.get("user_id")
    return Part(side, content, message.get("timestamp"), message.get("fingerprint"), author)


PRESET = Preset(
    name="crisp",
    title="Crisp",
    reads="lists of messages; no notes, events, files or automated messages",
    follows="Crisp's REST API reference",
    reads_fa="فهرست پیام‌ها؛ بی یادداشت، رویداد، فایل و پیام خودکار",
    follows_fa="مستند REST API کریسپ",
    objects=Objects(_fits, _read),
)
