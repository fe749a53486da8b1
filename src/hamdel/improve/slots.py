"""The variables of a template: what each holds, and what the agent sees where nothing is known."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["LABELS", "SETTINGS", "placeholder"]

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
#: What a template branches on; these are always known.
SETTINGS = ("formal", "audience", "channel", "emotion", "kind", "matched", "form")


def placeholder(name: str) -> str:
    """Return what stands in the text for a slot without a value: «[شمارهٔ سفارش]»."""
    return f"[{LABELS.get(name, name)}]"
