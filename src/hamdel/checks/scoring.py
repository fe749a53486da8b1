"""Respect, empathy and originality from 0 to 100: what is there counts for, findings count against.

The sizes follow the literature in order, not in number: an acknowledgement counts most for empathy (RK, EP), then
owning what is done (LPL, PMM), then warmth at the ends (PLB) and a next step; for respect the gravest finding of the
respect family counts most, and more of the same count less. The weights are whole numbers that were set by hand and
checked against people's ratings (benchmarks/RESULTS.md), not fitted to them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from hamdel.checks.presence import Presence
from hamdel.model import Finding, ScorePart, Scores, Severity

__all__ = ["AGAINST", "COPIES", "PRESENT", "START", "rescored", "score"]

_RESPECT, _EMPATHY, _ORIGINALITY = "respect", "empathy", "originality"
_LONG = 40  # words from which a reply counts as explained
#: Where each score begins.
START = {_RESPECT: 60, _EMPATHY: 45, _ORIGINALITY: 90}
#: Points for what is there: respect, empathy.
PRESENT = {
    "greeting": (3, 6),
    "warm": (9, 7),
    "feeling": (12, 22),
    "agrees": (4, 8),
    "ownership": (4, 9),
    "step": (6, 4),
    "asks": (4, 4),
}
#: Points off for the first finding of a family and severity, and for each further one: respect, empathy.
AGAINST = {
    ("respect", Severity.ERROR): ((22, 8), (8, 3)),
    ("respect", Severity.WARNING): ((14, 6), (9, 4)),
    ("respect", Severity.SUGGESTION): ((4, 1), (1, 0)),
    ("empathy", Severity.WARNING): ((10, 4), (16, 6)),
    ("empathy", Severity.SUGGESTION): ((2, 1), (4, 2)),
    ("clarity", Severity.WARNING): ((8, 3), (6, 3)),
    ("clarity", Severity.SUGGESTION): ((2, 1), (2, 1)),
}
#: Points off for originality.
COPIES = {"repetition/opener": 20, "repetition/inside-draft": 10, "empathy/canned-empathy": 10}
_FIRST_COPY = 60  # similarity below which a reply counts as one's own


def _present(presence: Presence) -> Iterator[ScorePart]:
    for name, points in PRESENT.items():
        if getattr(presence, name):
            yield ScorePart(_RESPECT, name, points[0])
            yield ScorePart(_EMPATHY, name, points[1])
    explained = round(6 * min(presence.words, _LONG) / _LONG)
    yield ScorePart(_RESPECT, "explained", explained)
    if presence.soft:
        yield ScorePart(_RESPECT, "soft", 2 * min(presence.soft, 2))
    if presence.subject:
        yield ScorePart(_ORIGINALITY, "subject", 10)


def _against(findings: Iterable[Finding]) -> Iterator[ScorePart]:
    seen: set[tuple[str, Severity]] = set()
    for finding in findings:
        kind = (finding.check.partition("/")[0], finding.severity)
        if kind not in AGAINST:
            continue
        further = kind in seen
        seen.add(kind)
        for dimension, points in zip((_RESPECT, _EMPATHY), AGAINST[kind], strict=True):
            if points[further]:
                yield ScorePart(dimension, finding.check, -points[further])


def _copied(findings: Iterable[Finding]) -> Iterator[ScorePart]:
    for finding in findings:
        if finding.check == "repetition/near-copy":
            likeness = float(finding.evidence[0])
            yield ScorePart(_ORIGINALITY, finding.check, -round((likeness - _FIRST_COPY) * 2.25))
        elif finding.check in COPIES:
            yield ScorePart(_ORIGINALITY, finding.check, -COPIES[finding.check])


def score(presence: Presence, findings: Sequence[Finding]) -> Scores:
    """Return the scores of a draft.

    Args:
        presence: what stands in it.
        findings: all of them, gravest first.
    """
    return _total((*_present(presence), *_against(findings), *_copied(findings)))


def rescored(said: Scores | None, found: Scores) -> Scores:
    """Return scores of which what is there comes from one text and what is wrong from another.

    Args:
        said: scores of what the agent said; None when that is nothing.
        found: scores of the whole text.
    """
    present = [part for part in said.parts if not _is_finding(part)] if said else []
    return _total((*present, *filter(_is_finding, found.parts)))


def _is_finding(part: ScorePart) -> bool:
    return "/" in part.reason


def _total(parts: tuple[ScorePart, ...]) -> Scores:
    totals = dict(START)
    for part in parts:
        totals[part.score] += part.points
    bounded = {name: float(min(100, max(0, total))) for name, total in totals.items()}
    return Scores(bounded[_RESPECT], bounded[_EMPATHY], bounded[_ORIGINALITY], parts)
