"""Where the customer stands: finding out, comparing, buying, or after the sale (seed S3)."""

from __future__ import annotations

from hamdel.language.analysis import Analysis
from hamdel.model import Stage

__all__ = ["read_stage"]

_AFTER = frozenset(
    "سفارش بسته مرسوله مرجوعی مرجوع گارانتی خراب شکسته معیوب نرسیده واریز بازگشت پیگیری رهگیری تعمیر فاکتور "
    "لغو نصب".split()
)
_DECISION = frozenset("بخرم بگیرم خرید ثبتنام سفارشبدم میخرم پیشخرید".split())
_CONSIDERATION = frozenset("قیمت قیمتش مقایسه بهتره بهتر مناسب مناسبه تخفیف پلن فرقش تفاوت تفاوتش هزینه موجوده".split())


def read_stage(message: Analysis, has_problem: bool) -> Stage:
    """Return the stage; a problem always means after the sale."""
    said = message.norms | message.lemmas
    if has_problem or said & _AFTER:
        return Stage.AFTER_SALE
    if said & _DECISION:
        return Stage.DECISION
    return Stage.CONSIDERATION if said & _CONSIDERATION else Stage.AWARENESS
