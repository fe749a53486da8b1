"""What matters most, and what to do about it: rules on the figures, never on a single reply or agent.

Each rule gives candidates with how grave they are and a weight: how many replies in a hundred it is about, at the low
end of the interval. What is graver comes first, however frequent the rest is; an error that next to no reply has goes
with the warnings. What may be chance or rests on thin data gives none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from hamdel.language.sets import entries
from hamdel.model import Severity
from hamdel.model.audit import Advice, AdviceKind, CheckResult
from hamdel.model.measures import Association
from hamdel.model.repeats import Clusters, Formula

__all__ = ["advise"]

_THINGS = 3
_GRAVITY = {Severity.ERROR: 4.0, Severity.WARNING: 1.0, Severity.SUGGESTION: 0.2}
_RARE = 0.005  # an error of so few replies may wait
_RISING = 3.0  # how much a rise counts beside a rate
_COPIES = 0.6
_MANY_COPIES = 0.1
_OPENINGS = 0.3
_ONE_OPENING = 0.3
#: Outcomes in whose names one of these is are worse when there is more of them.
_WORSE = entries("exports.outcomes.worse")

_Weighed = tuple[int, float, Advice]


def advise(
    checks: Sequence[CheckResult], clusters: Clusters | None, openings: Sequence[Formula]
) -> tuple[Advice, tuple[Advice, ...]]:
    """Return what matters most, and three things to do, or two when nothing stands out.

    Args:
        checks: their results.
        clusters: near copies; None when they weren't looked for.
        openings: the overused ones, the most frequent first.
    """
    found = (*_of_checks(checks), *_of_copies(clusters), *_of_openings(openings))
    weighed = sorted(found, key=lambda one: (one[0], -one[1]))
    best = list(_once_each(advice for *_, advice in weighed))
    rest = [Advice(AdviceKind.READ), Advice(AdviceKind.AGAIN)]
    headline = best[0] if best else Advice(AdviceKind.AGAIN)
    return headline, tuple([*best, *rest][:_THINGS])


def _once_each(advice: Iterable[Advice]) -> Iterator[Advice]:
    """The first about each check, and all that are about none."""
    seen: set[str] = set()
    for one in advice:
        if not one.check or one.check not in seen:
            seen.add(one.check)
            yield one


def _of_checks(checks: Sequence[CheckResult]) -> Iterator[_Weighed]:
    for check in checks:
        if not check.share.count or check.share.thin:
            continue
        weight = _GRAVITY[check.severity] * check.share.low
        rank = check.severity.rank
        if check.severity is Severity.ERROR and check.share.low < _RARE:
            rank = Severity.WARNING.rank
        kind = AdviceKind.STOP if check.severity is Severity.ERROR else AdviceKind.CHECK
        yield rank, weight, _about(check, kind)
        if check.trend and not check.trend.change.chance and (check.trend.change.value or 0) > 0:
            yield rank, weight + _RISING * (check.trend.change.low or 0), _about(check, AdviceKind.RISING)
        for one in filter(_harmful, check.associations):
            yield rank, 1.5 * weight, _about(check, AdviceKind.OUTCOME, one)


def _about(check: CheckResult, kind: AdviceKind, association: Association | None = None) -> Advice:
    wordings = [wording for example in check.examples for wording in example.suggestions]
    return Advice(
        kind,
        check.check,
        check.title,
        check.share,
        association=association,
        trend=check.trend if kind is AdviceKind.RISING else None,
        suggestion=wordings[0] if wordings else "",
    )


def _harmful(one: Association) -> bool:
    """Whether replies with the finding go with a worse outcome: worse marks, or more of what nobody wants."""
    if one.thin or one.effect.chance or one.effect.value is None:
        return False
    if one.outcome == "csat":
        return one.effect.value < 0
    return one.effect.value > 0 and any(word in one.outcome.casefold() for word in _WORSE)


def _of_copies(clusters: Clusters | None) -> Iterator[_Weighed]:
    if clusters and clusters.replies and clusters.copies.low >= _MANY_COPIES and not clusters.copies.thin:
        text = clusters.replies[0].text
        weight = _COPIES * clusters.copies.low
        yield Severity.WARNING.rank, weight, Advice(AdviceKind.COPIES, share=clusters.copies, text=text)


def _of_openings(openings: Sequence[Formula]) -> Iterator[_Weighed]:
    if openings and openings[0].share.low >= _ONE_OPENING and not openings[0].share.thin:
        first = openings[0]
        weight = _OPENINGS * first.share.low
        yield Severity.WARNING.rank, weight, Advice(AdviceKind.OPENING, share=first.share, text=first.text)
