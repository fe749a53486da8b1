"""Edits applied to a draft, and proved: none is kept that brings a finding as grave as what it mends.

Source: architecture, decision 12. A milder one is accepted: «چرا نگفتید» may still blame, but no longer says «تو».
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from hamdel.improve.applying import apply_changes, compatible
from hamdel.model import Anchor, Conversation, Edit, Finding, Fixed, Left, LeftReason, Report, Safety, Source
from hamdel.model.policy import Role

__all__ = ["Fixer"]

_ROUNDS = 6  # an edit may wait until another is done with the same words
_TRIALS = 16  # texts that are checked in a round to tell edits that do harm from the others
_LOOKED = 20_000  # code points of such texts together; of a long draft half the edits are tried at a time
_QUOTATION = re.compile(r"«[^«»]* [^«»]*»")  # of more than a word
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
        report, applied, refused, added = before, set[Finding](), set[_Signature](), set[str]()
        for number in range(_ROUNDS):
            found = list(self._wanted(report, added))
            signed = _signatures(report.draft, [edit for _, edit in found])
            wanted = {finding: edit for finding, edit in found if signed[id(edit)] not in refused}
            mended, good = self._mended(talk, report, wanted)
            refused |= {signed[id(edit)] for finding, edit in wanted.items() if finding not in good}
            if number == 0:
                flags, _ = compatible(good.values())
                applied = {finding for finding, flag in zip(good, flags, strict=True) if flag}
            if mended is None:
                break
            added |= {finding.check for finding in good if finding.anchor is Anchor.DOCUMENT}
            report = mended
        remaining = {finding.check for finding in report.findings}
        left = [f for f in before.findings if f not in applied and (not self._edit(f) or f.check in remaining)]
        unmended = set(left)
        signed = _signatures(talk.draft, [edit for finding in left if (edit := self._edit(finding))])
        worse = {edit for edit, signature in signed.items() if signature in refused}
        return Fixed(
            draft=talk.draft,
            text=report.draft,
            fixed=tuple(f for f in before.findings if f not in unmended),
            left=tuple(Left(finding, self._reason(finding, worse)) for finding in left),
            customer=before.customer,
        )

    def _wanted(self, report: Report, added: set[str]) -> Iterator[tuple[Finding, Edit]]:
        """Yield the edits to apply now: no second sentence for what is missing, and no quotation twice.

        Args:
            report: on the text as it is now.
            added: checks for which a sentence was added; its slots aren't filled, so they may fire again.
        """
        said = set(_QUOTATION.findall(report.draft)) if self._offered else set[str]()
        for finding in report.findings:
            edit = None if finding.anchor is Anchor.DOCUMENT and finding.check in added else self._edit(finding)
            quoted = {quote for change in edit.changes for quote in _QUOTATION.findall(change.new)} if edit else set()
            if edit and (edit.safety is Safety.SAFE or said.isdisjoint(quoted)):
                said |= quoted
                yield finding, edit

    def _edit(self, finding: Finding) -> Edit | None:
        """Return the edit to apply for a finding, if any."""
        first = next(iter(finding.edits), None)
        return first if first and (self._offered or first.safety is Safety.SAFE) else None

    def _mended(
        self, talk: Conversation, report: Report, wanted: Mapping[Finding, Edit]
    ) -> tuple[Report | None, Mapping[Finding, Edit]]:
        """Return the report on the text with the edits that do no harm (None when there are none), and these edits."""
        if not wanted:
            return None, {}
        mended = self._after(talk, report, wanted)
        if not self._harms(report, mended, wanted):
            return mended, wanted
        good: dict[Finding, Edit] = {}
        for part in _parts(wanted, max(2, min(_TRIALS, _LOOKED // len(report.draft)))):
            if not self._harms(report, self._after(talk, report, part), part):
                good |= part
        if good and len(good) < len(wanted):
            mended = self._after(talk, report, good)
            if not self._harms(report, mended, good):
                return mended, good
        return None, {}  # only together do they harm

    def _after(self, talk: Conversation, report: Report, wanted: Mapping[Finding, Edit]) -> Report:
        """Return the report on the text with edits."""
        return self._check(replace(talk, draft=apply_changes(report.draft, compatible(wanted.values())[1])))

    def _harms(self, before: Report, after: Report, mended: Iterable[Finding]) -> bool:
        """Tell whether edits brought a finding that is as grave as the gravest that they mend.

        What the learned reader alone finds doesn't count: it rests on the words around it, which an edit may change.
        """
        had, has = (Counter(finding.check for finding in _by_rules(one)) for one in (before, after))
        new = [f for f in _by_rules(after) if has[f.check] > had[f.check] and not self._is_expected(f)]
        gravest = min(finding.severity.rank for finding in mended)
        return any(finding.severity.rank <= gravest for finding in new)

    def _is_expected(self, finding: Finding) -> bool:
        """Tell whether offered wordings bring it: a slot to fill."""
        return self._offered and Role.SLOT in finding.roles

    def _reason(self, finding: Finding, worse: set[int]) -> LeftReason:
        edit = self._edit(finding)
        if not finding.edits:
            return LeftReason.NO_EDIT
        if edit is None:
            return LeftReason.OFFERED
        return LeftReason.WORSE if id(edit) in worse else LeftReason.OVERLAP


def _by_rules(report: Report) -> list[Finding]:
    return [finding for finding in report.findings if finding.source is not Source.READER]


def _parts(wanted: Mapping[Finding, Edit], most: int) -> Iterator[dict[Finding, Edit]]:
    """Yield edits one by one, or, when there are more than ``most``, some neighbours at a time."""
    items = list(wanted.items())
    size = -(-len(items) // most)
    return (dict(items[first : first + size]) for first in range(0, len(items), size))


def _signatures(draft: str, edits: Iterable[Edit]) -> dict[int, _Signature]:
    """Return by what each edit is known again when its place has moved; by identity, for many findings share one."""
    distinct = {id(edit): edit.changes for edit in edits}
    return {one: tuple((draft[c.start : c.end], c.new) for c in changes) for one, changes in distinct.items()}
