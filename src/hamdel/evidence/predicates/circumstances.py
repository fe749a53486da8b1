"""Predicates about the whole case: who reads the draft, what they feel, what else the draft says."""

from __future__ import annotations

from bisect import bisect_right
from operator import itemgetter

from hamdel.evidence.case import Case
from hamdel.evidence.predicates.nearby import around, once
from hamdel.language.analysis import Analysis
from hamdel.language.sets import daytimes, word_set
from hamdel.language.tokenizer import Kind
from hamdel.language.words import Word
from hamdel.model import Audience
from hamdel.model.policy import Role

__all__ = [
    "apologises",
    "bare_answer",
    "blamed_us",
    "business_or_refusal",
    "cause_named",
    "only_statement",
    "owned",
    "protective",
    "sole_empathy",
    "stacked",
    "survey",
    "that_clause",
]

_SURVEY = word_set("matters.safety.survey")
_IFIDS = word_set("acts.apology.words")
_US = word_set("acts.us.owning")
_OF_US = word_set("acts.fault.of")
_OWNING = word_set("acts.fault.owning")
_THIRD = word_set("acts.fault.others")
_OPENING = word_set("acts.lead.answer") | daytimes()
_IMPOSSIBLE = word_set("matters.outcome.impossible")
_NAMING = word_set("grammar.clause.naming")
_STACK = 3


# What is asked of one word; see `hamdel.language.analysis.Analysis.among`.


def _surveys(word: Word) -> bool:
    return word.norm in _SURVEY


def _says_sorry(word: Word) -> bool:
    return word.norm in _IFIDS


def _is_third(word: Word) -> bool:
    return word.norm in _THIRD


def _is_us(word: Word) -> bool:
    return word.norm in _US


def _owns(word: Word) -> bool:
    return word.norm in _OWNING


def _is_wrong(word: Word) -> bool:
    return word.lemma == "اشتباه"


def _we_did(word: Word) -> bool:
    return word.person == 1 and "Tense=Past" in word.feats


def _says_more(word: Word) -> bool:
    return word.kind is Kind.WORD and word.norm not in _OPENING


def _says_anything(word: Word) -> bool:
    return word.kind in (Kind.WORD, Kind.NUMBER)


@once
def sole_empathy(case: Case, first: int, last: int) -> bool:
    """The customer says anger, worry or disappointment, and only set phrases answer it, or has to say so again."""
    if not case.context.upset:
        return False
    if case.conversation.turn is not None and case.conversation.turn > 1:
        return True
    canned = list(case.phrases_of(Role.CANNED))
    shown = case.phrases_of(Role.EMPATHY)
    return all(any(c.first < hit.last and hit.first < c.last for c in canned) for hit in shown)


def that_clause(case: Case, first: int, last: int) -> bool:
    """«که» or «چون» follows: the phrase goes on to name what happened."""
    after = case.draft.next_word(last - 1)
    return after is not None and case.draft.words[after].norm in _NAMING


def survey(case: Case, first: int, last: int) -> bool:
    """The sentence or a neighbour asks for an opinion: «نظرسنجی»، «امتیاز»."""
    return case.draft.among(_surveys, *around(case, first, last))


def apologises(case: Case, first: int, last: int) -> bool:
    """An apology stands in the sentence or a neighbour; «متأسفانه» is none."""
    return case.draft.among(_says_sorry, *around(case, first, last))


def owned(case: Case, first: int, last: int) -> bool:
    """The sentence says «ما» or «من», or a neighbour takes the fault on («اشتباه از ما بود»، «کوتاهی کردیم»)."""
    draft = case.draft
    if draft.among(_is_us, *draft.sentence(first)):
        return True
    begin, end = around(case, first, last)
    if draft.among(_owns, begin, end):
        return True
    us = draft.first_among(_is_us, begin + 1, end)
    while us is not None and draft.words[us - 1].norm not in _OF_US:
        us = draft.first_among(_is_us, us + 1, end)
    return us is not None or _wronged(draft, begin, first) or _wronged(draft, last, end)


def _wronged(draft: Analysis, first: int, last: int) -> bool:
    """«اشتباه کردیم»: a mistake, and right after it a first person's past."""
    wrong = draft.first_among(_is_wrong, first, last)
    while wrong is not None and not any(map(_we_did, draft.words[wrong : wrong + 4])):
        wrong = draft.first_among(_is_wrong, wrong + 1, last)
    return wrong is not None


def cause_named(case: Case, first: int, last: int) -> bool:
    """The sentence or a neighbour names somebody else's part, or says that the cause is looked for."""
    return case.draft.among(_is_third, *around(case, first, last))


def blamed_us(case: Case, first: int, last: int) -> bool:
    """The customer says that the fault is ours: «اشتباهی فرستادید»."""
    return case.context.blames_us


def protective(case: Case, first: int, last: int) -> bool:
    """What is refused protects somebody: «محرمانه»، «امنیت» (credit phrases)."""
    return any(case.phrases_of(Role.ALTERNATIVES, "credit-protection"))


def bare_answer(case: Case, first: int, last: int) -> bool:
    """The sentence says nothing else; a greeting and «متأسفانه» may stand before the match."""
    begin, end = case.draft.sentence(first)
    return not (case.draft.among(_says_more, begin, first) or case.draft.among(_says_anything, last, end))


def only_statement(case: Case, first: int, last: int) -> bool:
    """Nothing else in the draft says or asks anything; a greeting and thanks may stand."""
    rest = (word for i, word in zip(case.said, case.said_words, strict=True) if not first <= i < last)
    return not any(w.predicate or w.asks or w.kind is Kind.NUMBER for w in rest)


def _refuses(case: Case) -> bool:
    if any(not hit.group.kind.startswith("credit") for hit in case.phrases_of(Role.ALTERNATIVES)):
        return True
    words = case.said_words
    if any(w.lemma == "شدن" and w.negative and "Tense=Pres" in w.feats for w in words):
        return True
    return any(w.lemma in _IMPOSSIBLE for w in words) and any(w.negative and w.predicate for w in words)


@once
def business_or_refusal(case: Case, first: int, last: int) -> bool:
    """The reader is a business, or the draft refuses something."""
    return case.conversation.audience is Audience.BUSINESS or _refuses(case)


def stacked(case: Case, first: int, last: int) -> bool:
    """The third formula of taʾarof in the draft, or a later one."""
    formulae = case.draft.notes.get(("formulae", 0))
    if formulae is None:
        formulae = case.draft.notes["formulae", 0] = _formulae(case)
    place = bisect_right(formulae, first, key=itemgetter(0)) - 1
    return place >= _STACK - 1 and first < formulae[place][1]


def _formulae(case: Case) -> list[tuple[int, int]]:
    """Return the token ranges of all formulae of taʾarof, none in another."""
    found: list[tuple[int, int]] = []
    for hit in case.phrases_of(Role.COURTESY):
        if not found or hit.first >= found[-1][1]:
            found.append((hit.first, hit.last))
    return found
