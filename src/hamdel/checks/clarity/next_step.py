"""clarity/no-next-step: a draft after which the customer doesn't know what happens next."""

from __future__ import annotations

from collections.abc import Iterator

from hamdel.evidence.acts.steps import Steps
from hamdel.evidence.case import Case, Hit
from hamdel.language.fold import key
from hamdel.model import Emotion
from hamdel.model.policy import Role
from hamdel.phrasebank import CheckDef

__all__ = ["NextStep"]


class NextStep:
    """clarity/no-next-step: the draft neither does, promises, asks nor answers anything.

    Args:
        check: the definition; its option ``slots`` lists placeholders that a step will fill.
        steps: tells what moves a case on.
    """

    def __init__(self, check: CheckDef, steps: Steps) -> None:
        self._slots = frozenset(map(key, check.words("slots")))
        self._steps = steps

    def __call__(self, case: Case) -> Iterator[Hit]:
        context = case.context
        asked = context.problem or context.upset or context.questions
        if context.emotion is Emotion.THANKS or not asked:
            return
        if case.has(Role.REFUSAL, Role.HANDOVER):
            return
        if case.holds_slot(self._slots):
            return
        if not (self._steps.moves(case) or self._steps.informs(case) or self._steps.answers(case)):
            yield Hit(kind="step")
