"""Tickets of osTicket, from an SQL dump of three tables; its own CSV export has no bodies.

``mysqldump osticket ost_ticket ost_thread ost_thread_entry > tickets.sql`` makes the dump. The query below is what is
asked of it, and may be asked of the database itself. Source: osTicket 1.18, ``include/class.thread.php``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hamdel.exports.conversation import Flat, Left, Lost, Part, Said, Side, mapping, messages_in, rows_of, said_in, seen
from hamdel.exports.expanding import each
from hamdel.exports.gathering import gathered
from hamdel.exports.objects import Values
from hamdel.exports.preset import Database, Preset, Source

__all__ = ["PRESET"]

_TABLES = {
    "ost_thread_entry": frozenset("id thread_id staff_id user_id type flags poster source body format created".split()),
    "ost_thread": frozenset("id object_id object_type".split()),
    "ost_ticket": frozenset("ticket_id number user_id source".split()),
}
_QUERY = """
SELECT e.thread_id, h.object_type, k.number, k.user_id AS customer, k.source AS channel,
       e.id, e.type, e.flags, e.staff_id, e.poster, e.body, e.format, e.created
FROM ost_thread_entry e
LEFT JOIN ost_thread h ON h.id = e.thread_id
LEFT JOIN ost_ticket k ON k.ticket_id = h.object_id AND h.object_type = 'T'
ORDER BY CAST(e.thread_id AS INTEGER), e.created, CAST(e.id AS INTEGER)
"""
_HIDDEN = 0x4  # ThreadEntry::FLAG_HIDDEN: what an edit has replaced
_SIDES = {"M": Side.CUSTOMER, "R": Side.AGENT}


def _read(values: Values, source: Source) -> Values:
    return each(_expand)(gathered(values, lambda row: str(row.get("thread_id"))), source)


def _expand(value: Mapping[str, Any]) -> Iterator[Flat | Left | Lost]:
    entries = messages_in(value.get("messages"))
    first = mapping(entries[0] if entries else None)
    return rows_of(
        said_in(entries, _said),
        {},
        thread_id=first.get("number") or first.get("thread_id"),
        customer_id=first.get("customer"),
        channel=first.get("channel"),
    )


def _said(entry: Mapping[str, Any]) -> Said:
    kind = str(entry.get("type"))
    if kind == "N":
        return Left.NOTE
    if entry.get("object_type") != "T":
        return Left.NOTE if entry.get("object_type") else Lost("an entry whose thread isn't in the dump")
    flags = str(entry.get("flags") or "0")
    if flags.isdecimal() and int(flags) & _HIDDEN:
        return Left.EDITED
    side = _SIDES.get(kind)
    if side is None:
        return Lost("an entry that is neither a message nor a reply nor a note")
    body = entry.get("body")
    text = seen(side, body) if str(entry.get("format")) != "text" else str(body or "")
    return Part(side, text.replace("\r\n", "\n"), entry.get("created"), entry.get("id"), entry.get("poster"))


PRESET = Preset(
    name="osticket",
    title="osTicket",
    reads="an SQL dump of `ost_ticket`, `ost_thread` and `ost_thread_entry`; no notes, tasks or replaced versions",
    follows="osTicket 1.18's own tables",
    reads_fa="خروجی SQL از `ost_ticket`، `ost_thread` و `ost_thread_entry`؛ بی یادداشت، کار و نسخهٔ جایگزین‌شده",
    follows_fa="جدول‌های خود osTicket 1.18",
    database=Database(_TABLES, _QUERY, _read),
)
