"""Fixes and improvements as JSON, for programs; the schemas beside this file document every field.

What these commands make is the user's own text, so it isn't masked; the findings that go with it are.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import hamdel
from hamdel.model import Fixed, Improved
from hamdel.render.report.json_report import finding_to_dict, to_dict
from hamdel.render.report.personal import masked_findings, masked_steps
from hamdel.render.text.positions import Positions

__all__ = ["FIX_SCHEMA", "IMPROVEMENT_SCHEMA", "fix_schema", "fixed_to_dict", "improved_to_dict", "improvement_schema"]

FIX_SCHEMA = "hamdel/fix/1"
IMPROVEMENT_SCHEMA = "hamdel/improvement/1"


def fixed_to_dict(fixed: Fixed, *, show_personal: bool = False) -> dict[str, Any]:
    """A fix as plain values, as its schema describes them.

    Args:
        fixed: what was done.
        show_personal: leave card numbers and the like in findings unmasked.
    """
    positions = Positions(fixed.draft)
    found = (*fixed.fixed, *(one.finding for one in fixed.left))
    shown = found if show_personal else masked_findings(found, fixed.draft, fixed.customer)
    findings = [finding_to_dict(finding, positions) for finding in shown]
    left = zip(findings[len(fixed.fixed) :], fixed.left, strict=True)
    return {
        "schema": FIX_SCHEMA,
        "version": hamdel.__version__,
        "changed": fixed.text != fixed.draft,
        "text": fixed.text,
        "fixed": findings[: len(fixed.fixed)],
        "left": [{"reason": one.reason.value, "finding": finding} for finding, one in left],
    }


def improved_to_dict(improved: Improved, *, show_personal: bool = False) -> dict[str, Any]:
    """An improvement as plain values, as its schema describes them.

    Args:
        improved: what was done.
        show_personal: leave card numbers and the like in the report unmasked.
    """
    positions = Positions(improved.text)
    improved = improved if show_personal else masked_steps(improved)
    return {
        "schema": IMPROVEMENT_SCHEMA,
        "version": hamdel.__version__,
        "changed": improved.text != improved.draft,
        "text": improved.text,
        "steps": [
            {
                "start": step.start,
                "end": step.end,
                "utf16": {"start": positions.utf16(step.start), "end": positions.utf16(step.end)},
                "before": step.before,
                "after": step.after,
                "reason": step.reason,
                "checks": list(step.checks),
            }
            for step in improved.steps
        ],
        "report": to_dict(improved.report, show_personal=show_personal),
    }


def fix_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of what `fixed_to_dict` returns; findings are those of the report's schema."""
    return _loaded("fix")


def improvement_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of what `improved_to_dict` returns; the report has its own."""
    return _loaded("improvement")


def _loaded(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(Path(__file__).with_name(f"{name}.schema.json").read_text("utf-8"))
    return loaded
