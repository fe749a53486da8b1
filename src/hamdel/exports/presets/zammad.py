"""Articles of Zammad tickets, as its API lists them.

Source: docs.zammad.org, "Articles". What is internal, and notes, are no communication; a body ends at the signature's
marker.
"""

from __future__ import annotations

import re
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

_SIDES = {"Agent": Side.AGENT, "Customer": Side.CUSTOMER}
_SIGNATURE = re.compile(r"<span[^<>]*js-signatureMarker.*", re.DOTALL)


def _articles(value: Mapping[str, Any]) -> Any:
    """A ticket's articles, where an answer or a program has put them into one object."""
    assets = mapping(mapping(value.get("assets")).get("TicketArticle"))
    return list(assets.values()) or value.get("articles")


def _fits(value: Mapping[str, Any]) -> str:
    articles = _articles(value)
    one = mapping(articles[0]) if isinstance(articles, list) and articles else value
    known = {"ticket_id", "sender", "content_type", "internal"} <= one.keys()
    return "ticket_id, sender, content_type, internal" if known else ""


def _ticket(value: Mapping[str, Any]) -> Any:
    return str(value.get("ticket_id")) if "ticket_id" in value and "sender" in value else None


def _read(values: Values, source: Source) -> Values:
    return each(_expand)(gathered(values, _ticket), source)


def _expand(value: Mapping[str, Any]) -> Iterator[Flat | Left | Lost]:
    articles = in_time(messages_in(value.get("messages", _articles(value))), "created_at")
    first = next((one for one in articles if isinstance(one, dict)), {})
    origin = next((one for one in articles if isinstance(one, dict) and one.get("sender") == "Customer"), {})
    return rows_of(
        said_in(articles, _said),
        {},
        thread_id=first.get("ticket_id"),
        customer_id=origin.get("origin_by_id") or origin.get("created_by_id"),
        channel=origin.get("type") or first.get("type"),
    )


def _said(article: Mapping[str, Any]) -> Said:
    if article.get("internal") is True or article.get("type") == "note":
        return Left.NOTE
    sender = str(article.get("sender"))
    if sender == "System":
        return Left.SYSTEM
    side = _SIDES.get(sender)
    if side is None:
        return Lost("an article that is from neither Agent nor Customer")
    body = article.get("body")
    if "html" in str(article.get("content_type")):
        body = _SIGNATURE.sub("", body) if isinstance(body, str) else body
        text = seen(side, body)
    else:
        text = "" if body is None else str(body)
    author = article.get("created_by") or article.get("created_by_id")
    return Part(side, text, article.get("created_at"), article.get("id"), author)


PRESET = Preset(
    name="zammad",
    title="Zammad",
    reads="lists of a ticket's articles; no notes, internal or system ones; without signatures",
    follows="Zammad's *Articles* reference",
    reads_fa="فهرست نوشته‌های تیکت؛ بی یادداشت، درونی و سیستمی؛ بی امضا",
    follows_fa="مستند *Articles* زامد",
    objects=Objects(_fits, _read),
)
