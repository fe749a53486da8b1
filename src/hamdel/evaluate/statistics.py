"""The statistics: plain functions of numpy arrays, each over many weightings of the cases at once.

A weighting says how often each case counts. All ones give the figure itself; the weightings of a bootstrap (Efron 1979)
are how often each case is drawn when as many cases as there are are drawn with replacement. The interval is that of the
percentiles; a fixed seed gives the same cases the same intervals. What is undefined, such as the precision of a check
that never fired, is NaN.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hamdel.model.evaluation import LEVEL, RESAMPLES, SEED

__all__ = ["bootstrap", "f1", "interval", "kappa", "share", "spearman"]

_AT_ONCE = 2_000_000  # weights in memory

Array = NDArray[np.floating[Any]]


def share(part: Array, whole: Array) -> Array:
    """Return ``part / whole``, NaN where the whole is nothing."""
    result: Array = np.full(np.broadcast(part, whole).shape, np.nan)
    return np.divide(part, whole, out=result, where=np.asarray(whole) > 0)


def f1(precision: Array, recall: Array) -> Array:
    """Return the harmonic mean; 0 where one of both is 0 or undefined, NaN where both are undefined."""
    either, other = np.nan_to_num(precision), np.nan_to_num(recall)
    mean = np.nan_to_num(share(2 * either * other, either + other))
    return np.where(np.isnan(precision) & np.isnan(recall), np.nan, mean)


def kappa(both: Array, first: Array, second: Array, neither: Array) -> Array:
    """Return Cohen's kappa of two yes/no judgements (Cohen 1960).

    Args:
        both: how often both say yes.
        first: how often only the first does.
        second: how often only the second does.
        neither: how often both say no.
    """
    total = both + first + second + neither
    yes = share((both + first) * (both + second), total * total)
    no = share((second + neither) * (first + neither), total * total)
    chance = yes + no
    return share(share(both + neither, total) - chance, np.where(chance < 1, 1 - chance, 0))


def spearman(x: Array, y: Array, weights: Array) -> Array:
    """Return Spearman's rho: Pearson's correlation of the ranks; ties share the mean of their ranks.

    Args:
        x: one value for each case.
        y: another value for each case.
        weights: one row for each weighting.

    Returns:
        One figure for each row; NaN where one of both doesn't vary.
    """
    if not len(x):
        return np.full(len(weights), np.nan)
    middle = (weights.sum(axis=1, keepdims=True) + 1) / 2  # the mean of all ranks
    a, b = _ranks(x, weights) - middle, _ranks(y, weights) - middle
    spread = np.sqrt((weights * a * a).sum(axis=1) * (weights * b * b).sum(axis=1))
    return share((weights * a * b).sum(axis=1), spread)


def _ranks(values: Array, weights: Array) -> Array:
    """Each value's rank under each weighting."""
    _, group = np.unique(values, return_inverse=True)
    order = np.argsort(group, kind="stable")
    starts = np.flatnonzero(np.diff(group[order], prepend=-1))
    sizes = np.add.reduceat(weights[:, order], starts, axis=1)
    ranks: Array = (np.cumsum(sizes, axis=1) - (sizes - 1) / 2)[:, group]
    return ranks


def bootstrap(cases: int, statistic: Callable[[Array], Array]) -> tuple[Array, Array]:
    """Compute figures and how they vary when the cases are drawn anew.

    Args:
        cases: how many there are.
        statistic: takes weightings, one a row, and returns as many rows of figures.

    Returns:
        The figures, and a table of them with one row for each of `RESAMPLES` resamples.
    """
    figures = statistic(np.ones((1, cases)))[0]
    random = np.random.default_rng(SEED)
    rows = max(1, min(RESAMPLES, _AT_ONCE // max(1, cases)))
    sizes = [min(rows, RESAMPLES - done) for done in range(0, RESAMPLES, rows)]
    return figures, np.concatenate([statistic(_draw(random, size, cases)) for size in sizes])


def _draw(random: np.random.Generator, rows: int, cases: int) -> Array:
    """How often each case is drawn, for several draws of as many as there are."""
    picks = random.integers(0, cases, (rows, cases)) + np.arange(rows)[:, None] * cases
    return np.bincount(picks.ravel(), minlength=rows * cases).reshape(rows, cases).astype(float)


def interval(values: Array) -> tuple[float, float] | None:
    """Return the percentiles that hold `LEVEL` of the values; None when half of them are undefined."""
    known = values[~np.isnan(values)]
    if 2 * len(known) <= len(values):
        return None
    tail = 50 * (1 - LEVEL)
    low, high = np.percentile(known, [tail, 100 - tail])
    return float(low), float(high)
