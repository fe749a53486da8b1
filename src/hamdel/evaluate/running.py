"""Cases in, an evaluation out: one case at a time, of which only small numbers are kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial

import numpy as np
from numpy.typing import NDArray

from hamdel.errors import InputError
from hamdel.evaluate.cases import Case
from hamdel.evaluate.matching import Counts, Outcome, compare
from hamdel.evaluate.statistics import Array, bootstrap, f1, interval, kappa, share, spearman
from hamdel.model import Conversation, Report, Severity
from hamdel.model.evaluation import RATED, Agreement, Disagreement, Evaluation, Figure, Row

__all__ = ["evaluate"]

_KINDS = ("precision", "recall", "f1", "kappa")
_ALL = ""  # all checks together


def evaluate(
    check: Callable[[Conversation], Report],
    cases: Iterable[Case],
    *,
    least: Severity = Severity.SUGGESTION,
    keep: int | None = None,
) -> Evaluation:
    """Measure how far hamdel agrees with people.

    Args:
        check: what judges a draft, such as `Checker.check_conversation`.
        cases: labelled replies, read while they are judged.
        least: findings below this severity are taken as if they weren't there.
        keep: how many disagreements to list; None for all.

    Raises:
        InputError: there are no cases.
        HamdelError: whatever reading a case or checking a draft raises.
    """
    tally = _Tally(keep)
    for case in cases:
        tally.add(case, compare(case, check(case.talk), least))
    if not tally.cases:
        raise InputError("there are no cases; each line must hold a labelled reply")
    return _evaluation(tally)


@dataclass
class _Tally:
    """What is kept of the cases.

    Attributes:
        keep: how many disagreements.
        cells: for each check, the numbers of the cases that say something about it, and what they say.
        alarms: for each case: something was wrongly found in a clean draft, it is a clean draft.
        emotions: for each case: the emotion was told right, it was labelled.
        scores: by name: the numbers of the rated cases, the scores, the ratings.
    """

    keep: int | None
    cases: int = 0
    cells: dict[str, list[tuple[int, Counts]]] = field(default_factory=dict)
    alarms: list[tuple[bool, bool]] = field(default_factory=list)
    emotions: list[tuple[bool, bool]] = field(default_factory=list)
    scores: dict[str, list[tuple[int, float, float]]] = field(default_factory=lambda: {name: [] for name in RATED})
    disagreements: list[Disagreement] = field(default_factory=list)
    disagreed: int = 0
    unknown: int = 0
    off: int = 0

    def add(self, case: Case, outcome: Outcome) -> None:
        """Take one case in."""
        for check, counts in outcome.counts.items():
            self.cells.setdefault(check, []).append((self.cases, counts))
        self.alarms.append((outcome.clean and outcome.alarm, outcome.clean))
        self.emotions.append((bool(outcome.emotion), outcome.emotion is not None))
        for name, (score, rating) in outcome.scores.items():
            self.scores[name].append((self.cases, score, rating))
        room = None if self.keep is None else max(0, self.keep - len(self.disagreements))
        self.disagreements += outcome.disagreements[:room]
        self.disagreed += len(outcome.disagreements)
        self.unknown += case.unknown
        self.off += case.off
        self.cases += 1


class _Statistics:
    """Everything that is measured, as one function of weightings (see `statistics`).

    Attributes:
        checks: those that the cases say something about.
        names: of the figures, in their order: what they are about, and what they are.
    """

    def __init__(self, tally: _Tally) -> None:
        self.checks = sorted(check for check, cells in tally.cells.items() if any(any(c[:5]) for _, c in cells))
        self.names = [(about, kind) for kind in _KINDS for about in (*self.checks, _ALL)]
        self.names += [("alarms", "share"), ("emotion", "share"), *((name, "rho") for name in RATED)]
        self._cells = [_columns(tally.cells[check]) for check in self.checks]
        self._shares = [np.array(pairs, float).reshape(-1, 2) for pairs in (tally.alarms, tally.emotions)]
        self._scores = [np.array(tally.scores[name], float).reshape(-1, 3) for name in RATED]

    def __call__(self, weights: Array) -> Array:
        """Return one row of figures for each weighting."""
        figures = _rates(self.sums(weights), weights.sum(axis=1, keepdims=True))
        figures += [share(weights @ pairs[:, :1], weights @ pairs[:, 1:]) for pairs in self._shares]
        for case, score, rating in (table.T for table in self._scores):
            figures.append(spearman(score, rating, weights[:, case.astype(int)])[:, None])
        return np.concatenate(figures, axis=1)

    def sums(self, weights: Array) -> Array:
        """Return counts by weighting and check, those of all checks at the end."""
        columns = [weights[:, cases] @ counts for cases, counts in self._cells]
        return np.stack([*columns, sum(columns, np.zeros((len(weights), len(Counts._fields))))], axis=1)


def _columns(cells: list[tuple[int, Counts]]) -> tuple[NDArray[np.int_], Array]:
    cases, counts = zip(*cells, strict=True)
    return np.array(cases, np.int_), np.array(counts, float)


def _rates(sums: Array, total: Array) -> list[Array]:
    """Precision, recall, F1 and kappa."""
    n: dict[str, Array] = dict(zip(Counts._fields, np.moveaxis(sums, -1, 0), strict=True))
    precision = share(n["right"], n["right"] + n["wrong"])
    recall = share(n["hit"], n["hit"] + n["missed"])
    neither = total - n["both"] - n["fired"] - n["labelled"] - n["left_out"]
    return [precision, recall, f1(precision, recall), kappa(n["both"], n["fired"], n["labelled"], neither)]


def _evaluation(tally: _Tally) -> Evaluation:
    statistics = _Statistics(tally)
    values, resampled = bootstrap(tally.cases, statistics)
    figures = dict(zip(statistics.names, map(_figure, values, resampled.T), strict=True))
    sums = statistics.sums(np.ones((1, tally.cases)))[0]
    figures[_ALL, "kappa"] = Figure()  # one case has a judgement for each check
    *rows, overall = map(partial(_row, figures), (*statistics.checks, _ALL), sums)
    return Evaluation(
        cases=tally.cases,
        checks=tuple(rows),
        overall=overall,
        alarms=Agreement(figures["alarms", "share"], sum(clean for _, clean in tally.alarms)),
        emotion=Agreement(figures["emotion", "share"], sum(labelled for _, labelled in tally.emotions)),
        scores={name: Agreement(figures[name, "rho"], len(tally.scores[name])) for name in RATED},
        disagreements=tuple(tally.disagreements),
        disagreed=tally.disagreed,
        unknown=tally.unknown,
        off=tally.off,
    )


def _figure(value: float, resampled: Array) -> Figure:
    if np.isnan(value):
        return Figure()
    return Figure(float(value), *(interval(resampled) or (None, None)))


def _row(figures: dict[tuple[str, str], Figure], check: str, sums: Array) -> Row:
    counts = Counts(*(round(float(count)) for count in sums))
    return Row(
        check=check,
        precision=figures[check, "precision"],
        recall=figures[check, "recall"],
        f1=figures[check, "f1"],
        kappa=figures[check, "kappa"],
        support=counts.hit + counts.missed,
        found=counts.right + counts.wrong,
        unjudged=counts.unjudged,
    )
