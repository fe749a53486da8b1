"""What a reply leaves out: the feeling, the problem, the next step.

Each of these is silent unless the customer's message is known and calls for it; a draft that gives any credit is
left alone (catalogue section 2: one acknowledgement is enough).
"""

from __future__ import annotations

from collections.abc import Iterator

from hamdel.evidence.acts.steps import Steps, asks
from hamdel.evidence.acts.synonyms import Synonyms
from hamdel.evidence.case import Case, Hit
from hamdel.evidence.customer import content_keys, content_lemmas
from hamdel.evidence.phrases import PhraseHit
from hamdel.language.fold import key
from hamdel.model import Emotion
from hamdel.phrasebank import CheckDef

__all__ = ["FeelingAck", "NextStep", "ProblemAck", "follow_up"]

_FIRST_REPLY = 1


def follow_up(case: Case) -> bool:
    """Tell whether this is a later reply of a conversation: what the first one has to say was said."""
    return case.conversation.turn is not None and case.conversation.turn > _FIRST_REPLY


class FeelingAck:
    """empathy/no-feeling-ack: the customer says anger, worry or disappointment, and the draft doesn't show it."""

    def __init__(self, check: CheckDef) -> None:
        self._check = check

    def __call__(self, case: Case) -> Iterator[Hit]:
        if not case.context.upset or follow_up(case) or "empathy/non-apology" in case.found:
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


class ProblemAck:
    """empathy/no-problem-ack: nothing of what the customer wrote about comes back in the draft.

    Args:
        check: the definition.
        synonyms: tells what names the same thing.
        steps: tells what a draft answers.
    """

    _INFORMATIVE = 2  # content words of its own; a draft with more may answer in words that no list links

    def __init__(self, check: CheckDef, synonyms: Synonyms, steps: Steps) -> None:
        self._check = check
        self._synonyms = synonyms
        self._steps = steps

    def __call__(self, case: Case) -> Iterator[Hit]:
        context = case.context
        if follow_up(case) or context.emotion is Emotion.THANKS or not context.content:
            return
        if not (context.problem or context.questions or context.upset or context.details.orders):
            return
        steps = self._steps
        answers = steps.answers(case, loosely=True) and "respect/blunt-refusal" not in case.found
        guides = steps.guides(case) and "clarity/deflection" not in case.found
        fits = answers or guides or asks(case) or self._informs(case)
        if not (fits or self._linked(case)):
            yield Hit(kind="subject", evidence=tuple(sorted(context.content))[:5])

    def _linked(self, case: Case) -> bool:
        theirs, mine = case.context.content, content_keys(case.said_words)
        if case.has_credit(self._check.id) or self._synonyms.link(theirs, mine):
            return True
        return any(len(t) > 3 and len(m) > 3 and (t in m or m in t) for t in theirs for m in mine)

    def _informs(self, case: Case) -> bool:
        """A draft that says something of its own may be about the problem in other words; an excuse isn't."""
        return len(content_lemmas(case.draft.words[i] for i in case.helpful)) > self._INFORMATIVE


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
        if {"clarity/refusal-no-alternative", "clarity/deflection", "respect/blunt-refusal"} & case.found.keys():
            return
        if case.holds_slot(self._slots):
            return
        if not (self._steps.moves(case) or self._steps.informs(case) or self._steps.answers(case)):
            yield Hit(kind="step")
