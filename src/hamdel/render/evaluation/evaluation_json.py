"""An evaluation as JSON, for programs; ``evaluation.schema.json`` beside this file documents every field."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import hamdel
from hamdel.model.evaluation import LEVEL, RESAMPLES, SEED, Disagreement, Evaluation, Figure, Row
from hamdel.render.text.json_text import dumps

__all__ = ["SCHEMA", "render", "schema", "to_dict"]

SCHEMA = "hamdel/evaluation/1"
_DIGITS = 4


def render(evaluation: Evaluation) -> str:
    """The evaluation as indented JSON that ends in a newline."""
    return dumps(to_dict(evaluation))


def to_dict(evaluation: Evaluation) -> dict[str, Any]:
    """The evaluation as plain values, as the schema describes them."""
    alarms, emotion = evaluation.alarms, evaluation.emotion
    return {
        "schema": SCHEMA,
        "version": hamdel.__version__,
        "cases": evaluation.cases,
        "bootstrap": {"resamples": RESAMPLES, "level": LEVEL, "seed": SEED},
        "overall": _row(evaluation.overall),
        "checks": [{"check": row.check, **_row(row), "kappa": _figure(row.kappa)} for row in evaluation.checks],
        "clean_drafts": {"cases": alarms.cases, "false_alarms": _figure(alarms.figure)},
        "emotion": {"cases": emotion.cases, "accuracy": _figure(emotion.figure)},
        "scores": {
            name: {"cases": one.cases, "spearman": _figure(one.figure)} for name, one in evaluation.scores.items()
        },
        "disagreements": [_disagreement(one) for one in evaluation.disagreements],
        "left_out": {
            "disagreements": evaluation.disagreed - len(evaluation.disagreements),
            "unknown_labels": evaluation.unknown,
            "labels_of_checks_that_are_off": evaluation.off,
        },
    }


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of what `render` writes."""
    loaded: dict[str, Any] = json.loads(Path(__file__).with_name("evaluation.schema.json").read_text("utf-8"))
    return loaded


def _row(row: Row) -> dict[str, Any]:
    return {
        "precision": _figure(row.precision),
        "recall": _figure(row.recall),
        "f1": _figure(row.f1),
        "support": row.support,
        "found": row.found,
        "unjudged": row.unjudged,
    }


def _figure(figure: Figure) -> dict[str, float | None]:
    return {name: None if value is None else round(value, _DIGITS) for name, value in figure._asdict().items()}


def _disagreement(one: Disagreement) -> dict[str, str]:
    return {"case": one.place, "check": one.check, "kind": "missed" if one.missed else "wrong", "text": one.text}
