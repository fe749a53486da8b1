"""Zendesk: tickets with their comments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hamdel.exports.conversation import Flat, Part, Side, mapping, rows_of, seen, sequence
from hamdel.exports.preset import Conversations

__all__ = ["PRESET"]


def _fits(value: Mapping[str, Any]) -> bool:
    """Whether an object can only be a ticket of Zendesk with its comments."""
    comments = sequence(mapping(value.get("ticket")).get("comments") or value.get("comments"))
    return bool(comments) and "author_id" in comments[0] and "public" in comments[0]


def _expand(value: Mapping[str, Any]) -> Iterator[Flat]:
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
        _part(comment, customer, people)
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


def _part(comment: Mapping[str, Any], customer: Any, people: Mapping[Any, Mapping[str, Any]]) -> Part:
    author = comment.get("author_id")
    person = mapping(comment.get("author")) or people.get(author, {})
    theirs = author == customer or person.get("role") == "end-user"
    text = comment.get("plain_body") or comment.get("html_body") or comment.get("body") or ""
    name = person.get("name") or author
    side = Side.CUSTOMER if theirs else Side.AGENT
    return Part(side, seen(side, text), comment.get("created_at"), comment.get("id"), name)


PRESET = Conversations(fits=_fits, expand=_expand)
