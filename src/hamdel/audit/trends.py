"""How a rate moved over the periods of an audit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from hamdel.audit.proportions import change_of_shares, rising
from hamdel.model.measures import Share, Trend

__all__ = ["trend_over"]

_FEWEST_PERIODS = 3


def trend_over(periods: Mapping[date, Share]) -> Trend | None:
    """Return how a rate moved over the periods that have enough replies; None when these are too few.

    Args:
        periods: the rates by the periods' first days.
    """
    enough = [one for _, one in sorted(periods.items()) if not one.thin]
    if len(enough) < _FEWEST_PERIODS or not any(one.count for one in periods.values()):
        return None
    _, p = rising(enough)
    return Trend(enough[0], enough[-1], replace(change_of_shares(enough[0], enough[-1]), p=p))
