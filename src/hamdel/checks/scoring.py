"""Respect, empathy and originality from 0 to 100.

Respect and empathy are what `hamdel.evidence.learned.ratings` counts, each times a weight that was fitted on people's
ratings and is part of the learned reader's model: acts count for a draft, faults and what is lacking against it.
Originality counts what was said before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from hamdel.evidence.learned.ratings import RATED
from hamdel.model import Finding, ScorePart, Scores
from hamdel.model.definitions import CheckDef

__all__ = ["FRESH", "Ratings", "rescored", "score"]

_RESPECT, _EMPATHY, _ORIGINALITY = "respect", "empathy", "originality"
#: Where originality begins.
FRESH = 90
_NAUGHT = 0.5  # points that round to none
_TAKEN_UP = 10  # points for taking up what the customer wrote about
_FIRST_COPY = 60  # similarity below which a reply counts as one's own


class Ratings:
    """The weights of respect and empathy.

    Args:
        weights: of each score: where it begins, then the points for each of `RATED`, negative ones off.
        checks: definitions by id; a part is called by the check of a fault, and some cost originality.

    Attributes:
        start: where each score begins.
    """

    def __init__(self, weights: Mapping[str, Sequence[float]], checks: Mapping[str, CheckDef]) -> None:
        self.start = {name: round(values[0]) for name, values in weights.items()} | {_ORIGINALITY: FRESH}
        counted = [name for name, _ in RATED]
        self._points = {
            name: [(one, points) for one, points in zip(counted, values[1:], strict=True) if points]
            for name, values in weights.items()
        }
        self._names = {check.fault or check.absence: name for name, check in checks.items()}
        self._costs = {name: check.policy.originality for name, check in checks.items()}
        self._parts: dict[tuple[str, str, int], ScorePart] = {}  # as many as there are points, a few hundred

    def parts(self, counts: Mapping[str, float]) -> Iterator[ScorePart]:
        """Yield the points of respect and empathy; see `hamdel.evidence.learned.ratings.tally`."""
        known = self._parts
        for score_name, points in self._points.items():
            for name, each in points:
                worth = each * counts[name]
                if -_NAUGHT <= worth <= _NAUGHT:
                    continue
                reason = score_name, self._names.get(name, name), round(worth)
                part = known.get(reason)
                if part is None:
                    part = known[reason] = ScorePart(*reason)
                yield part

    def copied(self, findings: Iterable[Finding]) -> Iterator[ScorePart]:
        """Yield the points off originality."""
        for finding in findings:
            cost = self._costs.get(finding.check, 0)
            if finding.copy:
                likeness = float(finding.evidence[0])
                yield ScorePart(_ORIGINALITY, finding.check, -round((likeness - _FIRST_COPY) * 2.25))
            elif cost:
                yield ScorePart(_ORIGINALITY, finding.check, -cost)


def score(ratings: Ratings, counts: Mapping[str, float], findings: Sequence[Finding], *, takes_up: bool) -> Scores:
    """Return the scores of a draft.

    Args:
        ratings: the weights.
        counts: what stands in it and what is lacking; see `hamdel.evidence.learned.ratings.tally`.
        findings: all of them, gravest first.
        takes_up: whether it takes up what the customer wrote about.
    """
    subject = (ScorePart(_ORIGINALITY, "subject", _TAKEN_UP),) if takes_up else ()
    return _total(ratings.start, (*ratings.parts(counts), *subject, *ratings.copied(findings)))


def rescored(ratings: Ratings, said: Scores | None, found: Scores) -> Scores:
    """Return scores of which what is there comes from one text and what is wrong from another.

    Args:
        ratings: the weights.
        said: scores of what the agent said; None when that is nothing.
        found: scores of the whole text.
    """
    present = [part for part in said.parts if not _is_finding(part)] if said else []
    return _total(ratings.start, (*present, *filter(_is_finding, found.parts)))


def _is_finding(part: ScorePart) -> bool:
    return "/" in part.reason


def _total(start: Mapping[str, int], parts: tuple[ScorePart, ...]) -> Scores:
    totals = dict(start)
    for part in parts:
        totals[part.score] += part.points
    bounded = {name: float(min(100, max(0, total))) for name, total in totals.items()}
    return Scores(bounded[_RESPECT], bounded[_EMPATHY], bounded[_ORIGINALITY], parts)
