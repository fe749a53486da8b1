"""Predicates for clarity/over-promise: what a «حتماً» is about."""

from __future__ import annotations

from hamdel.evidence.case import Case
from hamdel.language.sets import word_set
from hamdel.language.tokenizer import Kind
from hamdel.language.words import Word

__all__ = ["asked_back", "is_share", "outcome_near"]

_REACH = 8
_OUTCOMES = word_set("grammar.verb.arriving")
_TURNING = word_set("grammar.verb.turning")
_BOUNDS = word_set("grammar.particle.bounds")
_RESULTS = word_set("matters.outcome.results")
_OUGHT = word_set("grammar.auxiliary.any")
_AMOUNTS = word_set("matters.money.shares")


def _is_outcome(case: Case, i: int) -> bool:
    """Tell whether a verb foretells what isn't ours to decide: «می‌رسد», «حل خواهد شد», «تکرار نمی‌شه»."""
    words = case.draft.words
    word = words[i]
    if word.person != 3 or "Tense=Past" in word.feats:
        return False
    start = i
    if "Tense=Fut" in word.feats and i + 1 < len(words):
        word = words[i + 1]
        if word.lemma == "داشتن":
            return True
    if word.lemma in _OUTCOMES:
        return True
    return word.lemma in _TURNING and not _RESULTS.isdisjoint(w.lemma for w in words[max(0, start - 2) : start])


def outcome_near(case: Case, first: int, last: int) -> bool:
    """The next verb within reach, or one right before the match, says what will happen, not what we do or what is."""
    words = case.draft.words
    before = case.draft.previous_word(first)
    while before is not None and words[before].kind is Kind.PUNCT:
        before = case.draft.previous_word(before)
    if before is not None and words[before].finite and _is_outcome(case, before):
        return True
    end = min(case.draft.sentence(last - 1)[1], last + _REACH)
    verb = next((i for i in range(last, end) if _decides(words[i])), None)
    return verb is not None and _is_outcome(case, verb)


def _decides(word: Word) -> bool:
    """Tell a verb that settles what «حتماً» is about from «است»; after «باید» it is a condition, no promise."""
    return (word.finite or word.norm in _OUGHT) and not (word.lemma == "بودن" and word.person == 3)


def is_share(case: Case, first: int, last: int) -> bool:
    """«۱۰۰٪ مبلغ», «تا ۱۰۰٪»: how much of something, not how certain."""
    words = case.draft.words
    before, after = case.draft.previous_word(first), case.draft.next_word(last - 1)
    bound = before is not None and words[before].norm in _BOUNDS
    return bound or (after is not None and words[after].norm in _AMOUNTS)


def asked_back(case: Case, first: int, last: int) -> bool:
    """The customer asks about the very thing that the match names: «مشکلی پیش نمیاد؟»."""
    asked = frozenset(case.context.norms) if case.context.questions else frozenset()
    named = (w for w in case.draft.words[first:last] if w.pos == "NOUN" and w.norm != "پیش")
    return any(w.norm in asked or w.lemma in asked for w in named)
