"""Where a finding stands in its file, as far as that is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hamdel.model import Anchor, Finding
from hamdel.model.files import Checked
from hamdel.render.report.personal import masked
from hamdel.render.text.positions import Positions

__all__ = ["Spot", "located"]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a file; lines and columns count from 1, columns in code points, and an end is one past the last.

    Attributes:
        line, end_line: where it begins and ends.
        column, end_column: None where the whole lines are meant, or columns aren't known.
    """

    line: int
    end_line: int
    column: int | None = None
    end_column: int | None = None


def located(one: Checked, *, show_personal: bool = False) -> Iterator[tuple[Finding, Spot]]:
    """Yield a text's findings by place, masked.

    Args:
        one: the text and its report.
        show_personal: leave card numbers, phones and the like unmasked.
    """
    report = one.report if show_personal else masked(one.report)
    positions = Positions(report.draft)
    for finding in sorted(report.findings, key=lambda finding: (finding.start, finding.severity.rank)):
        yield finding, _spot(one, finding, positions)


def _spot(one: Checked, finding: Finding, positions: Positions) -> Spot:
    text = one.text
    line, column = positions.line_column(finding.start)
    end_line, end_column = positions.line_column(finding.end)
    if not text.flows:
        line = end_line = 1
    first, last = text.line + line - 1, text.line + end_line - 1
    if text.column is None or finding.anchor is Anchor.DOCUMENT or finding.start == finding.end:
        return Spot(first, max(first, last))
    start = text.column - 1  # which only the first line has before it
    return Spot(first, last, column + start * (line == 1), end_column + start * (end_line == 1))
