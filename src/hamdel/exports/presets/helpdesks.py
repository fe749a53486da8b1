"""Tickets as Zendesk, Intercom and Freshdesk export them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hamdel.exports.conversation import Flat, Part, Side, mapping, rows_of, sequence
from hamdel.exports.markup import html_text

__all__ = ["freshdesk", "intercom", "is_freshdesk", "is_intercom", "is_zendesk", "zendesk"]

_FRESHDESK_SOURCES = {1: "email", 2: "portal", 3: "phone", 7: "chat", 9: "feedback widget", 10: "email"}


def _seen(side: Side, body: object) -> str:
    """The text of a body; what a customer quotes are the agent's words, and nothing tells them from the customer's."""
    return html_text(str(body or ""), quoted=side is Side.AGENT)


def is_zendesk(value: Mapping[str, Any]) -> bool:
    """Whether an object can only be a ticket of Zendesk with its comments."""
    comments = sequence(mapping(value.get("ticket")).get("comments") or value.get("comments"))
    return bool(comments) and "author_id" in comments[0] and "public" in comments[0]


def zendesk(value: Mapping[str, Any]) -> Iterator[Flat]:
    """Yield the public replies of a ticket: of Zendesk's JSON export, or of its API with the comments put in.

    Who is the requester, or has the role "end-user", is the customer; private comments are left out.
    Source: developer.zendesk.com/api-reference/ticketing/tickets/ticket_comments, and "Exporting data to a JSON, CSV,
    or XML file", support.zendesk.com/hc/en-us/articles/4408886165402.
    """
    ticket = {**value, **mapping(value.get("ticket"))}
    people = {one.get("id"): one for one in sequence(value.get("users"))}
    for name in ("requester", "submitter", "assignee"):
        person = mapping(ticket.get(name))
        people.setdefault(person.get("id"), person)
    customer = ticket.get("requester_id") or mapping(ticket.get("requester")).get("id")
    parts = [
        _zendesk_part(comment, customer, people)
        for comment in sequence(ticket.get("comments"))
        if comment.get("public") is not False
    ]
    return rows_of(
        parts,
        ticket,
        thread_id=ticket.get("id"),
        customer_id=customer,
        channel=mapping(ticket.get("via")).get("channel"),
        csat=mapping(ticket.get("satisfaction_rating")).get("score"),
        reopens=mapping(ticket.get("metric_set")).get("reopens"),
    )


def _zendesk_part(comment: Mapping[str, Any], customer: Any, people: Mapping[Any, Mapping[str, Any]]) -> Part:
    author = comment.get("author_id")
    person = mapping(comment.get("author")) or people.get(author, {})
    theirs = author == customer or person.get("role") == "end-user"
    text = comment.get("plain_body") or comment.get("html_body") or comment.get("body") or ""
    name = person.get("name") or author
    side = Side.CUSTOMER if theirs else Side.AGENT
    return Part(side, _seen(side, text), comment.get("created_at"), comment.get("id"), name)


def is_intercom(value: Mapping[str, Any]) -> bool:
    """Whether an object can only be a conversation of Intercom."""
    return "conversation_parts" in value


def intercom(value: Mapping[str, Any]) -> Iterator[Flat]:
    """Yield the replies of admins; notes, and what bots and campaigns sent, are left out.

    Source: developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations (conversation, its source and
    its parts).
    """
    source = mapping(value.get("source"))
    inner = value.get("conversation_parts")
    parts = sequence(mapping(inner).get("conversation_parts") if isinstance(inner, dict) else inner)
    first = {**source, "created_at": value.get("created_at")}
    found = [part for one in (first, *parts) if (part := _intercom_part(one))]
    contacts = mapping(value.get("contacts")).get("contacts")
    customer = next(iter(sequence(contacts)), mapping(source.get("author"))).get("id")
    return rows_of(
        found,
        value,
        thread_id=value.get("id"),
        customer_id=customer,
        channel=source.get("type"),
        csat=mapping(value.get("conversation_rating")).get("rating"),
        reopens=mapping(value.get("statistics")).get("count_reopens"),
    )


def _intercom_part(part: Mapping[str, Any]) -> Part | None:
    author = mapping(part.get("author"))
    side = {"admin": Side.AGENT, "user": Side.CUSTOMER, "lead": Side.CUSTOMER, "contact": Side.CUSTOMER}
    who = side.get(str(author.get("type")))
    automatic = part.get("delivered_as") in ("automated", "campaigns_initiated", "operator_initiated")
    if who is None or automatic or author.get("from_ai_agent") or "note" in str(part.get("part_type")):
        return None
    name = author.get("name") or author.get("id")
    return Part(who, _seen(who, part.get("body")), part.get("created_at"), part.get("id"), name)


def is_freshdesk(value: Mapping[str, Any]) -> bool:
    """Whether an object can only be a ticket of Freshdesk with its conversations."""
    ticket = _freshdesk_ticket(value)
    notes = _freshdesk_notes(ticket)
    return bool(notes) and "incoming" in notes[0] and "private" in notes[0]


def freshdesk(value: Mapping[str, Any]) -> Iterator[Flat]:
    """Yield the public replies of a ticket: of the API (``include=conversations``), or of an account's JSON export.

    The first message is the ticket's description. Source: developers.freshdesk.com/api, "View a Ticket" and
    "Conversations"; the export wraps tickets in ``helpdesk_ticket`` and has ``notes``, as version 1 of the API has.
    """
    ticket = _freshdesk_ticket(value)
    customer = ticket.get("requester_id")
    opening = ticket.get("description_text") or _seen(Side.CUSTOMER, ticket.get("description"))
    parts = [Part(Side.CUSTOMER, str(opening), ticket.get("created_at"), None, customer)]
    parts += [_freshdesk_part(note) for note in _freshdesk_notes(ticket) if note.get("private") is not True]
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


def _freshdesk_ticket(value: Mapping[str, Any]) -> Mapping[str, Any]:
    return mapping(value.get("helpdesk_ticket")) or value


def _freshdesk_notes(ticket: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    found = sequence(ticket.get("conversations") or ticket.get("notes"))
    return [mapping(note.get("note")) or mapping(note.get("helpdesk_note")) or note for note in found]


def _freshdesk_part(note: Mapping[str, Any]) -> Part:
    side = Side.CUSTOMER if note.get("incoming") is True else Side.AGENT
    text = note.get("body_text") or _seen(side, note.get("body") or note.get("body_html"))
    return Part(side, str(text), note.get("created_at"), note.get("id"), note.get("user_id"))
