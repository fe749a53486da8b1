"""Predicates about the whole situation, for `guards`: a complaint, an offer that was asked for, who acts."""

from __future__ import annotations

from hamdel.evidence.case import Case
from hamdel.evidence.customer import QuestionKind
from hamdel.evidence.predicates.nearby import once
from hamdel.language.fold import key
from hamdel.language.sets import entries, word_set
from hamdel.language.words import Word
from hamdel.model import Stage

__all__ = [
    "agent_named", "amends", "announcement", "complaint", "denial", "needless", "offer_asked", "option_follows", "owed",
    "quoted_back",
]  # fmt: skip

_AMENDS = word_set("matters.outcome.amends")
_OFFERS = entries("matters.outcome.offers")
_ASKS_FOR_OFFER = tuple(key(word) for word in _OFFERS)
_AGENTS = word_set("acts.us.agents")
_SAYING = word_set("grammar.verb.saying")
_MONEY = word_set("matters.money.words")
_ARTICLE = 3  # sentences with a verb
_POSSIBLE = 3  # tokens of «امکان نداره»
_CONTRASTS = word_set("grammar.clause.contrast")


# What is asked of one word; see `hamdel.language.analysis.Analysis.among`.


def _makes_good(word: Word) -> bool:
    return word.norm in _AMENDS or word.lemma in _AMENDS


def _i_did(word: Word) -> bool:
    return word.person == 1 and not word.plural and "Tense=Past" in word.feats


def _is_view(word: Word) -> bool:
    return word.norm == "نظر"


def _frees(word: Word) -> bool:
    return word.norm == "بدون" or (word.predicate and word.negative)


def _acts(word: Word) -> bool:
    return word.norm in _AGENTS or (word.finite and word.person == 1)


def _contrasts(word: Word) -> bool:
    return word.norm in _CONTRASTS


def complaint(case: Case, first: int, last: int) -> bool:
    """The customer is angry, worried or disappointed, or has a problem after the sale."""
    context = case.context
    return context.upset or (context.stage is Stage.AFTER_SALE and bool(context.problem))


@once
def offer_asked(case: Case, first: int, last: int) -> bool:
    """A question of the customer is about prices, plans or buying: an offer answers it."""
    asked = (case.context.message[q.start : q.end] for q in case.context.questions)
    return any(word.startswith(_ASKS_FOR_OFFER) for text in asked for word in map(key, text.split()))


def amends(case: Case, first: int, last: int) -> bool:
    """The sentence makes something good: «برای جبران», «رایگان», or something already done («گذاشتم»)."""
    draft = case.draft
    begin, end = draft.sentence(first)
    if draft.among(_makes_good, begin, end) or draft.among(_i_did, begin, end):
        return True
    view = draft.first_among(_is_view, begin + 1, end)
    while view is not None and draft.words[view - 1].norm != "در":  # «… برای شما در نظر گرفتیم»
        view = draft.first_among(_is_view, view + 1, end)
    return view is not None


def needless(case: Case, first: int, last: int) -> bool:
    """«لازم نیست …», «بدون …»: what stands before the match in its sentence says that it isn't needed."""
    return case.draft.among(_frees, case.draft.sentence(first)[0], first)


def announcement(case: Case, first: int, last: int) -> bool:
    """Nobody's message is answered, and several sentences explain: rules and articles, which refuse nobody anything."""
    explains = sum(any(w.finite for w in case.draft.words[slice(*s)]) for s in case.draft.sentences)
    return not case.context.message and explains >= _ARTICLE


def agent_named(case: Case, first: int, last: int) -> bool:
    """The sentence says who acts: «من», «واحد مالی», «توسط …», or a verb in the first person."""
    return case.draft.among(_acts, *case.draft.sentence(first))


def denial(case: Case, first: int, last: int) -> bool:
    """«امکان نداره پیک ما داد زده باشه»: it says what can't have been, and refuses nothing."""
    words = case.draft.words
    if words[first].norm != "امکان" or last - first > _POSSIBLE:  # «امکان ارسال نیست» refuses
        return False
    clause = words[last : case.draft.clause(min(last, len(words) - 1))[1]]
    return any(w.finite and w.person == 3 and "Mood=Sub" in w.feats and (w.plural or w.lemma == "بودن") for w in clause)


def owed(case: Case, first: int, last: int) -> bool:
    """«نباید یه ریال هم می‌دادید»: what nobody should have had to pay is no fault of theirs."""
    words = case.draft.words[slice(*case.draft.clause(first))]
    norms = {word.norm for word in words}
    return "نباید" in norms and not norms.isdisjoint(_MONEY)


def quoted_back(case: Case, first: int, last: int) -> bool:
    """«نوشتید نصاب نیومده»: the sentence repeats what the customer said."""
    begin = case.draft.sentence(first)[0]
    return any(w.person == 2 and w.lemma in _SAYING for w in case.draft.words[begin:first])


def option_follows(case: Case, first: int, last: int) -> bool:
    """The customer asked whether something is possible, and the no is followed at once by what is."""
    if all(question.kind is not QuestionKind.YES_NO for question in case.context.questions):
        return False
    end = case.draft.sentence(first)[1]
    end = case.draft.sentence(end)[1] if end < len(case.draft.words) else end
    return case.draft.among(_contrasts, last, end)
