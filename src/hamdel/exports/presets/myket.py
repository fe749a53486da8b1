"""Reviews of Myket, whose exports nobody has documented: objects with a reply and a comment under their likely names.

Never recognised by itself; ``--preset myket`` asks for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hamdel.exports.conversation import Flat, Left, Lost, mapping
from hamdel.exports.expanding import each
from hamdel.exports.preset import Objects, Preset
from hamdel.exports.reviews import review_row

__all__ = ["PRESET"]

_REPLIES = ("reply", "developerReply", "developer_reply", "developerResponse", "response", "answer", "replyText")
_REVIEWS = ("comment", "text", "review", "message", "content", "body")
_TIMES = ("replyDate", "reply_date", "repliedAt", "date", "createdAt", "created_at", "creationDate", "time")


def _first(value: Mapping[str, Any], names: tuple[str, ...]) -> Any:
    return next((value[name] for name in names if value.get(name) not in (None, "")), None)


def _fits_named(value: Mapping[str, Any]) -> str:
    return "comment" if _first(value, _REVIEWS) is not None else ""


def _expand(value: Mapping[str, Any]) -> Iterator[Flat | Left | Lost]:
    reply = _first(value, _REPLIES)
    inner = mapping(reply)
    text = _first(inner, _REVIEWS) if inner else reply
    time = _first(inner, _TIMES) or _first(value, _TIMES)
    yield review_row(text, _first(value, _REVIEWS), time, value, "myket review")


PRESET = Preset(
    name="myket",
    title="Myket",
    reads="reviews with their replies, read leniently, only with `--preset myket`; stars as CSAT",
    follows="nothing that is public",
    reads_fa="نظرها با پاسخشان، با آسان‌گیری، فقط با `--preset myket`؛ ستاره‌ها رضایت‌اند",
    follows_fa="حدس؛ مستندی منتشر نشده است",
    unproven=True,
    objects=Objects(
        lambda _: "",
        each(_expand),
        lists=("comments.item", "reviews.item", "data.comments.item"),
        fits_named=_fits_named,
    ),
)
