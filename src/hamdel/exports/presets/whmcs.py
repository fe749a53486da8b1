"""Tickets of WHMCS: the API's ``GetTicket``, or an SQL dump (``tbltickets``, ``tblticketreplies``).

A message is the team's when it has an admin. Texts may have entities and ``\\r\\n``.
Source: developers.whmcs.com/api-reference/getticket; the tables, and the inside of a reply, from published code.
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
from hamdel.exports.preset import Database, Objects, Preset, Source

__all__ = ["PRESET"]

_TICKETS = frozenset("id tid userid admin date message".split())
_REPLIES = frozenset("id tid userid admin date message".split())
_QUERY = """
SELECT * FROM (
  SELECT t.id AS ticket, '0' AS replyid, t.userid AS userid, t.admin AS admin, t.date AS date, t.message AS message
  FROM tbltickets t
  UNION ALL
  SELECT r.tid, r.id, r.userid, r.admin, r.date, r.message FROM tblticketreplies r
)
ORDER BY CAST(ticket AS INTEGER), date, CAST(replyid AS INTEGER)
"""


def _inner(value: Any, name: str) -> list[Any]:
    """A list that is wrapped in an object with its singular as the only key; XML made JSON has a single one bare."""
    found = value.get(name) if isinstance(value, dict) else value
    return [found] if isinstance(found, dict) else messages_in(found)


def _fits(value: Mapping[str, Any]) -> str:
    known = "ticketid" in value and "replies" in value and ("deptid" in value or "tid" in value)
    return "ticketid, tid, replies" if known else ""


def _expand(value: Mapping[str, Any]) -> Iterator[Flat | Left | Lost]:
    replies = in_time(_inner(value.get("replies"), "reply"), "date")
    notes = len(_inner(value.get("notes"), "note"))
    rated = (one.get("rating") for one in replies if isinstance(one, dict))
    own = {name: value[name] for name in ("subject", "status", "priority", "deptname") if name in value}
    return rows_of(
        [*said_in(replies, _said), *[Left.NOTE] * notes],
        own,
        thread_id=value.get("ticketid"),
        customer_id=value.get("userid") or None,
        channel="ticket",
        csat=next((one for one in rated if str(one or "0") != "0"), None),
    )


def _said(reply: Mapping[str, Any]) -> Said:
    operator = str(reply.get("requestor_type") or "").lower() in ("operator", "admin", "staff")
    admin = reply.get("admin")
    side = Side.AGENT if admin or operator else Side.CUSTOMER
    text = seen(side, reply.get("message")).replace("\r\n", "\n")
    author = admin or reply.get("requestor_name")
    return Part(side, text, reply.get("date"), reply.get("replyid"), author)


def _dumped(values: Values, source: Source) -> Values:
    whole = each(_of_dump)
    return whole(gathered(values, lambda row: str(row.get("ticket"))), source)


def _of_dump(value: Mapping[str, Any]) -> Iterator[Flat | Left | Lost]:
    messages = messages_in(value.get("messages"))
    first = mapping(messages[0] if messages else None)
    user = first.get("userid")
    known = {"thread_id": first.get("ticket"), "customer_id": user if user != "0" else None, "channel": "ticket"}
    return rows_of(said_in(messages, _said), {}, **known)


PRESET = Preset(
    name="whmcs",
    title="WHMCS",
    reads="tickets as `GetTicket` answers, or an SQL dump with `tbltickets` and `tblticketreplies`; no notes",
    follows="WHMCS's *GetTicket* reference",
    reads_fa="تیکت‌ها به شکلی که `GetTicket` برمی‌گرداند، یا خروجی SQL با `tbltickets` و `tblticketreplies`؛ بی "
    "یادداشت",
    follows_fa="مستند *GetTicket*",
    objects=Objects(_fits, each(_expand), lists=("tickets.ticket.item",)),
    database=Database({"tbltickets": _TICKETS, "tblticketreplies": _REPLIES}, _QUERY, _dumped),
)
