"""The matcher of most checks: listed phrases, less those that a guard drops."""

from __future__ import annotations

from collections.abc import Iterator

from hamdel.base.deadline import look
from hamdel.evidence.case import Case, Hit
from hamdel.evidence.phrases import PhraseHit
from hamdel.evidence.predicates.registry import GUARDS
from hamdel.model import Severity
from hamdel.phrasebank import CheckDef

__all__ = ["phrase_hits"]


def _stands(check: CheckDef, case: Case, hit: PhraseHit) -> bool:
    names = (*check.guards, *hit.group.guards)
    if any(GUARDS[name](case, hit.first, hit.last) for name in names):
        return False
    return all(GUARDS[name](case, hit.first, hit.last) for name in hit.group.when)


def _severity(check: CheckDef, case: Case, hit: PhraseHit) -> Severity | None:
    """Return what overrides the check's severity; None keeps it."""
    group = hit.group
    graver = group.graver_when and all(GUARDS[name](case, hit.first, hit.last) for name in group.graver_when)
    return (group.severity or check.severity).graver if graver else group.severity


def phrase_hits(check: CheckDef, case: Case) -> Iterator[Hit]:
    """Yield the phrases of ``check`` that no guard drops; of overlapping ones the first and longest."""
    end = -1
    for hit in case.phrases(check):
        look()  # a guard may drop them all
        if hit.first >= end and _stands(check, case, hit):
            end = hit.last
            yield Hit(hit.first, hit.last, hit.group.kind, _severity(check, case, hit))
