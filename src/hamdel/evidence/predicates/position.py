"""Where something stands in a draft: as an address («سلام عزیز»), in what is said first, in what is asked."""

from __future__ import annotations

from hamdel.evidence.case import Case
from hamdel.language.sets import daytimes, word_set
from hamdel.language.tokenizer import Kind
from hamdel.language.words import Word

__all__ = ["LEADS", "addressee", "opening", "set_apart", "vocative"]

#: Words of greeting, thanks and assent that may stand before an address.
LEADS = word_set("acts.lead.words") | daytimes()
_BETWEEN = (Kind.SPACE, Kind.PUNCT, Kind.EMOJI)
_ADDRESSEES = word_set("acts.address.customers")
_OWNERS = word_set("acts.address.owners")
_WISHES = word_set("acts.lead.verbs")
_SAYS_SOMETHING = 4  # words without a verb that are content nevertheless («قیمت این مدل ۲۰۰ هزار تومان»)


def _speaks(word: Word) -> bool:
    return word.kind not in _BETWEEN


def _says_more(word: Word) -> bool:
    return word.kind not in _BETWEEN and word.norm not in LEADS


def addressee(case: Case, first: int, last: int) -> bool:
    """The word before is who is addressed: «مشتری عزیزم», «شما عزیز گرامی»."""
    before = case.draft.previous_word(first)
    return before is not None and (
        case.draft.words[before].lemma in _ADDRESSEES or case.draft.words[before].norm == "شما"
    )


def vocative(case: Case, first: int, last: int) -> bool:
    """The match calls the customer: it opens a clause, or follows a greeting, an assent or a finished verb."""
    draft = case.draft
    after = draft.next_word(last - 1)
    if after is not None and draft.words[after].norm in _OWNERS:
        return False
    begin = draft.clause(first)[0]
    before = draft.last_among(_speaks, begin, first)
    if before is None:
        return True
    closed = draft.words[before].predicate and (after is None or draft.words[after].kind in _BETWEEN)
    return closed or not draft.among(_says_more, begin, first)


def set_apart(case: Case, first: int, last: int) -> bool:
    """A mark, the sentence's end or a greeting follows: «رفیق، …», not «رفیق شما», «خاله شدن»."""
    after = case.draft.next_word(last - 1)
    return after is None or case.draft.words[after].kind in _BETWEEN or case.draft.words[after].norm in LEADS


def _content(case: Case, first: int, last: int) -> list[Word]:
    """Return the words of a range that are more than greeting."""
    words = (case.draft.words[i] for i in range(first, last) if not case.draft.silent[i])
    return [w for w in words if w.kind not in _BETWEEN and w.norm not in LEADS and w.norm not in _WISHES]


def opening(case: Case) -> tuple[int, int] | None:
    """Return the token range of the first clause that says something after the greeting; None when none does."""
    draft = case.draft
    heard = pending = last = 0
    while last < len(draft.words):
        first, last = draft.clause(last)
        own = _content(case, first, last)
        if any(word.predicate for word in own):
            return None if heard >= _SAYS_SOMETHING else (first, last)
        pending += len(own)
        if last == len(draft.words) or draft.sentence(last)[0] == last:
            heard, pending = max(heard, pending), 0
    return None
