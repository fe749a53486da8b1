"""Whether replies with a finding had another outcome than replies without, agent and channel being equal.

The model is ``outcome = effect · finding + one constant for each agent on each channel``, by ordinary least squares. By
the theorem of Frisch, Waugh and Lovell the effect is that of the finding's deviation from its mean within each agent
and channel on the outcome's deviation, which takes one pass. The interval is the robust one of clusters (Liang and
Zeger 1986, with the small-sample factor that Stata and statsmodels use): replies of one thread share their outcome.
When no thread has two replies it is HC1 (MacKinnon and White 1985). A yes/no outcome (0 or 1) gives a difference in
probability (the linear probability model).

What is found this way goes together; it needn't be a cause. An angry customer may make for both.
"""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from hamdel.audit.proportions import two_sided
from hamdel.model.measures import LEVEL, Association, Change

__all__ = ["associate"]

_Z = NormalDist().inv_cdf(0.5 + LEVEL / 2)

_Floats = NDArray[np.float64]
_Ints = NDArray[np.int64]


def associate(name: str, outcome: _Floats, found: NDArray[np.bool_], strata: _Ints, threads: _Ints) -> Association:
    """Return the effect of a finding.

    Args:
        name: of the outcome.
        outcome: of each reply, none NaN; shape ``(n,)``, as for the others.
        found: whether the reply has the finding.
        strata: the number of its agent and channel, from 0.
        threads: the number of its thread, from 0; each reply its own when threads aren't known.

    Returns:
        The effect in units of the outcome; unknown when no agent has, on one channel, replies of both kinds. The
        numbers of replies are those with and without the finding whose agent and channel have both kinds.
    """
    x = _deviations(found.astype(float), strata)
    y = _deviations(outcome, strata)
    spread = float((x * x).sum())
    mixed = np.bincount(strata, weights=np.abs(x))[strata] > 1e-9 if len(x) else found
    counts = int((found & mixed).sum()), int((~found & mixed).sum())
    free = len(x) - len(np.unique(strata)) - 1
    yes_no = bool(np.isin(outcome, (0.0, 1.0)).all())
    if spread < 1e-9 or free < 1:
        return Association(name, Change(None, None, None, None), *counts, yes_no)
    effect = float((x * y).sum()) / spread
    error = _error(x, y - effect * x, threads, free) / spread
    p = two_sided(effect / error) if error else None
    return Association(name, Change(effect, effect - _Z * error, effect + _Z * error, p), *counts, yes_no)


def _deviations(values: _Floats, strata: _Ints) -> _Floats:
    """How far each value is from the mean of its stratum."""
    sizes = np.bincount(strata)
    means = np.bincount(strata, weights=values) / np.maximum(sizes, 1)
    result: _Floats = values - means[strata]
    return result


def _error(x: _Floats, residuals: _Floats, threads: _Ints, free: int) -> float:
    """The robust standard error of ``Σ x·residual``."""
    sums = np.bincount(threads, weights=x * residuals)
    groups = len(np.unique(threads))
    factor = groups / max(1, groups - 1) * (len(x) - 1) / free
    return math.sqrt(factor * float((sums * sums).sum()))
