"""A check as plain values, for JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hamdel.model import Severity
from hamdel.model.definitions import Bilingual, CheckDef, Example, Measured, Policy, Told
from hamdel.render.check import deciding

__all__ = ["explained_to_dict", "to_dict"]


def to_dict(check: CheckDef, level: Severity | None) -> dict[str, Any]:
    """Return what a list of checks says of one.

    Args:
        check: with or without its examples.
        level: its severity in force; None when it is off.
    """
    return {
        "id": check.id,
        "severity": level.value if level else "off",
        "precision": check.precision,
        "title": _both(check.title),
        "message": _both(check.message),
        "sources": list(check.sources),
    }


def explained_to_dict(
    check: CheckDef,
    level: Severity | None,
    sources: Mapping[str, str],
    measured: Measured | None,
    told: Told | None = None,
) -> dict[str, Any]:
    """Return everything that is known about a check.

    Args:
        check: loaded with its examples.
        level: its severity in force; None when it is off.
        sources: what each source key stands for; a key that isn't in it stands for itself.
        measured: how it did on hamdel's own texts; None when that isn't known.
        told: how the learned reader decides on it; None when it isn't asked.
    """
    return {
        **to_dict(check, level),
        "sources": [{"key": key, "text": sources.get(key, key)} for key in check.sources],
        "why": _both(check.why),
        "examples": {
            "fire": [_example(one) for one in check.examples.fire],
            "silent": [_example(one) for one in check.examples.silent],
            "rewrite": [{"before": one.before, "after": one.after} for one in check.examples.rewrites],
        },
        "decides": deciding.to_dict(check, told),
        "policy": _policy(check.policy),
        "measured": _figures(measured) if measured else None,
    }


def _policy(policy: Policy) -> dict[str, Any]:
    return {
        "roles": list(policy.roles),
        "reads": list(policy.reads),
        "priority": policy.priority,
        "any_script": policy.any_script,
        "originality": policy.originality,
    }


def _both(text: Bilingual) -> dict[str, str]:
    return {"fa": text.fa, "en": text.en}


def _example(example: Example) -> dict[str, str]:
    return {"draft": example.text, "customer": example.customer}


def _figures(measured: Measured) -> dict[str, Any]:
    return {"precision": measured.precision, "recall": measured.recall, "labels": measured.support}
