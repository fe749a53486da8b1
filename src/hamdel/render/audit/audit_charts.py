"""Where the shapes of the audit's charts are; the templates draw them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hamdel.model.audit import CheckResult
from hamdel.model.measures import Share

__all__ = ["TrendChart", "at", "level", "scale_of", "trend_chart"]

_WIDTH, _HEIGHT, _MARGIN = 100.0, 40.0, 3.0  # of a trend's panel, in units of its view box
_LEVELS = 8
_SMALLEST_SCALE = 0.05


@dataclass(frozen=True, slots=True)
class TrendChart:
    """A check's rate over time.

    Attributes:
        check: whose.
        first, last: the first days of the first and the last period.
        shares: of each period.
        points: of the line.
        line, band: as SVG has them.
    """

    check: CheckResult
    first: date
    last: date
    shares: tuple[tuple[date, Share], ...]
    points: tuple[tuple[float, float], ...]
    line: str
    band: str


def trend_chart(check: CheckResult) -> TrendChart:
    """Return the chart of a check that has a trend; its axis begins at 0."""
    shares = tuple(sorted(check.periods.items()))
    highest = max(one.high for _, one in shares if not one.thin)
    first, last = shares[0][0], shares[-1][0]
    days = max(1, (last - first).days)
    across = [_MARGIN + (_WIDTH - 2 * _MARGIN) * (start - first).days / days for start, _ in shares]

    def up(value: float) -> float:
        return _HEIGHT - _MARGIN - (_HEIGHT - 2 * _MARGIN) * min(value / highest, 1.05)

    points = [(x, up(one.rate or 0.0)) for x, (_, one) in zip(across, shares, strict=True)]
    upper = [(x, up(one.high)) for x, (_, one) in zip(across, shares, strict=True)]
    lower = [(x, up(one.low)) for x, (_, one) in zip(across, shares, strict=True)]
    rounded = tuple((round(x, 2), round(y, 2)) for x, y in points)
    return TrendChart(check, first, last, shares, rounded, _path(points), _path([*upper, *reversed(lower)]))


def _path(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:.2f},{y:.2f}" for x, y in points)


def scale_of(shares: Sequence[Share]) -> float:
    """Return the rate at the end of a bar chart: no interval goes beyond."""
    return max([_SMALLEST_SCALE, *(one.high for one in shares)])


def at(value: float | None, scale: float) -> float:
    """Return where a value is between 0 and ``scale``, in per cent."""
    return round(min(100.0, 100 * (value or 0.0) / scale), 2)


def level(rate: float | None, scale: float) -> int:
    """Return how dark a cell is, from 0 for nothing to 8 for ``scale`` and more."""
    return min(_LEVELS, math.ceil(_LEVELS * (rate or 0.0) / scale))
