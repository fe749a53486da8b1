"""«شما می‌تونی»: whether the clause of a «تو» form has a «شما» form, too (NB: an attested mismatch, its own check)."""

from __future__ import annotations

from hamdel.language.analysis import Analysis
from hamdel.language.sets import word_set

__all__ = ["CLITIC", "COPULA", "IMPERATIVE", "OBJECT_MARKS", "PRONOUN", "VERB", "mixed_from"]

#: Kinds of «تو» forms.
PRONOUN, VERB, IMPERATIVE, CLITIC, COPULA = "pronoun", "verb", "imperative", "clitic", "copula"
OBJECT_MARKS = word_set("grammar.particle.object")


def _is_subject(draft: Analysis, i: int) -> bool:
    """Tell «شما می‌تونی» from «سفارش شما», «به شما», «شما را»."""
    before, after = draft.previous_word(i), draft.next_word(i)
    if after is not None and draft.words[after].norm in OBJECT_MARKS:
        return False
    if before is None or before < draft.clause(i)[0]:
        return True
    return draft.words[before].pos in ("SCONJ", "CCONJ", "ADV", "INTJ", "PUNCT") or draft.words[before].finite


def _joined_clauses(draft: Analysis, i: int) -> tuple[int, int]:
    """Return the clause of token ``i`` with the clauses that an «و» joins to it."""
    first, last = draft.clause(i)
    while draft.words[first].norm == "و" and first > draft.sentence(i)[0]:
        first = draft.clause(first - 1)[0]
    end = draft.sentence(i)[1]
    while last < end and draft.words[last].norm == "و":
        last = draft.clause(last)[1]
    return first, last


def mixed_from(draft: Analysis, token: int, kind: str) -> int | None:
    """Return the first token of a mix of «شما» and the form at ``token``; None when the clause has no «شما» form."""
    begin = draft.clause(token)[0]
    for i in range(token - 1, begin - 1, -1):
        if draft.words[i].norm == "شما" and _is_subject(draft, i):
            return i
    if kind in (CLITIC, PRONOUN):
        return None
    first, last = _joined_clauses(draft, token)
    for i in range(first, last):
        word = draft.words[i]
        if i != token and word.finite and word.person == 2 and word.plural:
            return token
        if kind == IMPERATIVE and begin <= i < token and word.possessor == -2:
            return token
    return None
