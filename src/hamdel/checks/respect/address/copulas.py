"""«ـی» for a familiar «are»: «مطمئنی؟», «چرا ناراحتی؟», «خسته‌ای», told from the «ی» of "a" and of abstract nouns.

Where nobody can tell, that is said: «تو» forms of a sentence change together or not at all.
"""

from __future__ import annotations

from collections.abc import Callable

from hamdel.checks.respect.address.doubts import LEADING
from hamdel.checks.respect.address.mixing import OBJECT_MARKS
from hamdel.language.analysis import Analysis
from hamdel.language.lexicon import Reading
from hamdel.language.sets import entries, word_set
from hamdel.language.tokenizer import Kind

__all__ = ["is_familiar_copula"]

#: What may stand before such an adjective when it is said of the customer; after a noun it may be «مشتری خوبی».
_BEFORE = frozenset(("ADV", "SCONJ", "CCONJ", "PRON", "PUNCT", "INTJ", "DET"))
_LINKING = word_set("grammar.clause.linking")
_AFTER_VOWEL = entries("grammar.ending.you_are_after_vowel")
_ASKED = word_set("familiar.form.asked")
_SHORTEST = 3


def is_familiar_copula(
    draft: Analysis, i: int, states: frozenset[str], lookup: Callable[[str], tuple[Reading, ...]]
) -> bool | None:
    """Tell whether token ``i`` says «you are» to one familiar person; None when nobody can tell.

    Args:
        draft: the draft, read.
        i: a token that ends in «ی».
        states: keys of adjectives that customers are called («مطمئن», «ناراحت»), and of «کجا».
        lookup: the lexicon's readings of a matching key.
    """
    norm = draft.words[i].norm
    base = norm[:-2] if norm.endswith(_AFTER_VOWEL) else norm[:-1]
    state = base in states
    adjective = any(reading.pos == "ADJ" for reading in lookup(base)[:1])
    if len(base) < _SHORTEST or draft.words[i].finite or not (state or adjective):
        return False
    words, (first, last) = draft.words, draft.clause(i)
    after, before = draft.next_word(i), draft.previous_word(i)
    said_of = before is None or before < first or words[before].pos in _BEFORE or words[before].norm in LEADING
    if state and not said_of and words[before or 0].predicate:
        return None  # «اگه خریدی پشیمونی برگردونش»
    if after is not None and after < last and words[after].kind is Kind.WORD:
        return _goes_on(draft, range(after, last), noun=_is_noun(norm, lookup)) if state and said_of else False
    if not state and any(reading.pos != "X" for reading in lookup(norm)):
        # «خوش‌شانسی، …» may be "luck", or "you are lucky"; «با خوشحالی» is neither.
        opens = before is None or before < first or words[before].pos == "ADV"
        return None if opens and not any(word.predicate for word in words[first:last]) else False
    if base not in _ASKED and any(word.predicate for word in words[first:i]):
        return False  # «گفتید مشتری خوبی»
    doubtful = None if state else False
    return True if said_of or base in _ASKED else doubtful


def _goes_on(draft: Analysis, rest: range, *, noun: bool) -> bool | None:
    """Decide on a form after which its clause goes on («اگه مطمئنی دکمه رو بزن»), by the rest of the clause.

    Args:
        draft: the draft, read.
        rest: the tokens after the form.
        noun: the form is a noun as well («نگرانی خاصی داری»).
    """
    words = [draft.words[i] for i in rest]
    if words[0].norm in OBJECT_MARKS or words[0].predicate:
        return False
    if any(word.predicate and not word.familiar for word in words):
        return False
    return None if words[0].norm in _LINKING or noun else True


def _is_noun(norm: str, lookup: Callable[[str], tuple[Reading, ...]]) -> bool:
    return any(reading.pos == "NOUN" for reading in lookup(norm))
