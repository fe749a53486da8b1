"""Checks as a Markdown table, for documentation that can't fall behind the code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from hamdel.model import Lang
from hamdel.model.definitions import CheckDef, Measured
from hamdel.render.text.figures import percent

__all__ = ["markdown"]


def markdown(checks: Iterable[CheckDef], measured: Mapping[str, Measured]) -> str:
    """Return a table with one row for each check: id, severity, titles, measured precision, recall and labels.

    Args:
        checks: in the order of showing.
        measured: figures by id; a check without any gets dashes.
    """
    rows = [
        "| check | severity | what it looks at | به فارسی | precision | recall | labels |",
        "|---|---|---|---|---|---|---|",
    ]
    rows += [_row(check, measured.get(check.id, Measured(None, None, 0))) for check in checks]
    return "\n".join(rows) + "\n"


def _row(check: CheckDef, figures: Measured) -> str:
    cells = [
        f"`{check.id}`",
        str(check.severity),
        _cell(check.title.en),
        _cell(check.title.fa),
        percent(figures.precision, Lang.EN),
        percent(figures.recall, Lang.EN),
        str(figures.support),
    ]
    return f"| {' | '.join(cells)} |"


def _cell(text: str) -> str:
    """Escape what would end a cell."""
    return text.replace("|", "\\|").replace("\n", " ")
