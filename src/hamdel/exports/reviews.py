"""Reviews of apps as rows: what the developer replied, and what was written of the app."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hamdel.exports.conversation import Flat, Left, Lost
from hamdel.exports.markup import html_text

__all__ = ["review_row"]


def review_row(reply: Any, review: Any, time: Any, whole: Mapping[str, Any], channel: str) -> Flat | Left | Lost:
    """Return the row of a review.

    Args:
        reply: what the developer wrote; None or empty when nobody did.
        review: what the customer wrote.
        time: of the reply, or of the review.
        whole: the review, for its id and stars.
        channel: of the shop.
    """
    if reply is None or reply == "":
        return Left.UNANSWERED
    if not isinstance(reply, str) or not isinstance(review, (str, type(None))):
        return Lost("a review whose texts are none")
    stars = next((whole[name] for name in ("rate", "rating", "score", "stars") if name in whole), None)
    return {
        "reply": html_text(reply),
        "time": time,
        "id": whole.get("id"),
        "turn": 1,
        "customer message": html_text(review or ""),
        "channel": channel,
        "csat": stars,
    }
