"""empathy/no-feeling-ack: a feeling that the customer says, and the draft passes over.

Silent unless the customer's message is known and calls for it; a draft that gives any credit is left alone, for one
acknowledgement is enough.
"""

from __future__ import annotations

from collections.abc import Iterator

from hamdel.checks.later_reply import follow_up
from hamdel.evidence.case import Case, Hit
from hamdel.evidence.phrases import PhraseHit
from hamdel.model.policy import Role
from hamdel.phrasebank import CheckDef

__all__ = ["FeelingAck"]


class FeelingAck:
    """empathy/no-feeling-ack: the customer says anger, worry or disappointment, and the draft doesn't show it."""

    def __init__(self, check: CheckDef) -> None:
        self._check = check

    def __call__(self, case: Case) -> Iterator[Hit]:
        if not case.context.upset or follow_up(case) or case.has(Role.NON_APOLOGY):
            return
        if not any(self._counts(case, hit) for hit in case.phrases(self._check, credit=True)):
            yield Hit(kind=case.context.emotion, evidence=case.context.emotion_words)

    @staticmethod
    def _counts(case: Case, hit: PhraseHit) -> bool:
        """«درک نمی‌کنم» and «حق ندارید» acknowledge nothing; an apology for what did *not* happen is one."""
        if hit.group.kind not in ("credit-feeling", "credit-validation"):
            return True
        following = case.draft.words[hit.last - 1 : hit.last + 2]
        verb = next((word for word in following if word.predicate), None)
        return verb is None or not verb.negative
