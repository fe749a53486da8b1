"""The measures of an audit, as frozen values: rates, means and differences with their intervals, periods, trends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

__all__ = ["LEVEL", "SIGNIFICANT", "THIN", "Association", "Change", "Mean", "Period", "Share", "Span", "Trend"]

#: How often an interval holds the truth.
LEVEL = 0.95
#: Replies; a rate among fewer is thin.
THIN = 30
#: A change whose p-value, adjusted for the number of tests, isn't below this may be chance.
SIGNIFICANT = 0.05


@dataclass(frozen=True, slots=True)
class Share:
    """``count`` of ``of``, and the ends of the rate's interval (0 and 1 when ``of`` is 0)."""

    count: int
    of: int
    low: float
    high: float

    @property
    def rate(self) -> float | None:
        """From 0 to 1; None of nothing."""
        return self.count / self.of if self.of else None

    @property
    def thin(self) -> bool:
        """Whether it rests on too few replies."""
        return self.of < THIN


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean of ``of`` values and the ends of its interval; None where nothing is known."""

    value: float | None
    low: float | None
    high: float | None
    of: int

    @property
    def thin(self) -> bool:
        """Whether it rests on too few replies."""
        return self.of < THIN


@dataclass(frozen=True, slots=True)
class Change:
    """A difference and the ends of its interval.

    Attributes:
        value, low, high: of rates from 0 to 1, of scores in points; None when it isn't known.
        p: adjusted for the number of tests where there are many of a kind.
    """

    value: float | None
    low: float | None
    high: float | None
    p: float | None

    @property
    def chance(self) -> bool:
        """Whether it may be chance: the test says so, or the interval holds "no change".

        The two can differ, for a trend's test reads all periods and its interval only the first and the last.
        """
        held = self.low is not None and self.high is not None and self.low <= 0 <= self.high
        return self.p is None or self.p >= SIGNIFICANT or held


class Span(StrEnum):
    """How long the periods are into which the time is cut."""

    DAY = "day"
    WEEK = "week"  # from Saturday, as in Iran
    MONTH = "month"  # of the Jalali calendar in Persian reports, else of the Gregorian


@dataclass(frozen=True, slots=True)
class Period:
    """A day, week or month by its first day, in Iran's time."""

    start: date
    replies: int


@dataclass(frozen=True, slots=True)
class Trend:
    """How a check's rate moved from the first to the last period with enough replies.

    Attributes:
        first, last: the rates of these periods.
        change: ``last`` less ``first``; its p is that of the trend over all periods (Cochran and Armitage).
    """

    first: Share
    last: Share
    change: Change


@dataclass(frozen=True, slots=True)
class Association:
    """How an outcome differs between replies with and without a finding, agent and channel being equal.

    Attributes:
        outcome: ``csat``, or the name of another column.
        effect: in units of the outcome; no cause: both may come from the same thing.
        found, others: replies of each kind that were compared.
        yes_no: the outcome is 0 or 1, so that the effect is one of rates.
    """

    outcome: str
    effect: Change
    found: int
    others: int
    yes_no: bool = False

    @property
    def thin(self) -> bool:
        """Whether it rests on too few replies."""
        return min(self.found, self.others) < THIN
