"""Conversations of Help Scout with their threads, as its Mailbox API 2 and its webhooks have them.

Source: developer.helpscout.com/mailbox-api/endpoints/conversations and /threads. Threads stand with the newest first.
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
    seen,
)
from hamdel.exports.expanding import each
from hamdel.exports.gathering import gathered, in_time
from hamdel.exports.objects import Values
from hamdel.exports.preset import Objects, Preset, Source

__all__ = ["PRESET"]

_SIDES = {"message": Side.AGENT, "customer": Side.CUSTOMER, "chat": None, "phone": None}


def _threads(value: Mapping[str, Any]) -> Any:
    return mapping(value.get("_embedded")).get("threads", value.get("threads", value.get("messages")))


def _is_thread(value: Mapping[str, Any]) -> bool:
    return "createdBy" in value and "type" in value and "body" in value and ("state" in value or "status" in value)


def _fits(value: Mapping[str, Any]) -> str:
    threads = _threads(value)
    one = mapping(threads[0]) if isinstance(threads, list) and threads else value
    return "threads, type, state, createdBy" if _is_thread(one) else ""


def _read(values: Values, source: Source) -> Values:
    """Yield rows; threads without their conversation are one conversation, as the API lists them."""
    return each(_expand)(gathered(values, lambda value: source.stem if _is_thread(value) else None), source)


def _expand(value: Mapping[str, Any]) -> Iterator[Flat | Left | Lost]:
    customer = mapping(value.get("primaryCustomer")) or mapping(value.get("customer"))
    threads = in_time(messages_in(_threads(value)), "createdAt")
    own = next(
        (mapping(mapping(one).get("customer")).get("id") for one in threads if mapping(one).get("customer")), None
    )
    return rows_of(
        said_in(threads, _said),
        {},
        thread_id=value.get("id") or value.get("number"),
        customer_id=customer.get("id") or own,
        channel=value.get("type") or "email",
        csat=mapping(value.get("rating")).get("rating"),
    )


def _said(thread: Mapping[str, Any]) -> Said:
    kind, state = str(thread.get("type")), str(thread.get("state"))
    if kind == "note":
        return Left.NOTE
    if state == "draft":
        return Left.DRAFT
    if state == "hidden":
        return Left.DELETED
    if kind not in _SIDES or mapping(thread.get("action")).get("type", thread.get("actionType")) in (
        "imported",
        "merged",
    ):
        return Left.SYSTEM
    author = mapping(thread.get("createdBy"))
    side = _SIDES[kind] or (Side.CUSTOMER if author.get("type") == "customer" else Side.AGENT)
    names = (author.get("firstName") or author.get("first"), author.get("lastName") or author.get("last"))
    name = " ".join(str(one) for one in names if one) or author.get("email") or author.get("id")
    return Part(side, seen(side, thread.get("body")), thread.get("createdAt"), thread.get("id"), name)


PRESET = Preset(
    name="help-scout",
    title="Help Scout",
    reads="conversations with their threads; no notes, drafts, line items, hidden, merged or imported ones",
    follows="Help Scout's Mailbox API 2",
    reads_fa="گفتگوها با نوشته‌هایشان؛ بی یادداشت، پیش‌نویس، پنهان، ادغام‌شده و واردشده",
    follows_fa="Mailbox API 2 هلپ‌اسکات",
    objects=Objects(_fits, _read, lists=("_embedded.conversations.item", "_embedded.threads.item")),
)
