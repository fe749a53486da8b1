"""clarity/negative-first: a refusal is the first thing that the reply says."""

from __future__ import annotations

from collections.abc import Iterator

from hamdel.checks.phrase import phrase_hits
from hamdel.evidence.case import Case, Hit
from hamdel.evidence.predicates.position import opening
from hamdel.phrasebank import CheckDef

__all__ = ["negative_first"]


def negative_first(check: CheckDef, case: Case) -> Iterator[Hit]:
    """Yield the refusal that opens the content, if one does."""
    if not case.hits.get(check.id):
        return
    place = opening(case)
    if place is None:
        return
    for hit in phrase_hits(check, case):
        if hit.first < place[1]:
            yield hit
            return
