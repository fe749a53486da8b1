"""Messages of Basalam chats, as its API lists them.

Only the vendor's own id tells who answered: ``--team ID``. Source: the types of basalam-sdk 1.2 (chat service).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import partial
from itertools import islice
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
from hamdel.exports.gathering import gathered, in_time
from hamdel.exports.objects import Values
from hamdel.exports.preset import Objects, Preset, Source
from hamdel.exports.questions import Asked, QuestionError

__all__ = ["PRESET"]

_LOOKED_AT = 50  # chats in which people are looked for


def _fits(value: Mapping[str, Any]) -> str:
    known = {"chat_id", "message_type", "sender", "content"} <= value.keys() and isinstance(value["sender"], dict)
    return "chat_id, message_type, sender" if known else ""


def _chat(value: Mapping[str, Any]) -> Any:
    return str(value.get("chat_id")) if "chat_id" in value and "message_type" in value else None


def _read(values: Values, source: Source) -> Values:
    if not source.wanted.team:
        told = f"{source.name}: the export doesn't say who answers; say --team ID, your own sender's id"
        raise QuestionError(told, Asked.TEAM, _senders(values))
    return each(partial(_expand, frozenset(source.wanted.team)))(gathered(values, _chat), source)


def _senders(values: Values) -> list[str]:
    """The ids of those who write in the first messages; who writes most comes first, as a shop does."""
    chats = islice(gathered(values, _chat), _LOOKED_AT)
    messages = (one for _, value in chats if isinstance(value, dict) for one in sequence(value.get("messages")))
    ids = Counter(str(mapping(one.get("sender")).get("id") or "") for one in messages)
    return [id_ for id_, _ in ids.most_common() if id_]


def _expand(team: frozenset[str], value: Mapping[str, Any]) -> Iterator[Flat | Left | Lost]:
    messages = in_time(messages_in(value.get("messages")), "created_at")
    first = next((one for one in messages if isinstance(one, dict)), {})
    senders = (str(mapping(one.get("sender")).get("id")) for one in messages if isinstance(one, dict))
    customer = next((one for one in senders if one not in team), None)
    known = {"thread_id": first.get("chat_id"), "customer_id": customer, "channel": "basalam chat"}
    return rows_of(said_in(messages, lambda one: _said(one, team)), {}, **known)


def _said(message: Mapping[str, Any], team: frozenset[str]) -> Said:
    sender, content = mapping(message.get("sender")).get("id"), mapping(message.get("content"))
    if not isinstance(sender, (str, int)):
        return Lost("a message without a sender's id")
    text = content.get("text")
    if not isinstance(text, str) or not text.strip():
        return Left.EMPTY if message.get("message_type") == "text" else Left.MEDIA
    side = Side.AGENT if str(sender) in team else Side.CUSTOMER
    return Part(side, text, message.get("created_at"), message.get("id"), sender)


PRESET = Preset(
    name="basalam",
    title="Basalam",
    reads="lists of messages; `--team` with your own sender's id says who answers; texts and captions only",
    follows="the types of Basalam's SDK",
    reads_fa="فهرست پیام‌ها؛ `--team` با شناسهٔ فرستندهٔ خودتان می‌گوید چه کسی پاسخ می‌دهد؛ فقط متن و شرح عکس",
    follows_fa="نوع‌های SDK باسلام",
    objects=Objects(_fits, _read, lists=("data.messages.item",)),
)
