"""Tickets of Freshdesk: of the API (``include=conversations``), and of an account's export in JSON or XML.

Source: developers.freshdesk.com/api, "View a Ticket" and "Conversations". The export wraps tickets in
``helpdesk_ticket`` and has ``notes``, as version 1 of the API has; its XML has the same names with hyphens
(``helpdesk-ticket``, ``helpdesk-note``), which are read as underscores.
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
    sequence,
)
from hamdel.exports.expanding import each
from hamdel.exports.preset import Member, Objects, Preset

__all__ = ["PRESET"]

_SOURCES = {1: "email", 2: "portal", 3: "phone", 7: "chat", 9: "feedback widget", 10: "email"}


def _ticket(value: Mapping[str, Any]) -> Mapping[str, Any]:
    return mapping(value.get("helpdesk_ticket")) or value


def _notes(ticket: Mapping[str, Any]) -> list[Any]:
    found = messages_in(ticket.get("conversations") or ticket.get("notes") or ticket.get("helpdesk_notes"))
    return [mapping(mapping(note).get("note")) or mapping(mapping(note).get("helpdesk_note")) or note for note in found]


def _fits(value: Mapping[str, Any]) -> str:
    ticket = _ticket(value)
    notes = ticket.get("conversations") or ticket.get("notes") or ticket.get("helpdesk_notes")
    first = next(iter(sequence(notes)), {})
    first = mapping(first.get("note")) or mapping(first.get("helpdesk_note")) or first
    if "incoming" in first and "private" in first:
        return "notes, incoming, private"
    opened = "helpdesk_ticket" in value or ("display_id" in ticket and "requester_id" in ticket)
    return "helpdesk_ticket" if opened and "description" in ticket else ""


def _expand(value: Mapping[str, Any]) -> Iterator[Flat | Left | Lost]:
    """Yield the public replies of a ticket; the first message is its description."""
    ticket = _ticket(value)
    customer = ticket.get("requester_id")
    opening = ticket.get("description_text") or ticket.get("description_html") or ticket.get("description")
    opened = {"opening": opening, "created_at": ticket.get("created_at")}
    first = next(said_in([opened], lambda one: _opening(one, customer)))
    source = ticket.get("source")
    rating = ticket.get("satisfaction_rating")
    return rows_of(
        [first, *said_in(_notes(ticket), _said)],
        ticket,
        thread_id=ticket.get("id") or ticket.get("display_id"),
        customer_id=customer,
        channel=ticket.get("source_name") or (_SOURCES.get(source) if isinstance(source, int) else source),
        csat=rating if isinstance(rating, (int, float, str)) else None,
    )


def _opening(ticket: Mapping[str, Any], customer: Any) -> Said:
    return Part(Side.CUSTOMER, seen(Side.CUSTOMER, ticket["opening"]), ticket["created_at"], None, customer)


def _said(note: Mapping[str, Any]) -> Said:
    if _is_true(note.get("private")):
        return Left.NOTE
    if _is_true(note.get("deleted")):
        return Left.DELETED
    side = Side.CUSTOMER if _is_true(note.get("incoming")) else Side.AGENT
    text = note.get("body_text") or note.get("body_html") or note.get("body")
    return Part(side, seen(side, text), note.get("created_at"), note.get("id"), note.get("user_id"))


def _is_true(value: Any) -> bool:
    """Whether a flag is set; XML whose types were lost has it as a word."""
    return value is True or (isinstance(value, str) and value.strip().lower() == "true")


PRESET = Preset(
    name="freshdesk",
    title="Freshdesk",
    reads="tickets with conversations (API) or notes (account export, JSON or XML); no private or deleted ones",
    follows="Freshdesk's API reference",
    reads_fa="تیکت‌ها با گفتگو (API) یا یادداشت (خروجی حساب، JSON یا XML)؛ بی خصوصی و پاک‌شده",
    follows_fa="مستند API فرش‌دسک",
    objects=Objects(_fits, each(_expand), records=("helpdesk-ticket",)),
    member=Member(re.compile(r"(?:.*/)?Tickets\d*\.(?:xml|json)", re.IGNORECASE)),
)
