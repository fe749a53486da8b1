"""Prompts that people pick from their assistant's menu; they say how to work with the tools."""

from __future__ import annotations

__all__ = ["better", "review"]

_BETTER = """پیش‌نویس پاسخ پشتیبانی زیر را بهتر کن.
۱. با check_reply پیش‌نویس و پیام مشتری را بررسی کن.
۲. هر خطا و هشدار را برطرف کن. واقعیت‌ها و ترتیبشان بماند؛ هیچ زمان، قول یا علتی از خودت نساز
و هر چه را نمی‌دانی در کروشه بگذار.
۳. دوباره بررسی کن تا send درست شود؛ پس از سه بار، آنچه مانده را به من بگو.
۴. فقط متن نهایی را بنویس و زیرش در دو خط بگو چه عوض شد.
"""
_REVIEW = """این پاسخ را مثل سرپرستی خوش‌برخورد بررسی کن، برای یاد دادن و نه نمره دادن.
۱. با check_reply بررسی کن و برای هر یافته explain_check را بخوان.
۲. اول بگو چه چیز پاسخ خوب است. بعد مهم‌ترین دو مورد را بگو: مشتری چه برداشتی می‌کند، کجای متن، و یک جملهٔ بهتر.
۳. اگر با یافته‌ای موافق نیستی، بگو چرا؛ حق همیشه با ابزار نیست.
"""


def better(draft: str, customer: str = "") -> str:
    """Improve a draft with hamdel as the judge."""
    return _BETTER + _case(draft, customer)


def review(draft: str, customer: str = "") -> str:
    """Review a reply as a kind team lead would."""
    return _REVIEW + _case(draft, customer)


def _case(draft: str, customer: str) -> str:
    return (f"\nپیام مشتری:\n{customer}\n" if customer else "") + f"\nپیش‌نویس:\n{draft}\n"
