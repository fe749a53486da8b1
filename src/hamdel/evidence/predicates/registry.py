"""Named predicates that a phrasebank lists as ``guards`` (a match is dropped) or ``when`` (a match needs it).

Each takes the case and the token range of a match.
"""

from __future__ import annotations

from collections.abc import Callable

from hamdel.evidence.case import Case
from hamdel.evidence.predicates import circumstances as whole
from hamdel.evidence.predicates import handoff, position, promises, situations
from hamdel.evidence.predicates.nearby import around
from hamdel.language.sets import word_set
from hamdel.language.tokenizer import Kind
from hamdel.language.words import Word

__all__ = ["GUARDS", "Guard"]

Guard = Callable[[Case, int, int], bool]

_CONDITIONS = word_set("grammar.clause.condition")
_HEDGES = word_set("grammar.hedge.words")
_REASONS = word_set("grammar.clause.reason_given")
_NEGATIONS = word_set("grammar.negation.words")
_ANSWERS = word_set("acts.answer.leading")
_FIRST = word_set("acts.us.words")


# What is asked of one word; see `hamdel.language.analysis.Analysis.among`.


def _negates(word: Word) -> bool:
    return word.norm in _NEGATIONS or (word.negative and word.predicate)


def _conditional(word: Word) -> bool:
    return word.norm in _CONDITIONS


def _ends_condition(word: Word) -> bool:
    return word.finite or word.norm in "؛:"


def _asks(word: Word) -> bool:
    return word.asks


def _hedges(word: Word) -> bool:
    return word.norm in _HEDGES


def _seems(word: Word) -> bool:
    return word.norm == "نظر"


def _is_ours(word: Word) -> bool:
    return word.norm in _FIRST or (word.finite and word.person == 1)


def _reasons(word: Word) -> bool:
    return word.norm in _REASONS


def _helps(word: Word) -> bool:
    return (word.finite and word.person == 1) or "؟" in word.norm


def _finite_verb(word: Word) -> bool:
    return word.finite and word.pos == "VERB"


def _clause(case: Case, first: int, last: int) -> tuple[int, int]:
    begin, end = case.draft.clause(first)
    return begin, max(end, last)


def negated(case: Case, first: int, last: int) -> bool:
    """The clause has a negation outside the match, or the clause's verb after it is negative."""
    begin, end = _clause(case, first, last)
    return case.draft.among(_negates, begin, first) or case.draft.among(_negates, last, end)


def hypothetical(case: Case, first: int, last: int) -> bool:
    """«اگر … »: a condition opens before the match and no finite verb closes it in between."""
    begin = case.draft.sentence(first)[0]
    closed = case.draft.last_among(_ends_condition, begin, first)
    return case.draft.among(_conditional, begin if closed is None else closed, last)


def question(case: Case, first: int, last: int) -> bool:
    """The sentence ends in a question mark."""
    begin, end = case.draft.sentence(first)
    return case.draft.among(_asks, max(begin, last - 1), end)


def hedged(case: Case, first: int, last: int) -> bool:
    """«شاید»، «احتمالاً»، «ممکنه»، «به نظر می‌رسه» stands in the clause."""
    draft = case.draft
    begin, end = _clause(case, first, last)
    if draft.among(_hedges, begin, end):
        return True
    opinion = draft.first_among(_seems, begin, end)
    while opinion is not None and draft.words[max(0, opinion - 1)].norm != "به":
        opinion = draft.first_among(_seems, opinion + 1, end)
    return opinion is not None


def first_person(case: Case, first: int, last: int) -> bool:
    """The clause is about us: «ما», «من», or a verb in the first person."""
    return case.draft.among(_is_ours, *_clause(case, first, last))


def customer_words(case: Case, first: int, last: int) -> bool:
    """The match stands word for word in the customer's message."""
    wanted = tuple(w.norm for w in case.draft.words[first:last] if w.kind is not Kind.SPACE)
    return "\0".join(("", *wanted, "")) in case.customer_text


def _is_request(case: Case, i: int) -> bool:
    word = case.draft.words[i]
    return word.finite and word.person == 2 and "Tense=Past" not in word.feats


def request_to_customer(case: Case, first: int, last: int) -> bool:
    """The sentence asks the customer to do something: its last verb is in the second person."""
    verb = case.draft.first_among(_finite_verb, first, case.draft.sentence(first)[1])
    return verb is not None and _is_request(case, verb)


def concrete_time(case: Case, first: int, last: int) -> bool:
    """An exact time or bound stands in the same or the next sentence."""
    begin, end = case.draft.sentence(first)
    following = case.draft.sentence(end)[1] if end < len(case.draft.words) else end
    return case.has_time(begin, following, skip=(first, last))


def customer_neutral(case: Case, first: int, last: int) -> bool:
    """The customer says no anger, worry or disappointment."""
    return not case.context.upset


def customer_laughs(case: Case, first: int, last: int) -> bool:
    """The customer laughed first."""
    return case.context.laughs


def clause_initial(case: Case, first: int, last: int) -> bool:
    """Nothing but marks and a yes or no stands between the sentence's start and the match."""
    begin = case.draft.sentence(first)[0]
    skipped = (Kind.SPACE, Kind.PUNCT, Kind.EMOJI)
    return all(w.kind in skipped or w.norm in _ANSWERS for w in case.draft.words[begin:first])


def _only_marks(case: Case, first: int, last: int) -> bool:
    return all(w.kind in (Kind.SPACE, Kind.PUNCT, Kind.EMOJI) for w in case.draft.words[first:last])


def sentence_final(case: Case, first: int, last: int) -> bool:
    """Nothing but marks stands between the match and the sentence's end."""
    return _only_marks(case, last, case.draft.sentence(last - 1)[1])


def whole_sentence(case: Case, first: int, last: int) -> bool:
    """The match is all that the sentence says."""
    return sentence_final(case, first, last) and _only_marks(case, case.draft.sentence(first)[0], first)


def alternative_offered(case: Case, first: int, last: int) -> bool:
    """The draft offers another way, somewhere."""
    return case.offers_alternative


def reason_given(case: Case, first: int, last: int) -> bool:
    """«چون»، «به دلیل»: a reason stands in the sentence or a neighbour."""
    return case.draft.among(_reasons, *around(case, first, last))


def followed_by_help(case: Case, first: int, last: int) -> bool:
    """After the match the draft says what we do, or asks something."""
    return case.draft.among(_helps, last, len(case.draft.words))


GUARDS: dict[str, Guard] = {
    guard.__name__: guard
    for guard in (
        negated, hypothetical, question, hedged, first_person, customer_words, request_to_customer,
        concrete_time, customer_neutral, customer_laughs, clause_initial, sentence_final, whole_sentence,
        alternative_offered, reason_given, followed_by_help,
        whole.sole_empathy, whole.that_clause, whole.survey, whole.apologises, whole.owned,
        whole.cause_named, whole.blamed_us, whole.protective, whole.bare_answer, whole.only_statement,
        whole.business_or_refusal, whole.stacked, handoff.warm_handoff, handoff.whole_plan,
        handoff.in_condition, handoff.theirs_to_do, handoff.asked_where, promises.outcome_near,
        promises.is_share, promises.asked_back,
        position.addressee, position.set_apart, position.vocative, situations.agent_named, situations.amends,
        situations.announcement, situations.complaint, situations.needless, situations.offer_asked,
        situations.denial, situations.option_follows, situations.owed, situations.quoted_back,
    )
}  # fmt: skip
