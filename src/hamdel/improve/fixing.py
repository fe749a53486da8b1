"""Edits applied to a draft, and proved: a text with more findings of any check than before is never kept.

Source: architecture, decision 12.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from hamdel.improve.applying import apply_changes, compatible
from hamdel.model import Change, Conversation, Edit, Finding, Fixed, Left, LeftReason, Report, Safety

__all__ = ["Fixer"]

_ROUNDS = 6  # an edit may wait until another is done with the same words
_PLACEHOLDER = "respect/unfilled-placeholder"  # offered wordings have slots


class Fixer:
    """Applies edits.

    Args:
        check: checks a conversation.
        offered: apply the first offered edit, too, where there is no safe one.
    """

    def __init__(self, check: Callable[[Conversation], Report], *, offered: bool = False) -> None:
        self._check = check
        self._offered = offered

    def fix(self, talk: Conversation) -> Fixed:
        """Return the draft with its edits applied, until none is left to apply."""
        before = self._check(talk)
        report, applied, refused = before, set[Finding](), set[str]()
        for number in range(_ROUNDS):
            wanted = {f: edit for f in report.findings if f.check not in refused and (edit := self._edit(f))}
            changes, done, bad = self._accepted(talk, report, wanted)
            refused |= bad
            applied |= done if number == 0 else set()
            if not changes:
                break
            report = self._check(replace(talk, draft=apply_changes(report.draft, changes)))
        remaining = {finding.check for finding in report.findings}
        left = [f for f in before.findings if f not in applied and (not self._edit(f) or f.check in remaining)]
        return Fixed(
            draft=talk.draft,
            text=report.draft,
            fixed=tuple(f for f in before.findings if f not in left),
            left=tuple(Left(finding, self._reason(finding, refused)) for finding in left),
        )

    def _edit(self, finding: Finding) -> Edit | None:
        """Return the edit to apply for a finding, if any."""
        first = next(iter(finding.edits), None)
        return first if first and (self._offered or first.safety is Safety.SAFE) else None

    def _accepted(
        self, talk: Conversation, report: Report, wanted: dict[Finding, Edit]
    ) -> tuple[list[Change], set[Finding], set[str]]:
        """Return changes that make nothing worse, whose findings they are, and checks whose edits would."""
        flags, changes = compatible(wanted.values())
        done = {finding for finding, flag in zip(wanted, flags, strict=True) if flag}
        if not changes or not self._is_worse(talk, report, changes):
            return changes, done, set()
        bad = {f.check for f in done if self._is_worse(talk, report, sorted(wanted[f].changes, key=_place))}
        bad = bad or {finding.check for finding in done}  # only together do they harm
        kept = {finding: edit for finding, edit in wanted.items() if finding.check not in bad}
        changes, done, worse = self._accepted(talk, report, kept)
        return changes, done, bad | worse

    def _is_worse(self, talk: Conversation, report: Report, changes: list[Change]) -> bool:
        """Tell whether a text with the changes has more findings of some check."""
        after = self._check(replace(talk, draft=apply_changes(report.draft, changes)))
        had, has = (Counter(f.check for f in one.findings) for one in (report, after))
        if self._offered:
            has[_PLACEHOLDER] = 0
        return any(has[check] > had[check] for check in has)

    def _reason(self, finding: Finding, refused: set[str]) -> LeftReason:
        if not finding.edits:
            return LeftReason.NO_EDIT
        if self._edit(finding) is None:
            return LeftReason.OFFERED
        return LeftReason.WORSE if finding.check in refused else LeftReason.OVERLAP


def _place(change: Change) -> tuple[int, int]:
    return change.start, change.end
