"""empathy/thanks-missing: somebody tells us of a mistake, gives an idea or waits, and nobody thanks them."""

from __future__ import annotations

from collections.abc import Iterator

from hamdel.evidence.acts.cues import Cues, is_harsh
from hamdel.evidence.case import Case, Hit
from hamdel.evidence.customer import NEGATIVE
from hamdel.language.fold import key
from hamdel.model import Emotion
from hamdel.model.evidence import Evidence
from hamdel.phrasebank import CheckDef

__all__ = ["ThanksMissing"]

_LIKELY = 0.5


class ThanksMissing:
    """Asks the evidence for thanks, where the customer's words call for them.

    Whoever is upset wants to be seen first: there an apology does, and empathy/no-feeling-ack asks for one.

    Args:
        check: its options list the cues (``reports``, ``hints``, ``ideas``, ``patience``), the words of thanks, and
            how unlikely thanks and an apology have to be (``thanks``, ``sorry``).
    """

    def __init__(self, check: CheckDef) -> None:
        self._reports = Cues(check.words("reports"))
        self._hints = Cues(check.words("hints"))
        self._ideas = Cues(check.words("ideas"))
        self._patience = Cues(check.words("patience"))
        self._thanking = frozenset(map(key, check.words("thanking")))
        self._thanks = float(check.options.get("thanks", 0.2))
        self._sorry = float(check.options.get("sorry", 0.4))

    def __call__(self, case: Case) -> Iterator[Hit]:
        if case.evidence is None or case.context.emotion is Emotion.ANGER or is_harsh(case):
            return
        kind = self._kind(case)
        if kind and not self._is_thanked(case, case.evidence, kind):
            yield Hit(kind=kind)

    def _kind(self, case: Case) -> str:
        """Return what calls for thanks; empty when nothing does."""
        context = case.context
        if context.emotion in (Emotion.NEUTRAL, Emotion.DISAPPOINTMENT, Emotion.THANKS) and self._ideas.stand_in(case):
            return "idea"
        if context.emotion in NEGATIVE:
            return ""
        if self._reports.stand_in(case) or (not context.questions and self._hints.stand_in(case)):
            return "report"
        return "patience" if "!" not in context.message and self._patience.stand_in(case) else ""

    def _is_thanked(self, case: Case, evidence: Evidence, kind: str) -> bool:
        """An idea that is there already is answered by where."""
        if not self._thanking.isdisjoint(case.said_norms) or (kind == "idea" and evidence.best("instruct") >= _LIKELY):
            return True
        return evidence.best("thank") >= self._thanks or max(map(evidence.best, ("sorry", "feel"))) >= self._sorry
