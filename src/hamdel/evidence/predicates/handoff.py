"""Predicates for clarity/deflection: is the customer passed on, or led on?"""

from __future__ import annotations

from hamdel.evidence.case import Case
from hamdel.evidence.customer import content_lemmas
from hamdel.evidence.predicates.nearby import around, once
from hamdel.language.sets import word_set
from hamdel.language.tokenizer import Kind
from hamdel.language.words import Word
from hamdel.model.policy import Role

__all__ = ["asked_where", "in_condition", "theirs_to_do", "warm_handoff", "whole_plan"]

#: Verbs and nouns with which «ما … می‌کنیم» still does nothing for the customer.
_LINKS = word_set("matters.contact.links")
_TEAM = word_set("acts.us.team")
_STATES = word_set("grammar.verb.idle")
_WORDS_ONLY = word_set("matters.saying.words")
_CONDITIONS = word_set("grammar.clause.in_case")
_HARDLY = 5  # content words
_WHERE = word_set("grammar.question.whereabouts")
_LONG_NUMBER = 3
_PERSONAL = word_set("matters.safety.personal")


def _denies(word: Word) -> bool:
    return word.negative and word.predicate


def _restricts(word: Word) -> bool:
    return word.norm == "فقط"


def _is_colleague(word: Word) -> bool:
    return word.lemma in _TEAM


def _conditional(word: Word) -> bool:
    return word.norm in _CONDITIONS


def _is_personal(word: Word) -> bool:
    return word.norm in _PERSONAL


def _acts(case: Case, i: int) -> bool:
    """Tell whether a verb says what we do: «می‌فرستم», «پیگیری خواهیم کرد»; «درک می‌کنم» does nothing."""
    words = case.draft.words
    word = words[i]
    if not word.finite or word.person != 1 or word.negative:
        return False
    if word.lemma in _STATES and "Tense=Fut" not in word.feats:
        return False
    if i and words[i - 1].lemma in _WORDS_ONLY:
        return False
    begin = case.draft.sentence(i)[0]
    cannot = "Mood=Sub" in word.feats and case.draft.among(_denies, begin, i)
    return not cannot and not case.draft.among(_restricts, case.draft.clause(i)[0], i)


def _colleague_acts(case: Case, i: int) -> bool:
    """«همکارم تا ۱۶ تماس می‌گیره»."""
    word = case.draft.words[i]
    if not word.finite or word.person != 3 or word.negative or word.lemma in _STATES or "Tense=Past" in word.feats:
        return False
    return case.draft.among(_is_colleague, case.draft.sentence(i)[0], i)


def _leads_on(case: Case, i: int) -> bool:
    """Tell whether token ``i`` is a link, an address or a number to call."""
    word = case.draft.words[i]
    if word.kind in (Kind.URL, Kind.EMAIL) or word.norm in _LINKS:
        return True
    return word.kind is Kind.NUMBER and sum(map(str.isdigit, word.norm)) >= _LONG_NUMBER


@once
def warm_handoff(case: Case, first: int, last: int) -> bool:
    """Somewhere the draft says what we do, or it gives a number or link to go on with."""
    return any(_acts(case, i) or _colleague_acts(case, i) or _leads_on(case, i) for i in case.said)


def in_condition(case: Case, first: int, last: int) -> bool:
    """A condition opens before the match in its sentence, closed or not: «اگر تا فردا نیامد، …»."""
    return case.draft.among(_conditional, case.draft.sentence(first)[0], first)


@once
def whole_plan(case: Case, first: int, last: int) -> bool:
    """Besides sentences that pass the customer on, the draft says hardly anything."""
    draft = case.draft
    passing = {draft.sentence(hit.first) for hit in case.phrases_of(Role.HANDOVER)}
    rest = (draft.words[i] for i in case.said if draft.sentence(i) not in passing)
    return len(content_lemmas(rest)) <= _HARDLY


def theirs_to_do(case: Case, first: int, last: int) -> bool:
    """Only the customer may do it, or it can't wait: «کارت را مسدود کنید»، «احراز هویت»."""
    return case.draft.among(_is_personal, *around(case, first, last))


@once
def asked_where(case: Case, first: int, last: int) -> bool:
    """The customer asks whom to turn to, or where."""
    return bool(case.context.questions) and not _WHERE.isdisjoint(case.context.norms)
