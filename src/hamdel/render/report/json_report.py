"""A report as JSON, for programs; ``report.schema.json`` beside this file documents every field."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import hamdel
from hamdel.model import Edit, Finding, Report, Scores, Severity
from hamdel.render.report import copies
from hamdel.render.report.personal import masked
from hamdel.render.text.json_text import dumps
from hamdel.render.text.positions import Positions

__all__ = ["SCHEMA", "finding_to_dict", "render", "schema", "to_dict", "why"]

SCHEMA = "hamdel/report/1"
_DIGITS = 3  # of a chance that mean something


def render(report: Report, *, show_personal: bool = False) -> str:
    """The report as indented JSON that ends in a newline.

    Args:
        report: what to write; all of its findings, in its order.
        show_personal: leave card numbers, phones and the like unmasked.
    """
    return dumps(to_dict(report, show_personal=show_personal))


def to_dict(report: Report, *, show_personal: bool = False) -> dict[str, Any]:
    """The report as plain values, as the schema describes them.

    Args:
        report: what to convert.
        show_personal: leave card numbers, phones and the like unmasked.
    """
    shown = report if show_personal else masked(report)
    positions = Positions(shown.draft)
    counts = Counter(finding.severity for finding in shown.findings)
    return {
        "schema": SCHEMA,
        "version": hamdel.__version__,
        "status": shown.status.value,
        "lang": shown.lang.value,
        "emotion": shown.emotion.value,
        "register": shown.register.value,
        "scores": _scores(shown.scores),
        "findings": [finding_to_dict(finding, positions) for finding in shown.findings],
        "summary": {**{severity.value: counts[severity] for severity in Severity}, "ignored": shown.ignored},
    }


def _scores(scores: Scores | None) -> dict[str, Any] | None:
    if scores is None:
        return None
    return {
        "respect": scores.respect,
        "empathy": scores.empathy,
        "originality": scores.originality,
        "parts": [{"score": part.score, "reason": part.reason, "points": part.points} for part in scores.parts],
    }


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of what `render` writes."""
    loaded: dict[str, Any] = json.loads(Path(__file__).with_name("report.schema.json").read_text("utf-8"))
    return loaded


def finding_to_dict(finding: Finding, positions: Positions) -> dict[str, Any]:
    """A finding as plain values; ``positions`` are those of its draft."""
    line, column = positions.line_column(finding.start)
    return {
        "check": finding.check,
        "severity": finding.severity.value,
        "kind": finding.kind,
        "anchor": finding.anchor.value,
        "start": finding.start,
        "end": finding.end,
        "utf16": {"start": positions.utf16(finding.start), "end": positions.utf16(finding.end)},
        "line": line,
        "column": column,
        "matched": finding.matched,
        "sentence": {"start": finding.sentence[0], "end": finding.sentence[1]},
        "message": finding.message,
        "suggestions": list(finding.suggestions),
        "copy": copies.to_dict(finding.copy),
        "edits": [_edit(edit, positions) for edit in finding.edits],
        **why(finding),
    }


def why(finding: Finding) -> dict[str, Any]:
    """Who found it, how likely it is right, and what that rests on; as plain values."""
    return {
        "source": finding.source.value,
        "score": None if finding.score is None else round(finding.score, _DIGITS),
        "evidence": list(finding.evidence),
        "nearest": finding.nearest,
    }


def _edit(edit: Edit, positions: Positions) -> dict[str, Any]:
    return {
        "safety": edit.safety.value,
        "changes": [
            {
                "start": change.start,
                "end": change.end,
                "utf16": {"start": positions.utf16(change.start), "end": positions.utf16(change.end)},
                "new": change.new,
            }
            for change in edit.changes
        ],
    }
