"""What an evaluation says, as frozen values; what draws them needs nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

__all__ = ["LEVEL", "RATED", "RESAMPLES", "SEED", "Agreement", "Disagreement", "Evaluation", "Figure", "Row"]

#: The scores that people rate from 1 to 5.
RATED = ("respect", "empathy")
#: The bootstrap that gives the intervals; see `statistics`.
RESAMPLES = 1000
LEVEL = 0.95
SEED = 2024


class Figure(NamedTuple):
    """A figure and its 95 % interval; None for what can't be told from the cases."""

    value: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """How one check, or all of them, agree with the labels.

    Attributes:
        check: the id; empty for all of them.
        precision: which share of the judged findings is right.
        recall: which share of the labels was found.
        f1: the harmonic mean of both.
        kappa: Cohen's, of "fired" and "labelled" by draft; undefined for all checks together.
        support: labels.
        found: findings that were judged, right or wrong.
        unjudged: findings that count neither way.
    """

    check: str
    precision: Figure
    recall: Figure
    f1: Figure
    kappa: Figure
    support: int
    found: int
    unjudged: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """One figure about so many cases: a correlation or a share."""

    figure: Figure
    cases: int


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Something that was wrongly found, or missed.

    Attributes:
        place: the case, ``file:line``.
        check: the check's id.
        missed: a label that nothing was found for; otherwise a finding that nobody labelled.
        text: the part of the draft, personal identifiers masked; empty for the whole draft.
    """

    place: str
    check: str
    missed: bool
    text: str


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All figures.

    Attributes:
        cases: how many there were.
        checks: by id; those that were neither labelled nor found are missing.
        overall: all checks together, each finding and label counting once.
        alarms: the share of drafts without any label in which something was found all the same.
        emotion: the share of customers' emotions told right.
        scores: Spearman's rho of hamdel's scores with people's ratings, by name.
        disagreements: as many as were asked for.
        disagreed: how many there are.
        unknown: labels left out because no check has their id.
        off: labels left out because their check is switched off.
    """

    cases: int
    checks: tuple[Row, ...]
    overall: Row
    alarms: Agreement
    emotion: Agreement
    scores: Mapping[str, Agreement] = field(default_factory=dict)
    disagreements: tuple[Disagreement, ...] = ()
    disagreed: int = 0
    unknown: int = 0
    off: int = 0
