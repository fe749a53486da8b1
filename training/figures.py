"""Figures of a ranking: average precision, and the recall and threshold that a precision allows."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["average_precision", "recall_at", "threshold_for"]

_FEW = 5  # hits below which a precision says nothing

_Values = npt.NDArray[Any]


def _ranked(truth: _Values, scores: _Values) -> tuple[_Values, _Values, _Values]:
    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(truth[order] > 0)
    return order, hits, hits / np.arange(1, len(order) + 1)


def average_precision(truth: _Values, scores: _Values) -> float:
    """Return the mean of the precisions at each right answer (0 to 1); 0 when nothing is right."""
    order, _, precision = _ranked(truth, scores)
    right = truth[order] > 0
    return float(precision[right].mean()) if right.any() else 0.0


def recall_at(truth: _Values, scores: _Values, precision: float) -> float:
    """Return the largest recall at which the precision is at least as high as asked."""
    _, hits, precisions = _ranked(truth, scores)
    good = np.flatnonzero((precisions >= precision) & (hits >= _FEW))
    return float(hits[good[-1]] / max(1, hits[-1])) if len(good) else 0.0


def threshold_for(truth: _Values, scores: _Values, precision: float) -> float:
    """Return the lowest score from which on the precision is at least as high as asked; above 1 when none is."""
    order, hits, precisions = _ranked(truth, scores)
    good = np.flatnonzero((precisions >= precision) & (hits >= _FEW))
    return float(scores[order[good[-1]]]) if len(good) else 1.01
