"""clarity/agentless-passive: «پیگیری می‌شود» without a word on who does it and when."""

from __future__ import annotations

from collections.abc import Iterator

from hamdel.checks.phrase import phrase_hits
from hamdel.evidence.case import Case, Hit
from hamdel.model import Audience, Register
from hamdel.phrasebank import CheckDef

__all__ = ["agentless"]

_OFFICIAL = 3  # formal business letters are written in the passive; fewer than this many are their normal tone


def agentless(check: CheckDef, case: Case) -> Iterator[Hit]:
    """Yield the check's phrases; in a formal business letter only when there are several."""
    hits = list(phrase_hits(check, case))
    business = case.conversation.audience is Audience.BUSINESS
    if business and len(hits) < _OFFICIAL and case.register is Register.FORMAL:
        return
    yield from hits
