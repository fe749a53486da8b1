"""Reviews of Google Play: the monthly report, UTF-16 with these very headings.

Source: "Download and export monthly reports", support.google.com/googleplay/android-developer/answer/6135870, and
reports that people have published.
"""

from __future__ import annotations

from hamdel.exports.preset import Heading, Preset

__all__ = ["PRESET"]

_COLUMNS = {
    "reply": "Developer Reply Text",
    "message": "Review Text",
    "time": "Developer Reply Date and Time",
    "csat": "Star Rating",
    "id": "Review Link",
}

PRESET = Preset(
    name="google-play",
    title="Google Play",
    reads="the Play Console's monthly reviews (UTF-16 CSV); stars as CSAT, unanswered reviews are left out",
    follows="the Play Console's help, *monthly reports*",
    reads_fa="گزارش ماهانهٔ نظرها از Play Console (CSV با UTF-16)؛ ستاره‌ها رضایت‌اند و نظرهای بی‌پاسخ خوانده "
    "نمی‌شود",
    follows_fa="راهنمای Play Console، *monthly reports*",
    heading=Heading(_COLUMNS, frozenset((_COLUMNS["reply"], _COLUMNS["message"])), "google-play"),
)
