"""clarity/unanswered-question: each question wants an answer of its kind (a time, a price, a place, a reason …)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from hamdel.evidence.acts.steps import Steps, asks
from hamdel.evidence.acts.synonyms import Synonyms
from hamdel.evidence.case import Case, Hit
from hamdel.evidence.customer import Question, QuestionKind
from hamdel.evidence.customer.problem import without_greeting
from hamdel.language.fold import key
from hamdel.language.sets import word_set
from hamdel.language.times import Bound
from hamdel.language.tokenizer import Kind
from hamdel.model import Emotion, Severity
from hamdel.model.policy import Role
from hamdel.phrasebank import CheckDef

__all__ = ["UnansweredQuestion", "asked"]

_UNKNOWN = word_set("acts.answer.unknown")
_YES_NO = word_set("acts.answer.whole")
_MUCH, _MUCH_BESIDE_YES = 8, 10  # content words of the draft's own


def asked(case: Case, question: Question) -> Hit:
    """Return what is reported of an open question: its kind, and its words."""
    raw = case.context.message[question.start : question.end]
    words = without_greeting(raw)
    words += "؟" if words and raw.rstrip().endswith(("؟", "?")) else ""
    return Hit(kind=question.kind.value, evidence=(words,), slots=(("question", words),))


class UnansweredQuestion:
    """Aligns the customer's questions with the draft.

    A question is answered when the draft has something of the kind that it asks for; among several questions, the
    draft must also take up its words, or have that kind of answer to itself.

    Args:
        check: the definition; its options list the words by which each kind of answer is known.
        synonyms: tells what names the same thing.
        steps: tells what a draft says besides answers.
    """

    def __init__(self, check: CheckDef, synonyms: Synonyms, steps: Steps) -> None:
        self._words = {kind: frozenset(map(key, check.words(kind.value))) for kind in QuestionKind}
        self._whereabouts = tuple(map(key, check.words("whereabouts")))
        self._way = frozenset(map(key, check.words("way")))
        self._slots = frozenset(map(key, check.words("slots")))
        self._own_slots = {kind: frozenset(map(key, check.words(f"{kind.value}_slots"))) for kind in QuestionKind}
        self._synonyms = synonyms
        self._steps = steps

    def __call__(self, case: Case) -> Iterator[Hit]:
        questions = case.context.questions
        if not questions or case.context.emotion is Emotion.THANKS or asks(case) or self._says_unknown(case):
            return
        if case.has(Role.REFUSAL):  # a "no" is an answer, and has findings of its own
            return
        if case.holds_slot(self._slots):  # an open slot has a finding of its own
            return
        if case.has(Role.VAGUE_TIME):  # a vague "when" has its own finding
            questions = tuple(q for q in questions if q.kind is not QuestionKind.WHEN)
        open_ones = [q for q in questions if not self._is_answered(case, q)]
        if not _YES_NO.isdisjoint(case.said_norms):  # the first of them got its yes or no, in whatever words
            answered = next((q for q in questions if q.kind is QuestionKind.YES_NO), None)
            open_ones = [q for q in open_ones if q is not answered]
        if not open_ones or self._says_much(case, open_ones[0].kind):
            return
        severity = Severity.WARNING if self._is_sure(case, open_ones) else Severity.SUGGESTION
        yield replace(asked(case, open_ones[0]), severity=severity)

    def _is_sure(self, case: Case, open_ones: list[Question]) -> bool:
        """A typed question («کی», «چقدر») without an answer of its type, or one of several that nothing touches."""
        several = len(case.context.questions) > 1
        typed = [q for q in open_ones if q.kind is not QuestionKind.YES_NO]
        return bool(typed or several) and not self._steps.informs(case)

    def _says_much(self, case: Case, kind: QuestionKind) -> bool:
        """A draft with much to say may explain in words that no list knows: «از میانگین سه صرافی می‌گیریم»."""
        return self._steps.content(case) > (_MUCH_BESIDE_YES if kind is QuestionKind.YES_NO else _MUCH)

    @staticmethod
    def _says_unknown(case: Case) -> bool:
        return not _UNKNOWN.isdisjoint(case.said_norms)

    def _is_answered(self, case: Case, question: Question) -> bool:
        fits = self._has_kind(case, question.kind) or self._tells_way(case, question)
        if len(case.context.questions) == 1:
            free = question.kind in (QuestionKind.YES_NO, QuestionKind.WHICH)
            return fits or (free and bool(question.content) and self._touches(case, question))
        alone = sum(q.kind is question.kind for q in case.context.questions) == 1
        if question.kind is QuestionKind.YES_NO:
            return fits and self._touches(case, question)
        return fits and (alone or self._touches(case, question))

    def _tells_way(self, case: Case, question: Question) -> bool:
        """«بسته‌ام کجاست؟» wants to know how far it is: «تحویل پیک شد», «فردا می‌رسه»."""
        asked = key(case.context.message[question.start : question.end])
        if question.kind is not QuestionKind.WHERE or not any(word in asked for word in self._whereabouts):
            return False
        words = (case.draft.words[i] for i in case.helpful)
        timed = any(time.bound is Bound.EXACT for time in case.times)
        return timed or any(word.norm in self._way or word.lemma in self._way for word in words)

    def _touches(self, case: Case, question: Question) -> bool:
        """The draft takes up a content word of the question."""
        return not question.content or self._synonyms.link(question.content, case.said_lemmas | case.said_norms)

    def _has_kind(self, case: Case, kind: QuestionKind) -> bool:
        """Tell whether the draft has a word, a number, a time, a link or a verb that answers such a question.

        A slot for it does, too: it waits to be filled, which is a finding of its own.
        """
        words = [case.draft.words[i] for i in case.helpful]
        listed = any(word.norm in self._words[kind] or word.lemma in self._words[kind] for word in words)
        if listed or case.holds_slot(self._own_slots[kind]) or (kind is QuestionKind.WHEN and case.times):
            return True
        if kind in (QuestionKind.WHEN, QuestionKind.WHY):
            return False
        linked = any(word.kind in (Kind.URL, Kind.EMAIL) for word in case.draft.words)
        if kind in (QuestionKind.PRICE, QuestionKind.NUMBER):
            return linked or any(word.kind is Kind.NUMBER for word in words)
        if kind in (QuestionKind.HOW, QuestionKind.WHERE):
            return linked or self._steps.guides(case)
        return linked or self._states(case)

    def _states(self, case: Case) -> bool:
        """The draft states something: any verb will do, for yes and no come in many shapes."""
        return self._steps.answers(case) or self._steps.moves(case)
