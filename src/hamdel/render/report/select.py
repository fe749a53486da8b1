"""Which findings a person is shown: few, the gravest first, one per check and sentence."""

from __future__ import annotations

from dataclasses import dataclass

from hamdel.model import Finding, Severity

__all__ = ["Group", "Selection", "select"]

_AT_MOST = 5  # people stop reading after a handful, and switch off a tool that asks for more


@dataclass(frozen=True, slots=True)
class Group:
    """What one check found in one sentence.

    Attributes:
        first: the finding whose message is shown.
        spans: ``(start, end)`` of all of them, by place.
    """

    first: Finding
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Selection:
    """What is shown, and how much isn't.

    Attributes:
        groups: in the order of showing.
        more: errors and warnings left out (groups of them).
        folded: suggestions left out.
    """

    groups: tuple[Group, ...]
    more: int = 0
    folded: int = 0


def select(findings: tuple[Finding, ...], *, show_all: bool = False) -> Selection:
    """Choose what to show.

    Args:
        findings: all of them.
        show_all: leave nothing out and fold nothing together.
    """
    ordered = sorted(findings, key=_by_help)
    if show_all:
        return Selection(tuple(Group(finding, _spans([finding])) for finding in ordered))
    grave = [finding for finding in ordered if finding.severity is not Severity.SUGGESTION]
    groups = _grouped(grave)
    more = max(0, len(groups) - _AT_MOST)
    return Selection(groups[:_AT_MOST], more, len(ordered) - len(grave))


def _by_help(finding: Finding) -> tuple[int, int, int]:
    """Errors first; among equals what helps the customer most (its check's ``priority``), then by place."""
    return finding.severity.rank, -finding.priority, finding.start


def _grouped(findings: list[Finding]) -> tuple[Group, ...]:
    """One group per check and sentence, in the order of each group's first finding."""
    groups: dict[tuple[str, tuple[int, int]], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.check, finding.sentence), []).append(finding)
    return tuple(Group(members[0], _spans(members)) for members in groups.values())


def _spans(findings: list[Finding]) -> tuple[tuple[int, int], ...]:
    """Spans by place, those that overlap joined; findings without a span have none."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted((finding.start, finding.end) for finding in findings if finding.start < finding.end):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
