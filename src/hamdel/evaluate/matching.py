"""One report against its labels.

A finding and a label agree when the check is the same and the finding lies on the label's text, wherever that stands
in the draft. A label without text is about the whole draft: any finding of its check agrees. A finding that agrees with
no label is wrong, unless its check is ``neutral`` or it is a suggestion: those count neither way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from hamdel.evaluate.cases import Case, Label
from hamdel.identifiers import mask_identifiers
from hamdel.model import Finding, Report, Severity
from hamdel.model.evaluation import Disagreement

__all__ = ["Counts", "Outcome", "compare", "lies_on"]


class Counts(NamedTuple):
    """What one case says about one check; all of it can be summed over cases.

    The first five count findings and labels, the last four are 0 or 1 and speak of the whole draft: labelled and
    fired, fired only, labelled only, and left out because the labels don't say.
    """

    right: int = 0
    wrong: int = 0
    unjudged: int = 0
    hit: int = 0
    missed: int = 0
    both: int = 0
    fired: int = 0
    labelled: int = 0
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one case says.

    Attributes:
        counts: by check; a check that is neither labelled nor found nor neutral is missing.
        clean: nothing is labelled.
        alarm: something was wrongly found.
        emotion: whether the customer's was told right; None when it wasn't labelled.
        scores: hamdel's score and the person's rating, by name.
        disagreements: findings that are wrong and labels that were missed.
    """

    counts: Mapping[str, Counts]
    clean: bool
    alarm: bool
    emotion: bool | None
    scores: Mapping[str, tuple[float, float]]
    disagreements: tuple[Disagreement, ...]


def compare(case: Case, report: Report, least: Severity = Severity.SUGGESTION) -> Outcome:
    """Compare a report with what people labelled.

    Args:
        case: the labelled reply.
        report: what hamdel says about it.
        least: findings below this severity are taken as if they weren't there.
    """
    findings = [finding for finding in report.findings if finding.severity.rank <= least.rank]
    checks = {label.check for label in case.labels} | {finding.check for finding in findings} | case.neutral
    counts, disagreements = {}, []
    for check in sorted(checks & {case.about} if case.about else checks):
        mine = [finding for finding in findings if finding.check == check]
        labels = [label for label in case.labels if label.check == check]
        verdicts = [(finding, _verdict(finding, labels, case)) for finding in mine]
        missed = [label for label in labels if not any(lies_on(f, label.text, case.talk.draft) for f in mine)]
        counts[check] = _counts(check, verdicts, labels, missed, case)
        wrong = [finding for finding, verdict in verdicts if verdict == "wrong"]
        disagreements += _disagreements(case, wrong, missed)
    return Outcome(
        counts=counts,
        clean=case.clean,
        alarm=any(count.wrong for count in counts.values()),
        emotion=None if case.emotion is None else case.emotion is report.emotion,
        scores=_scores(case, report),
        disagreements=tuple(disagreements),
    )


def lies_on(finding: Finding, text: str, draft: str) -> bool:
    """Whether a finding lies on ``text``, wherever it stands in the draft; always when there is no text."""
    if not text:
        return True
    # Only where it would touch: a long draft may hold it thousands of times.
    first = max(0, finding.start - len(text) + 1)
    return draft.find(text, first, finding.end + len(text) - 1) >= 0


def _verdict(finding: Finding, labels: list[Label], case: Case) -> str:
    """``right``, ``wrong`` or ``unjudged``."""
    if any(lies_on(finding, label.text, case.talk.draft) for label in labels):
        return "right"
    if case.about:
        return "wrong"
    return "unjudged" if finding.severity is Severity.SUGGESTION or finding.check in case.neutral else "wrong"


def _counts(
    check: str, verdicts: list[tuple[Finding, str]], labels: list[Label], missed: list[Label], case: Case
) -> Counts:
    tally = Counter(verdict for _, verdict in verdicts)
    open_ = not labels and (check in case.neutral or not tally["wrong"])
    return Counts(
        right=tally["right"],
        wrong=tally["wrong"],
        unjudged=tally["unjudged"],
        hit=len(labels) - len(missed),
        missed=len(missed),
        both=bool(labels and verdicts),
        fired=bool(not labels and not open_),
        labelled=bool(labels and not verdicts),
        left_out=open_,
    )


def _scores(case: Case, report: Report) -> dict[str, tuple[float, float]]:
    """Hamdel's scores beside the ratings; none for a draft that couldn't be judged."""
    if report.scores is None:
        return {}
    return {name: (getattr(report.scores, name), rating) for name, rating in case.ratings.items()}


def _disagreements(case: Case, wrong: list[Finding], missed: list[Label]) -> list[Disagreement]:
    """Both kinds, with what may be shown of the draft."""
    if not wrong and not missed:
        return []
    draft, shown = case.talk.draft, mask_identifiers(case.talk.draft)
    starts = [draft.index(label.text) for label in missed]
    return [Disagreement(case.place, one.check, False, shown[one.start : one.end]) for one in wrong] + [
        Disagreement(case.place, label.check, True, shown[start : start + len(label.text)])
        for label, start in zip(missed, starts, strict=True)
    ]
