"""What assistants are told: a request's result, cut to what a model can act on, with what is personal covered.

A report has some twelve thousand characters, most of them for programs. Every one of them would be read, and paid for,
by a model; and the model may be in somebody's cloud, so whatever text goes out is covered as a whole, the draft too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from typing_extensions import TypedDict  # pydantic reads typing's own from Python 3.12 on only

__all__ = ["Explanation", "Fixed", "Found", "Improved", "Judgement", "Past", "Remark", "explanation", "found"]
__all__ += ["fixed", "improved", "judgement"]

Cover = Callable[[str], str]
_GRAVE = ("error", "warning")
_SUGGESTIONS = 3
_EXAMPLES = 3


class Remark(TypedDict):
    """One finding. ``start`` and ``end`` are code points of the draft; both 0 when it is about the whole draft."""

    check: str
    severity: str
    matched: str
    start: int
    end: int
    message: str
    suggestions: list[str]


class Judgement(TypedDict):
    """A draft, judged. ``send`` is false while anything graver than a suggestion is found."""

    send: bool
    status: str
    scores: dict[str, float | None]
    emotion: str | None
    findings: list[Remark]


class Fixed(TypedDict):
    """A draft after its safe edits; ``left`` needs somebody's judgement."""

    text: str
    changed: bool
    fixed: list[Remark]
    left: list[Remark]
    masked: bool


class Improved(TypedDict):
    """A better draft. What nobody but the agent can know is in [brackets] and must be filled before it is sent."""

    text: str
    changed: bool
    reasons: list[str]
    judgement: Judgement
    masked: bool


class Explanation(TypedDict):
    """A check: why it exists, with examples; ⟦…⟧ is what fires."""

    check: str
    severity: str | None
    title: str
    why: str
    sources: list[str]
    fires: list[str]
    silent: list[str]


class Past(TypedDict):
    """An earlier reply, as the archive has it: masked. ``score`` is its likeness in percent."""

    score: float
    reply: str
    count: int


class Found(TypedDict):
    """Earlier replies, the likest first."""

    matches: list[Past]


def judgement(report: Mapping[str, Any], cover: Cover) -> Judgement:
    """Return a ``hamdel/report/1`` as a model needs it."""
    scores = report["scores"] or {}
    return {
        "send": not any(one["severity"] in _GRAVE for one in report["findings"]),
        "status": report["status"],
        "scores": {name: scores.get(name) for name in ("respect", "empathy", "originality")},
        "emotion": report["emotion"],
        "findings": [_remark(one, cover) for one in report["findings"]],
    }


def fixed(result: Mapping[str, Any], cover: Cover) -> Fixed:
    """Return a ``hamdel/fix/1`` as a model needs it."""
    text = cover(result["text"])
    return {
        "text": text,
        "changed": result["changed"],
        "fixed": [_remark(one, cover) for one in result["fixed"]],
        "left": [_remark(one["finding"], cover) for one in result["left"]],
        "masked": text != result["text"],
    }


def improved(result: Mapping[str, Any], cover: Cover) -> Improved:
    """Return a ``hamdel/improvement/1`` as a model needs it."""
    text = cover(result["text"])
    return {
        "text": text,
        "changed": result["changed"],
        "reasons": list(dict.fromkeys(cover(step["reason"]) for step in result["steps"])),
        "judgement": judgement(result["report"], cover),
        "masked": text != result["text"],
    }


def explanation(known: Mapping[str, Any], lang: str) -> Explanation:
    """Return what is known of a check in one language, with a few of its examples."""
    examples = known["examples"]
    return {
        "check": known["id"],
        "severity": known["severity"],
        "title": known["title"][lang],
        "why": known["why"][lang],
        "sources": [one["text"] for one in known["sources"]],
        "fires": [one["draft"] for one in examples["fire"][:_EXAMPLES]],
        "silent": [one["draft"] for one in examples["silent"][:_EXAMPLES]],
    }


def found(result: Mapping[str, Any], cover: Cover) -> Found:
    """Return earlier replies without who wrote them and when."""
    matches = result["matches"]
    return {"matches": [{"score": m["score"], "reply": cover(m["reply"]), "count": m["count"]} for m in matches]}


def _remark(finding: Mapping[str, Any], cover: Cover) -> Remark:
    return {
        "check": finding["check"],
        "severity": finding["severity"],
        "matched": cover(finding["matched"]),
        "start": finding["start"],
        "end": finding["end"],
        "message": cover(finding["message"]),
        "suggestions": [cover(one) for one in finding["suggestions"][:_SUGGESTIONS]],
    }
