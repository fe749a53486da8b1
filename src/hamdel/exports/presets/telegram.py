"""Chats of Telegram Desktop: ``result.json`` of one chat, or of all.

In a private chat the customer is whose chat it is, and everybody else is an agent. In groups nothing tells agents from
customers but who is said to be the team.
Source: core.telegram.org/import-export.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import partial
from itertools import chain, islice
from typing import Any

from hamdel.exports.conversation import Flat, Left, Lost, Part, Said, Side, mapping, rows_of, said_in, sequence
from hamdel.exports.expanding import each
from hamdel.exports.gathering import gathered
from hamdel.exports.objects import CHAT, Values
from hamdel.exports.preset import Objects, Preset, Source
from hamdel.exports.questions import Asked, QuestionError

__all__ = ["PRESET"]

_PRIVATE = frozenset(("personal_chat", "bot_chat", "private_chat"))


def _fits(value: Mapping[str, Any]) -> str:
    return "type, id, messages" if CHAT in value else ""


def _thread(value: Mapping[str, Any]) -> Any:
    return mapping(value.get(CHAT)).get("id") if CHAT in value else None


def _read(values: Values, source: Source) -> Values:
    chats = gathered(values, _thread)
    if not source.wanted.team:
        chats = _known(chats, source)
    return each(partial(_expand, frozenset(source.wanted.team)))(chats, source)


def _known(chats: Values, source: Source) -> Values:
    """Return the same chats, unless all there is is one group: then only the user knows who answers in it.

    Raises:
        QuestionError: so it is.
    """
    first = list(islice(chats, 2))
    groups = [value for _, value in first if isinstance(value, dict) and not _owner(_chat(value))]
    if not first or len(groups) < len(first) or len({_chat(value).get("id") for value in groups}) > 1:
        return chain(first, chats)
    messages = (one for value in groups for one in sequence(value.get("messages")))
    people = Counter(str(one["from"]) for one in messages if one.get("from"))
    told = f"{source.name}: in a group nothing tells who answers; say --team NAME"
    raise QuestionError(told, Asked.TEAM, [name for name, _ in people.most_common()])


def _chat(value: Mapping[str, Any]) -> Mapping[str, Any]:
    messages = sequence(value.get("messages"))
    return mapping(messages[0].get(CHAT)) if messages else {}


def _owner(chat: Mapping[str, Any]) -> str:
    """The customer's id of a private chat; empty for a group."""
    return f"user{chat.get('id')}" if str(chat.get("type")) in _PRIVATE else ""


def _expand(team: frozenset[str], value: Mapping[str, Any]) -> Iterator[Flat | Left | Lost]:
    """Yield what agents wrote in a chat; ``team`` has names or ids of those who answer."""
    messages = sequence(value.get("messages"))
    chat = _chat(value)
    owner = _owner(chat)
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
    reads_fa="`result.json` از تلگرام دسکتاپ، یک گفتگو یا همه؛ در گروه‌ها `--team` می‌گوید چه کسی پاسخ می‌دهد",
    follows_fa="*Telegram Data Export Schema*",
    objects=Objects(_fits, _read),
)
