"""empathy/no-problem-ack: a problem that the customer tells, and the draft passes over.

Silent unless the customer's message is known and calls for it; a draft that gives any credit is left alone, for one
acknowledgement is enough.
"""

from __future__ import annotations

from collections.abc import Iterator

from hamdel.checks.later_reply import follow_up
from hamdel.evidence.acts.steps import Steps, asks
from hamdel.evidence.acts.synonyms import Synonyms
from hamdel.evidence.case import Case, Hit
from hamdel.evidence.customer import content_keys, content_lemmas
from hamdel.model import Emotion
from hamdel.model.policy import Role
from hamdel.phrasebank import CheckDef

__all__ = ["ProblemAck"]


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
        answers = steps.answers(case, loosely=True) and not case.has(Role.BLUNT)
        guides = steps.guides(case) and not case.has(Role.HANDOVER)
        fits = answers or guides or asks(case) or self._informs(case)
        if not (fits or self._linked(case)):
            yield Hit(kind="subject", evidence=case.subject)

    def _linked(self, case: Case) -> bool:
        theirs, mine = case.context.content, content_keys(case.said_words)
        if any(case.phrases(self._check, credit=True)) or self._synonyms.link(theirs, mine):
            return True
        return any(len(t) > 3 and len(m) > 3 and (t in m or m in t) for t in theirs for m in mine)

    def _informs(self, case: Case) -> bool:
        """A draft that says something of its own may be about the problem in other words; an excuse isn't."""
        return len(content_lemmas(case.draft.words[i] for i in case.helpful)) > self._INFORMATIVE
