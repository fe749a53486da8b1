"""clarity/explore: a vague message is answered, though nobody can know what is wrong.

«کار نمی‌کنه» is vague, «پیتزا سرد بود» says what went wrong. So the words that tell of nothing but trouble are data.

Source: EPITOME's explorations (Sharma et al. 2020): to ask about what isn't said is one of empathy's three mechanisms.
"""

from __future__ import annotations

from collections.abc import Iterator

from hamdel.evidence.acts.cues import Cues, is_harsh
from hamdel.evidence.case import Case, Hit
from hamdel.language.fold import key
from hamdel.language.tokenizer import Kind
from hamdel.model import Emotion
from hamdel.phrasebank import CheckDef

__all__ = ["Exploring"]

_FIRST_REPLY = 1


class Exploring:
    """A complaint or problem of a few words without any detail, and a draft that neither asks nor helps.

    Args:
        check: its options say how few words are vague (``words``, ``subjects``, ``felt_subjects``) and how few of a
            draft say nothing (``draft_words``), which words tell of trouble (``troubles``) or of details
            (``specific``), and how unlikely each act has to be (``asks``, ``helps``).
    """

    def __init__(self, check: CheckDef) -> None:
        options = check.options
        self._words = int(options.get("words", 7))
        self._subjects = int(options.get("subjects", 4))
        self._felt = int(options.get("felt_subjects", 1))
        self._draft_words = int(options.get("draft_words", 25))
        self._asks = float(options.get("asks", 0.2))
        self._helps = float(options.get("helps", 0.35))
        self._help = check.words("help")
        self._troubles = Cues(check.words("troubles"))
        self._specific = Cues(check.words("specific"))
        self._slots = frozenset(map(key, check.words("slots")))

    def __call__(self, case: Case) -> Iterator[Hit]:
        evidence = case.evidence
        if evidence is None or case.asks or not self._is_vague(case) or case.holds_slot(self._slots):
            return
        if is_harsh(case) or sum(word.kind is Kind.WORD for word in case.said_words) > self._draft_words:
            return
        if evidence.best("ask") < self._asks and all(evidence.best(act) < self._helps for act in self._help):
            yield Hit(kind="problem" if self._troubles.stand_in(case) else "complaint")

    def _is_vague(self, case: Case) -> bool:
        context = case.context
        if context.emotion is Emotion.THANKS or context.questions or case.conversation.turn not in (None, _FIRST_REPLY):
            return False
        details = context.details
        if details.orders or details.dates or details.amounts or details.names:
            return False
        said = [norm for norm in context.norms if any(map(str.isalnum, norm))]
        if len(said) > self._words or any(norm.isascii() or norm.isdigit() for norm in said):
            return False
        if self._specific.stand_in(case) or len(context.content) > self._subjects:
            return False
        feels = context.upset and not context.problem and len(context.content) <= self._felt
        return feels or self._troubles.stand_in(case)
