"""Rates, means and their differences, with intervals; p-values, and what many of them are worth together.

All intervals hold `LEVEL`. The replies are taken as independent of each other; where some belong to one thread or one
agent, the truth varies more than an interval says.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from hamdel.model.measures import LEVEL, Change, Mean, Share

__all__ = ["adjusted", "change_of_means", "change_of_shares", "mean", "rising", "share", "two_sided"]

_Z = NormalDist().inv_cdf(0.5 + LEVEL / 2)


def share(count: int, of: int) -> Share:
    """Return a rate with Wilson's score interval.

    Args:
        count: in how many something was found.
        of: among how many.

    Source: Wilson 1927; Brown, Cai and DasGupta 2001 recommend it for small numbers and rates near 0.
    """
    if not of:
        return Share(0, 0, 0.0, 1.0)
    rate, spread = count / of, _Z * _Z / of
    middle = (rate + spread / 2) / (1 + spread)
    half = _Z / (1 + spread) * math.sqrt(rate * (1 - rate) / of + spread / of / 4)
    low = 0.0 if count == 0 else max(0.0, middle - half)
    return Share(count, of, low, 1.0 if count == of else min(1.0, middle + half))


def change_of_shares(before: Share, after: Share) -> Change:
    """Return how far one rate is from another: Newcombe's hybrid score interval, and the pooled z-test's p.

    Args:
        before: the rate that is compared with.
        after: the rate that is compared; the change is positive when it is the greater one.

    Returns:
        The difference of the rates; unknown when one of both is.

    Source: Newcombe 1998, method 10.
    """
    if not before.of or not after.of:
        return Change(None, None, None, None)
    one, other = after.count / after.of, before.count / before.of
    below = math.hypot(one - after.low, before.high - other)
    above = math.hypot(after.high - one, other - before.low)
    pooled = (before.count + after.count) / (before.of + after.of)
    error = math.sqrt(pooled * (1 - pooled) * (1 / before.of + 1 / after.of))
    p = two_sided((one - other) / error) if error else 1.0
    return Change(one - other, one - other - below, one - other + above, p)


def mean(values: NDArray[np.float64]) -> Mean:
    """Return a mean with the normal interval; NaNs don't count."""
    known = values[~np.isnan(values)]
    if not len(known):
        return Mean(None, None, None, 0)
    middle = float(known.mean())
    if len(known) < 2:
        return Mean(middle, None, None, 1)
    half = _Z * float(known.std(ddof=1)) / math.sqrt(len(known))
    return Mean(middle, middle - half, middle + half, len(known))


def change_of_means(before: Mean, after: Mean) -> Change:
    """Return how far one mean is from another, from their intervals (Welch, with the normal distribution)."""
    if None in (before.value, after.value, before.low, after.low):
        return Change(None, None, None, None)
    assert before.value is not None and after.value is not None and before.low is not None and after.low is not None
    difference = after.value - before.value
    half = math.hypot(before.value - before.low, after.value - after.low)
    p = two_sided(difference / half * _Z) if half else float(difference == 0)
    return Change(difference, difference - half, difference + half, p)


def rising(shares: Sequence[Share]) -> tuple[float, float]:
    """Return whether rates rise or fall over periods that are equally far apart: the z of Cochran and Armitage, and p.

    Source: Armitage 1955. It is the score test of the slope in a logistic regression on the number of the period.
    """
    counts, sizes = (np.array([getattr(one, name) for one in shares], float) for name in ("count", "of"))
    times, total = np.arange(len(shares)), sizes.sum()
    overall = counts.sum() / total if total else 0.0
    spread = (sizes * times**2).sum() - (sizes * times).sum() ** 2 / total if total else 0.0
    variance = overall * (1 - overall) * spread
    if variance <= 0:
        return 0.0, 1.0
    z = float((times * (counts - sizes * overall)).sum() / math.sqrt(variance))
    return z, two_sided(z)


def two_sided(z: float) -> float:
    """Return the p-value of a standard normal statistic."""
    return math.erfc(abs(z) / math.sqrt(2))


def adjusted(ps: Sequence[float | None]) -> list[float | None]:
    """Return the p-values of many tests such that 5 % of what is below 0.05 is expected to be chance.

    Args:
        ps: of each test; None for what couldn't be tested, which stays None.

    Source: Benjamini and Hochberg 1995.
    """
    known = [place for place, p in enumerate(ps) if p is not None]
    order = sorted(known, key=lambda place: (ps[place], place), reverse=True)
    result: list[float | None] = [None] * len(ps)
    least = 1.0
    for rank, place in zip(range(len(order), 0, -1), order, strict=True):
        p = ps[place]
        assert p is not None
        least = min(least, p * len(order) / rank)
        result[place] = least
    return result
