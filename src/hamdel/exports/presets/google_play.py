"""Google Play: the monthly report of reviews, UTF-16 with these very headings.

Source: "Download and export monthly reports", support.google.com/googleplay/android-developer/answer/6135870, and
reports that people have published.
"""

from __future__ import annotations

from hamdel.exports.preset import Reviews

__all__ = ["PRESET"]

PRESET = Reviews(
    {
        "reply": "Developer Reply Text",
        "message": "Review Text",
        "time": "Developer Reply Date and Time",
        "csat": "Star Rating",
        "id": "Review Link",
    }
)
