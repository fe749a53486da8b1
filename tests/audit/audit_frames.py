"""Small tables of an audit, as `hamdel.audit.frames` describes them."""

from __future__ import annotations

import datetime
import random
from typing import Any

import polars as pl

from hamdel.audit.frames import FINDINGS, replies_schema
from hamdel.masking.mask import mask_layout

_WORDS = (
    "رسید فرستاده انبار پیک نشانی پول برگشت حساب کارت گارانتی تعمیر گوشی جعبه خراب تازه عوض نمایندگی شهر درخواست ثبت "
    "بررسی نتیجه پیام خبر تماس کارشناس مبلغ واریز شماره رهگیری بسته تحویل روزنامه دفتر کتاب میز صندلی یخچال لباس کفش"
).split()
START = datetime.datetime(2024, 3, 20, 8, tzinfo=datetime.UTC)  # 1 Farvardin 1403
_BLANK: dict[str, Any] = {
    "id": "", "agent": "", "customer": "", "thread": "", "channel": "", "turn": None, "time": None, "csat": None,
    "respect": 60.0, "empathy": 50.0, "originality": 90.0, "status": "checked", "emotion": "neutral",
    "stage": "decision", "register": "neutral", "errors": 0, "warnings": 0, "suggestions": 0, "message": "",
    "opening": "", "closing": "", "problem": False, "asks": "", "subject": "", "acts": "", "bound": None,
}  # fmt: skip


def replies(rows: list[dict[str, Any]], outcomes: tuple[str, ...] = ()) -> pl.LazyFrame:
    """Rows with what they leave out filled in; ``reply`` is needed."""
    filled = [
        {"row": row, **_BLANK, "length": len(one["reply"]), "layout": mask_layout(one["reply"]), **one}
        for row, one in enumerate(rows)
    ]
    return pl.DataFrame(filled, replies_schema(outcomes)).lazy()


def findings(rows: list[tuple[int, str, str]]) -> pl.LazyFrame:
    """Findings about whole replies: row, check and severity."""
    table = [
        {"row": row, "check": check, "severity": severity, "kind": "", "start": 0, "end": 0, "matched": "",
         "anchor": "document"}
        for row, check, severity in rows
    ]  # fmt: skip
    return pl.DataFrame(table, FINDINGS).lazy()


def team(count: int = 600, seed: int = 4) -> tuple[pl.LazyFrame, pl.LazyFrame]:
    """A team's replies: blame rises, «سارا» writes it more often, and it goes with marks that are one point lower."""
    chance = random.Random(seed)
    rows, found = [], []
    for row in range(count):
        agent = chance.choice(("سارا", "رضا", "علی"))
        day = row * 120 // count
        blame = chance.random() < 0.1 + day / 400 + 0.25 * (agent == "سارا")
        mark = 4 - blame + chance.gauss(0, 0.5)
        words = chance.choices(_WORDS, k=14) if chance.random() < 0.7 else _WORDS[:14]
        rows.append({
            "reply": f"سلام. سفارش {row} شما: {' '.join(words)}. ممنونم.",
            "message": "سفارشم نرسیده", "agent": agent, "channel": chance.choice(("chat", "ایمیل")),
            "time": START + datetime.timedelta(days=day), "csat": mark,
            "outcome_reopened": float(chance.random() < 0.2),
            "id": f"t{row}", "thread": f"ر{row // 2}", "opening": f"سفارش {row} شما", "respect": 70.0 - 30 * blame,
        })  # fmt: skip
        found += [(row, "respect/blame", "warning")] * blame
        found += [(row, "clarity/vague-time", "warning")] * (chance.random() < 0.02)
    return replies(rows, ("reopened",)), findings(found)
