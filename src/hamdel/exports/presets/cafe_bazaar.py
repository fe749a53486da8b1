"""Reviews of Cafe Bazaar, as its public call ``ReviewRequest`` answers.

Source: an answer that somebody published in 2026, which doesn't show the shape of a reply: a text or an object. The
accounts of those who wrote are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hamdel.exports.conversation import Flat, Left, Lost, mapping
from hamdel.exports.expanding import each
from hamdel.exports.preset import Objects, Preset
from hamdel.exports.reviews import review_row

__all__ = ["PRESET"]


def _fits(value: Mapping[str, Any]) -> str:
    known = {"comment", "rate", "reply"} <= value.keys() and ("versionCode" in value or "accountID" in value)
    return "comment, rate, reply, versionCode" if known else ""


def _expand(value: Mapping[str, Any]) -> Iterator[Flat | Left | Lost]:
    reply = value.get("reply")
    inner = mapping(reply)
    text = next((inner[name] for name in ("comment", "text", "reply", "message") if inner.get(name)), None)
    found = text if inner else reply
    yield review_row(found, value.get("comment"), inner.get("date") or value.get("date"), value, "cafe-bazaar review")


PRESET = Preset(
    name="cafe-bazaar",
    title="Cafe Bazaar",
    reads="reviews as `ReviewRequest` answers; stars as CSAT; what nobody answered, and accounts, are left out",
    follows="one published answer",
    reads_fa="نظرها به شکلی که `ReviewRequest` برمی‌گرداند؛ ستاره‌ها رضایت‌اند؛ نظرهای بی‌پاسخ و حساب نویسنده‌ها "
    "خوانده نمی‌شود",
    follows_fa="یک پاسخ منتشرشده",
    unproven=True,
    objects=Objects(_fits, each(_expand), lists=("singleReply.reviewReply.reviews.item", "reviews.item")),
)
