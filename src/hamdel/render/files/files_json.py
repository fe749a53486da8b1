"""Many reports as one JSON document; ``files.schema.json`` beside this file documents every field."""

from __future__ import annotations

from collections import Counter
from typing import Any

import hamdel
from hamdel.identifiers import mask_identifiers
from hamdel.model import Severity
from hamdel.model.files import Checked, Outcome
from hamdel.render.report import json_report
from hamdel.render.text.json_text import dumps

__all__ = ["SCHEMA", "render"]

SCHEMA = "hamdel/files/1"


def render(outcome: Outcome, *, show_personal: bool = False) -> str:
    """Return the outcome as indented JSON that ends in a newline.

    Args:
        outcome: of the run.
        show_personal: leave card numbers, phones and the like unmasked.
    """
    counts = Counter(finding.severity for one in outcome.checked for finding in one.report.findings)
    troubles = [{"file": one.file, "message": mask_identifiers(one.message)} for one in outcome.troubles]
    summary = {severity.value: counts[severity] for severity in Severity}
    return dumps(
        {
            "schema": SCHEMA,
            "version": hamdel.__version__,
            "texts": [_text(one, show_personal) for one in outcome.checked],
            "troubles": troubles,
            "summary": {**summary, "hidden": outcome.hidden, "unneeded": outcome.unneeded},
        }
    )


def _text(one: Checked, show_personal: bool) -> dict[str, Any]:
    report = json_report.to_dict(one.report, show_personal=show_personal)
    return {"file": one.text.file, "place": one.text.place, "line": one.text.line, "report": report}
