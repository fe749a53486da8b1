"""Chats of Goftino, as its API's ``chat_data`` answers.

The fields of its messages aren't documented in public, so they are read leniently: each message is an object with a
text, a time, and an operator or a user. Source: the methods that public clients of api.goftino.com call.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hamdel.exports.conversation import Flat, Left, Lost, Part, Said, Side, mapping, sequence
from hamdel.exports.expanding import interleaved
from hamdel.exports.gathering import gathered, in_time
from hamdel.exports.markup import html_text
from hamdel.exports.objects import Values
from hamdel.exports.preset import Objects, Preset, Source

__all__ = ["PRESET"]

_TEXTS = ("text", "message", "content", "body")
_TIMES = ("date", "created_at", "createdAt", "time", "timestamp", "sent_at", "datetime")
_OPERATORS = ("operator_id", "operator", "operator_name", "from_operator")
_USERS = ("user_id", "user", "visitor_id", "visitor", "customer_id")
_SENDERS = ("sender", "from", "sender_type", "from_type", "type")
_SIDES = {
    "operator": Side.AGENT,
    "agent": Side.AGENT,
    "admin": Side.AGENT,
    "user": Side.CUSTOMER,
    "visitor": Side.CUSTOMER,
    "customer": Side.CUSTOMER,
    "client": Side.CUSTOMER,
}
_MEDIA = frozenset(("file", "image", "voice", "video", "audio", "photo"))
_LEFT = (
    (frozenset(("note", "private")), Left.NOTE),
    (frozenset(("bot", "robot", "auto", "automatic")), Left.BOT),
    (frozenset(("system",)), Left.SYSTEM),
)


def _first(value: Mapping[str, Any], names: tuple[str, ...]) -> Any:
    return next((value[name] for name in names if value.get(name) not in (None, "", 0, False)), None)


def _fits(value: Mapping[str, Any]) -> str:
    messages = sequence(value.get("messages")) or [value]
    known = any("operator_id" in one and any(isinstance(one.get(name), str) for name in _TEXTS) for one in messages)
    chat = "chat_id" in value or any("chat_id" in one or "user_id" in one for one in messages)
    return "chat_id, operator_id" if known and chat else ""


def _fits_named(value: Mapping[str, Any]) -> str:
    messages = sequence(value.get("messages")) or [value]
    return "messages" if any(_first(one, _TEXTS) for one in messages) else ""


def _read(values: Values, source: Source) -> Values:
    return interleaved(_take(source))(_in_order(_each_message(values)), source)


def _chat(value: Mapping[str, Any]) -> Any:
    return value.get("chat_id") or ""


def _in_order(values: Values) -> Values:
    """Yield single messages, the oldest of each chat first: nothing documented says how they come."""
    for number, value in gathered(values, _chat):
        messages = value.get("messages") if isinstance(value, dict) else None
        if not isinstance(messages, list):
            yield number, value
            continue
        field = next((name for name in _TIMES if any(_first(one, (name,)) for one in messages)), _TIMES[0])
        yield from enumerate(in_time(messages, field), number)


def _each_message(values: Values) -> Values:
    """Yield single messages, of chats that have a list of them, too."""
    number = 0
    for place, value in values:
        inner = value.get("messages") if isinstance(value, dict) else None
        if not isinstance(inner, list):
            number += 1
            yield number if place <= number else place, value
            continue
        for one in inner:
            number += 1
            yield number, {"chat_id": value.get("chat_id"), **one} if isinstance(one, dict) else one


def _take(source: Source) -> Any:
    def take(value: Mapping[str, Any]) -> tuple[str, Said, Flat]:
        chat = value.get("chat_id") or source.stem
        user = _first(value, _USERS)
        cells: Flat = {"thread id": chat, "channel": "chat"}
        if isinstance(user, (str, int)):
            cells["customer id"] = user
        return str(chat), _said(value), cells

    return take


def _said(value: Mapping[str, Any]) -> Said:
    kinds = {str(value.get(name)).lower() for name in (*_SENDERS, "kind", "message_type")}
    kinds |= {word for word, flag in (("note", "is_note"), ("bot", "is_bot")) if value.get(flag) is True}
    left = next((why for words, why in _LEFT if kinds & words), None)
    if left is not None:
        return left
    text = _first(value, _TEXTS)
    if isinstance(text, dict):
        text = _first(text, _TEXTS)
    if text is None:
        return Left.MEDIA if kinds & _MEDIA or value.get("file") or value.get("attachment") else Left.EMPTY
    if not isinstance(text, str):
        return Lost("a message whose text is none")
    operator, user = _first(value, _OPERATORS), _first(value, _USERS)
    side = next((_SIDES[kind] for kind in sorted(kinds) if kind in _SIDES), None)
    if side is None:
        if operator is None and user is None:
            return Lost("a message that has neither an operator nor a user")
        side = Side.AGENT if operator is not None else Side.CUSTOMER
    author = mapping(operator).get("name") or mapping(operator).get("id") if isinstance(operator, dict) else operator
    return Part(side, html_text(text), _first(value, _TIMES), value.get("id") or value.get("message_id"), author)


PRESET = Preset(
    name="goftino",
    title="Goftino",
    reads="answers of the API's `chat_data`, read leniently, for its fields aren't documented; no notes, files or bots",
    follows="public clients of Goftino's API",
    reads_fa="پاسخ‌های `chat_data` از API، با آسان‌گیری، چون نام فیلدهایش جایی نوشته نشده است؛ بی یادداشت، فایل "
    "و ربات",
    follows_fa="برنامه‌هایی که از API گفتینو استفاده می‌کنند",
    unproven=True,
    objects=Objects(
        _fits,
        _read,
        lists=("data.messages.item", "data.chat_data.item", "data.chat.messages.item", "chat_data.item"),
        whole=("chat_id",),
        fits_named=_fits_named,
    ),
)
