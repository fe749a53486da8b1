"""What moves a customer's case on: an act, a promise, a guidance, a question, a time, an answer."""

from __future__ import annotations

from hamdel.evidence.case import Case
from hamdel.evidence.customer import QuestionKind, content_lemmas
from hamdel.evidence.phrases import PhraseHit
from hamdel.language.fold import key
from hamdel.language.sets import word_set
from hamdel.language.tokenizer import Kind
from hamdel.language.words import Word
from hamdel.phrasebank import CheckDef

__all__ = ["Steps", "asks"]

_MODAL = word_set("grammar.verb.modal")
_ARROWS = frozenset((">", "›", "←", "→"))  # «پروفایل > مدارک من»: a path of menus
_ADDRESSES = frozenset((Kind.URL, Kind.EMAIL, Kind.CODE))
_INTERROGATIVES = word_set("grammar.question.asking")
_FUTURE = frozenset(("خواستن",))  # «پیگیری خواهد شد» says when as little as «پیگیری می‌شود» does
_STATES = word_set("grammar.verb.state")
_WITH_NUMBERS = frozenset((QuestionKind.PRICE, QuestionKind.NUMBER, QuestionKind.WHEN))
_OPEN_TO_STATEMENTS = frozenset((QuestionKind.YES_NO, QuestionKind.WHICH, QuestionKind.WHY))
_INFORMATIVE = 3  # content words of its own that make a draft an answer


def asks(case: Case) -> bool:
    """Tell whether the draft asks something back, with a question mark or without («مدلش چیه»)."""
    known = case.memory.get("asks")
    if known is None:
        words = [case.draft.words[i] for i in case.helpful]
        known = case.memory["asks"] = any(word.asks or word.norm in _INTERROGATIVES for word in words)
    return known


class Steps:
    """Reads a draft for steps; its words come from clarity/no-next-step.

    Args:
        check: the definition, with the options ``feeling_verbs``, ``waiting`` and ``process``.
    """

    def __init__(self, check: CheckDef) -> None:
        self._check = check
        self._waiting = frozenset(map(key, check.words("waiting")))
        self._idle = self._waiting | frozenset(map(key, check.words("feeling_verbs")))
        self._process = frozenset(map(key, check.words("process")))

    def moves(self, case: Case) -> bool:
        """Tell whether there is a question, a time, an address, or something that is or will be done."""
        known = case.memory.get("moves")
        if known is None:
            known = case.memory["moves"] = self._moves(case)
        return known

    def _moves(self, case: Case) -> bool:
        words = case.draft.words
        if not case.kinds.isdisjoint(_ADDRESSES) or not _ARROWS.isdisjoint(case.said_norms):
            return True
        if any(self._counts(case, hit) for hit in case.phrases(self._check, credit=True)):
            return True
        kinds = {question.kind for question in case.context.questions}
        if kinds & _WITH_NUMBERS and any(w.kind is Kind.NUMBER for w in words):
            return True
        if asks(case) or any(self._is_step(case, i) for i in case.helpful if words[i].finite):
            return True
        return not case.time_tokens.isdisjoint(case.helpful)  # times cost more than all of the rest

    def guides(self, case: Case) -> bool:
        """Tell whether the customer is told what to do, other than to wait."""
        words = case.draft.words
        return any(self._is_step(case, i) for i in [i for i in case.helpful if words[i].person == 2])

    def informs(self, case: Case) -> bool:
        """Tell whether the draft says something of its own; not knowing is nothing to go on with."""
        if any(case.draft.words[i].lemma == "دانستن" and case.draft.words[i].negative for i in case.helpful):
            return False
        return self.content(case) > _INFORMATIVE

    def content(self, case: Case) -> int:
        """Return how many content words of its own the draft has, waiting and formalities aside."""
        content = content_lemmas(case.draft.words[i] for i in case.helpful)
        return len(content - self._idle - self._process)

    def answers(self, case: Case, loosely: bool = False) -> bool:
        """Tell whether something was asked and the draft states anything.

        Args:
            case: the draft under examination.
            loosely: a statement answers every question, not only one for yes, no or which.
        """
        kinds = {question.kind for question in case.context.questions}
        if not (kinds if loosely else kinds & _OPEN_TO_STATEMENTS):
            return False
        return self._is_fragment(case) or any(self._is_answer(case, i) for i in case.helpful)

    def _is_fragment(self, case: Case) -> bool:
        """«آبی، سایز L»: a few words without a verb, of which some are new."""
        words = [case.draft.words[i] for i in case.helpful]
        return not any(word.predicate for word in words) and bool(content_lemmas(words) - self._idle - self._process)

    def _counts(self, case: Case, hit: PhraseHit) -> bool:
        """A step that stands in a call for patience, or that only says that something goes on, is none."""
        first, last = case.draft.clause(hit.first)
        lemmas = {word.lemma for word in case.draft.words[first:last]}
        return hit.first in case.helpful_tokens and not lemmas & (self._waiting | self._process)

    @staticmethod
    def _before(case: Case, i: int, reach: int) -> set[str]:
        """Return the lemmas right before a verb: the noun of a compound verb is among them."""
        return {word.lemma for word in case.draft.words[max(0, i - reach) : i]}

    def _is_step(self, case: Case, i: int) -> bool:
        """Tell whether a verb says that we act, that the customer is guided, or that something was done."""
        word = case.draft.words[i]
        if not word.finite or word.lemma in _MODAL or word.lemma in self._idle:
            return False
        if self._before(case, i, 1) & self._idle:
            return False
        if word.person == 1:
            return not word.negative and word.lemma not in _STATES
        if word.person == 2:  # «بفرستید» guides; «درست می‌فرمایید» doesn't
            return ("Mood=Sub" in word.feats or "Mood=Imp" in word.feats) and word.lemma != "بودن"
        return _is_done(word) and not self._before(case, i, 1) & _FUTURE

    def _is_answer(self, case: Case, i: int) -> bool:
        word = case.draft.words[i]
        if word.person == 1 and word.plural and word.lemma == "داشتن":  # «حالت شب نداریم»
            return True
        if not word.predicate or word.person in (1, 2) or word.lemma in self._idle:
            return False
        return not self._before(case, i, 2) & (self._idle | self._process)


def _is_done(word: Word) -> bool:
    """«ارسال شد», «رفع شده است»."""
    done = "Tense=Past" in word.feats or "Aspect=Perf" in word.feats
    return done and not word.negative and word.lemma == "شدن"
