"""Tickets of Zendesk with their comments: its JSON export, or the API's tickets with the comments put in.

Source: developer.zendesk.com/api-reference/ticketing/tickets/ticket_comments, and "Exporting data to a JSON, CSV, or
XML file", support.zendesk.com/hc/en-us/articles/4408886165402.
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
    sequence,
)
from hamdel.exports.expanding import each
from hamdel.exports.preset import Objects, Preset

__all__ = ["PRESET"]


def _fits(value: Mapping[str, Any]) -> str:
    comments = sequence(mapping(value.get("ticket")).get("comments") or value.get("comments"))
    known = bool(comments) and "author_id" in comments[0] and "public" in comments[0]
    return "comments, author_id, public" if known else ""


def _expand(value: Mapping[str, Any]) -> Iterator[Flat | Left | Lost]:
    """Yield the public replies of a ticket. Who is the requester, or has the role "end-user", is the customer."""
    ticket = {**value, **mapping(value.get("ticket"))}
    people = {one.get("id"): one for one in sequence(value.get("users"))}
    for name in ("requester", "submitter", "assignee"):
        person = mapping(ticket.get(name))
        people.setdefault(person.get("id"), person)
    customer = ticket.get("requester_id") or mapping(ticket.get("requester")).get("id")
    return rows_of(
        said_in(messages_in(ticket.get("comments")), lambda one: _said(one, customer, people)),
        ticket,
        thread_id=ticket.get("id"),
        customer_id=customer,
        channel=mapping(ticket.get("via")).get("channel"),
        csat=mapping(ticket.get("satisfaction_rating")).get("score"),
        reopens=mapping(ticket.get("metric_set")).get("reopens"),
    )


def _said(comment: Mapping[str, Any], customer: Any, people: Mapping[Any, Mapping[str, Any]]) -> Said:
    if comment.get("public") is False:
        return Left.NOTE
    author = comment.get("author_id")
    person = mapping(comment.get("author")) or people.get(author, {})
    theirs = author == customer or person.get("role") == "end-user"
    text = comment.get("plain_body") or comment.get("html_body") or comment.get("body")
    side = Side.CUSTOMER if theirs else Side.AGENT
    return Part(side, seen(side, text), comment.get("created_at"), comment.get("id"), person.get("name") or author)


PRESET = Preset(
    name="zendesk",
    title="Zendesk",
    reads="tickets with their comments: JSON export, or the API's; public comments only; `reopens` is an outcome",
    follows="Zendesk's *Ticket Comments* reference",
    reads_fa="تیکت‌ها با نظرهایشان: خروجی JSON یا API؛ فقط نظرهای همگانی؛ `reopens` پیامد است",
    follows_fa="مستند *Ticket Comments* زندسک",
    objects=Objects(_fits, each(_expand)),
)
