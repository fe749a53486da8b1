"""Freshdesk: tickets with their conversations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hamdel.exports.conversation import Flat, Part, Side, mapping, rows_of, seen, sequence
from hamdel.exports.preset import Conversations

__all__ = ["PRESET"]

_FRESHDESK_SOURCES = {1: "email", 2: "portal", 3: "phone", 7: "chat", 9: "feedback widget", 10: "email"}


def _fits(value: Mapping[str, Any]) -> bool:
    """Whether an object can only be a ticket of Freshdesk with its conversations."""
    ticket = _ticket(value)
    notes = _notes(ticket)
    return bool(notes) and "incoming" in notes[0] and "private" in notes[0]


def _expand(value: Mapping[str, Any]) -> Iterator[Flat]:
    """Yield the public replies of a ticket: of the API (``include=conversations``), or of an account's JSON export.

    The first message is the ticket's description. Source: developers.freshdesk.com/api, "View a Ticket" and
    "Conversations"; the export wraps tickets in ``helpdesk_ticket`` and has ``notes``, as version 1 of the API has.
    """
    ticket = _ticket(value)
    customer = ticket.get("requester_id")
    opening = ticket.get("description_text") or seen(Side.CUSTOMER, ticket.get("description"))
    parts = [Part(Side.CUSTOMER, str(opening), ticket.get("created_at"), None, customer)]
    parts += [_part(note) for note in _notes(ticket) if note.get("private") is not True]
    source = ticket.get("source")
    rating = ticket.get("satisfaction_rating")
    return rows_of(
        parts,
        ticket,
        thread_id=ticket.get("id") or ticket.get("display_id"),
        customer_id=customer,
        channel=ticket.get("source_name") or (_FRESHDESK_SOURCES.get(source) if isinstance(source, int) else source),
        csat=rating if isinstance(rating, (int, float, str)) else None,
    )


def _ticket(value: Mapping[str, Any]) -> Mapping[str, Any]:
    return mapping(value.get("helpdesk_ticket")) or value


def _notes(ticket: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    found = sequence(ticket.get("conversations") or ticket.get("notes"))
    return [mapping(note.get("note")) or mapping(note.get("helpdesk_note")) or note for note in found]


def _part(note: Mapping[str, Any]) -> Part:
    side = Side.CUSTOMER if note.get("incoming") is True else Side.AGENT
    text = note.get("body_text") or seen(side, note.get("body") or note.get("body_html"))
    return Part(side, str(text), note.get("created_at"), note.get("id"), note.get("user_id"))


PRESET = Conversations(fits=_fits, expand=_expand)
