"""The variables of a template: what each holds, and what the agent sees where nothing is known."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from hamdel.model import Channel

__all__ = ["LABELS", "SETTINGS", "known", "placeholder"]

#: Slots that stand in the text; `respect/unfilled-placeholder` finds each of these labels in brackets.
LABELS: Mapping[str, str] = {
    "name": "نام مشتری",
    "order": "شمارهٔ سفارش",
    "problem": "مشکل مشتری",
    "time": "روز و ساعت",
    "product": "نام کالا",
    "date": "تاریخ",
    "amount": "مبلغ",
    "reason": "دلیل",
    "option": "گزینهٔ جایگزین",
    "action": "کاری که می‌کنید",
    "replacement": "شکل محترمانه",
    "link": "لینک",
    "meaning": "توضیح ساده",
    "signer": "نام شما",
    "answer": "جواب",
    "question": "سؤال مشتری",
}
_NUMBER = re.compile(r"\d{4}")  # four digits in a row may be somebody's
#: What a template branches on; these are always known.
SETTINGS = ("formal", "audience", "channel", "emotion", "kind", "matched", "form")


def placeholder(name: str) -> str:
    """Return what stands in the text for a slot without a value: «[شمارهٔ سفارش]»."""
    return f"[{LABELS.get(name, name)}]"


def known(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values that a template may use: no empty ones and, on a public page, nothing personal."""
    public = values.get("channel") == Channel.SOCIAL
    return {
        slot: value
        for slot, value in values.items()
        if value not in ("", None) and not (public and _is_personal(slot, value))
    }


def _is_personal(slot: str, value: Any) -> bool:
    """An order number, or a sentence of the customer with one in it."""
    return slot == "order" or (slot in ("problem", "question") and bool(_NUMBER.search(str(value))))
