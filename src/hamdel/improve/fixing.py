"""Edits applied to a draft, and proved: none is kept that brings a finding as grave as what it mends.

Source: architecture, decision 12. A milder one is accepted: «چرا نگفتید» may still blame, but no longer says «تو».
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace

from hamdel.improve.applying import apply_changes, compatible
from hamdel.model import Change, Conversation, Edit, Finding, Fixed, Left, LeftReason, Report, Safety

__all__ = ["Fixer"]

_ROUNDS = 6  # an edit may wait until another is done with the same words
_Signature = tuple[tuple[str, str], ...]


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
        report, applied, refused = before, set[Finding](), set[_Signature]()
        for number in range(_ROUNDS):
            wanted = {
                finding: edit
                for finding in report.findings
                if (edit := self._edit(finding)) and _signature(report.draft, edit) not in refused
            }
            changes, bad = self._accepted(talk, report, wanted)
            refused |= {_signature(report.draft, wanted[finding]) for finding in bad}
            if number == 0:
                applied = {f for f, edit in wanted.items() if f not in bad and set(edit.changes) <= set(changes)}
            if not changes:
                break
            report = self._check(replace(talk, draft=apply_changes(report.draft, changes)))
        remaining = {finding.check for finding in report.findings}
        left = [f for f in before.findings if f not in applied and (not self._edit(f) or f.check in remaining)]
        return Fixed(
            draft=talk.draft,
            text=report.draft,
            fixed=tuple(f for f in before.findings if f not in left),
            left=tuple(Left(finding, self._reason(talk.draft, finding, refused)) for finding in left),
        )

    def _edit(self, finding: Finding) -> Edit | None:
        """Return the edit to apply for a finding, if any."""
        first = next(iter(finding.edits), None)
        return first if first and (self._offered or first.safety is Safety.SAFE) else None

    def _accepted(
        self, talk: Conversation, report: Report, wanted: Mapping[Finding, Edit]
    ) -> tuple[list[Change], set[Finding]]:
        """Return changes that do no harm, and the findings whose edits would."""
        changes = compatible(wanted.values())[1]
        if not changes or not self._harms(talk, report, wanted):
            return changes, set()
        bad = {f for f, edit in wanted.items() if self._harms(talk, report, {f: edit})}
        good = {finding: edit for finding, edit in wanted.items() if finding not in bad}
        if bad and not (good and self._harms(talk, report, good)):
            return compatible(good.values())[1], bad
        return [], set(wanted)  # only together do they harm

    def _harms(self, talk: Conversation, report: Report, wanted: Mapping[Finding, Edit]) -> bool:
        """Tell whether edits bring a finding that is as grave as the gravest that they mend."""
        after = self._check(replace(talk, draft=apply_changes(report.draft, compatible(wanted.values())[1])))
        had, has = (Counter(finding.check for finding in one.findings) for one in (report, after))
        new = [f for f in after.findings if has[f.check] > had[f.check] and f.check != self._expected]
        gravest = min(finding.severity.rank for finding in wanted)
        return any(finding.severity.rank <= gravest for finding in new)

    @property
    def _expected(self) -> str:
        """What offered wordings bring: slots to fill."""
        return "respect/unfilled-placeholder" if self._offered else ""

    def _reason(self, draft: str, finding: Finding, refused: set[_Signature]) -> LeftReason:
        edit = self._edit(finding)
        if not finding.edits:
            return LeftReason.NO_EDIT
        if edit is None:
            return LeftReason.OFFERED
        return LeftReason.WORSE if _signature(draft, edit) in refused else LeftReason.OVERLAP


def _signature(draft: str, edit: Edit) -> _Signature:
    """Return by what an edit is known again when its place has moved."""
    return tuple((draft[change.start : change.end], change.new) for change in edit.changes)
