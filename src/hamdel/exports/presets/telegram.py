"""Chats of Telegram Desktop: ``result.json`` of one chat, or of all.

In a private chat the customer is whose chat it is, and everybody else is an agent. In groups nothing tells agents from
customers but who is said to be the team.
Source: core.telegram.org/import-export.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from hamdel.exports.conversation import Flat, Left, Lost, Part, Said, Side, mapping, rows_of, said_in, sequence
from hamdel.exports.gathering import gathered
from hamdel.exports.objects import CHAT, Values
from hamdel.exports.preset import Objects, Preset, Source, each

__all__ = ["PRESET"]

_PRIVATE = frozenset(("personal_chat", "bot_chat", "private_chat"))


def _fits(value: Mapping[str, Any]) -> str:
    return "a chat's type, id and messages" if CHAT in value else ""


def _thread(value: Mapping[str, Any]) -> Any:
    return mapping(value.get(CHAT)).get("id") if CHAT in value else None


def _read(values: Values, source: Source) -> Values:
    return each(partial(_expand, frozenset(source.wanted.team)))(gathered(values, _thread), source)


def _expand(team: frozenset[str], value: Mapping[str, Any]) -> Iterator[Flat | Left | Lost]:
    """Yield what agents wrote in a chat; ``team`` has names or ids of those who answer."""
    messages = sequence(value.get("messages"))
    chat = mapping(messages[0].get(CHAT)) if messages else {}
    owner = f"user{chat.get('id')}" if str(chat.get("type")) in _PRIVATE else ""
    parts = said_in(messages, lambda one: _said(one, owner, team))
    return rows_of(parts, chat, thread_id=chat.get("id"), customer_id=owner, channel="telegram")


def _said(message: Mapping[str, Any], owner: str, team: frozenset[str]) -> Said:
    if message.get("type") != "message":
        return Left.SYSTEM
    name, number = message.get("from"), str(message.get("from_id"))
    if team:
        side = Side.AGENT if not team.isdisjoint((str(name), number, number.removeprefix("user"))) else Side.CUSTOMER
    elif owner:
        side = Side.CUSTOMER if number == owner else Side.AGENT
    else:
        return Lost("in a group nothing tells who answers; name them with --team")
    time = message.get("date_unixtime") or message.get("date")
    text = _text(message.get("text"))
    if not text.strip() and ({"photo", "file", "media_type"} & message.keys()):
        return Left.MEDIA
    return Part(side, text, time, message.get("id"), name or number)


def _text(text: Any) -> str:
    """A text, or a list of texts and entities (links, bold words …) that have one."""
    pieces = text if isinstance(text, list) else [text]
    return "".join(piece if isinstance(piece, str) else str(mapping(piece).get("text", "")) for piece in pieces)


PRESET = Preset(
    name="telegram",
    title="Telegram Desktop",
    reads="`result.json` of Telegram Desktop, one chat or all; in groups `--team` says who answers",
    follows="*Telegram Data Export Schema*",
    objects=Objects(_fits, _read),
)
