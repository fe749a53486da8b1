"""Whether a word that could be a «تو» form is one, in a sentence that says «تو» anyway.

There all forms change together or none does, so three answers are needed: yes, no, and nobody can tell.
"""

from __future__ import annotations

from hamdel.checks.respect.address.mixing import OBJECT_MARKS
from hamdel.language.analysis import Analysis
from hamdel.language.lexicon import Reading
from hamdel.language.sets import entries, word_set
from hamdel.language.tokenizer import Kind
from hamdel.language.words import Word

__all__ = [
    "FAMILIAR",
    "LEADING",
    "closes",
    "familiar_reading",
    "is_bare",
    "is_command_after_all",
    "is_verb_after_all",
    "previous_lemma",
]

#: UD features of a verb form that addresses one familiar person.
FAMILIAR = "Number=Sing|Person=2"

#: Words that lead a verb in rather than a noun.
LEADING = word_set("grammar.leading.words")
_SUBJUNCTIVE = word_set("grammar.leading.subjunctive")
_PREFIXES = entries("grammar.ending.imperfective")
_WANTING = word_set("grammar.verb.modal")
_TELLING = word_set("grammar.verb.causing")
_REACH = 12  # words of a clause that are looked at


def familiar_reading(word: Word) -> Reading:
    """Return the reading that addresses one familiar person, of a word that has one."""
    return next(r for r in word.readings if FAMILIAR in r.feats and "Style=Arch" not in r.feats)


def is_bare(reading: Reading, norm: str) -> bool:
    """Tell «بازی» and «بینی», which are mostly nouns, from «ببازی» and «ببینی»."""
    if "Mood=Sub" not in reading.feats or "Polarity=Neg" in reading.feats:
        return False
    own = reading.lemma.startswith("ب") or reading.lemma == "دیدن"
    return not norm.startswith("بب" if own else "ب")


def previous_lemma(draft: Analysis, i: int) -> str:
    """Return the lemma of the word before token ``i`` in its sentence; empty when there is none."""
    before = draft.previous_word(i)
    return draft.words[before].lemma if before is not None else ""


def closes(draft: Analysis, i: int) -> bool:
    """Tell whether token ``i`` is the last word of its clause."""
    after = draft.next_word(i)
    return after is None or draft.words[after].kind in (Kind.PUNCT, Kind.EMOJI) or after == draft.clause(i)[1]


def is_verb_after_all(draft: Analysis, i: int, nouns: frozenset[str]) -> bool | None:
    """Tell whether «خریدی», «بدی» or «گفته‌ای» is a verb here; None when nobody can tell.

    Args:
        draft: the draft, read.
        i: a token with a reading of the second person singular and another one.
        nouns: keys of what makes a compound with such a verb («انجام», «جواب»).
    """
    words, before = draft.words, draft.previous_word(i)
    if words[i].norm.startswith(_PREFIXES) and words[i].norm.endswith("های"):
        return True  # «می‌رفته‌ای» looks like a plural («میله‌های») to those who don't know its verb
    compound = before is not None and not nouns.isdisjoint((words[before].norm, words[before].lemma))
    if closes(draft, i):
        return True if compound else _closes_as_verb(draft, i)
    following = words[draft.next_word(i) or i]
    if following.norm in OBJECT_MARKS or (following.predicate and not following.familiar):
        return False
    led = before is not None and before >= draft.clause(i)[0] and words[before].norm in LEADING  # «که خریدی به …»
    return True if led or (compound and following.norm == "و") else None


def _closes_as_verb(draft: Analysis, i: int) -> bool | None:
    """Decide on a form at its clause's end by what stands before it there."""
    words, (first, last) = draft.words, draft.clause(i)
    after = draft.next_word(i)
    others = [word for j, word in enumerate(words[first:last], first) if j != i and word.predicate]
    if others:  # «می‌خوای پسش بدی» has a verb before it that wants one
        certain = all(word.familiar and word.lemma in _WANTING for word in others)
    else:
        begin = max(first, i - _REACH)
        certain = any(word.norm in OBJECT_MARKS or word.norm in LEADING for word in words[begin:i])
    related = after is not None and words[after].norm == "که"  # «خریدی که کردی»
    return True if certain and not related else None


def is_command_after_all(draft: Analysis, i: int) -> bool | None:
    """Tell whether «بسپار», «نترس», «بده» or «ببر» is a command here; None when nobody can tell."""
    word = draft.words[i]
    if not word.finite:  # «برنج», «بدون»
        return None if closes(draft, i) and _has_object(draft, i) else False
    if any("Person=3" in reading.feats for reading in word.readings):  # «که به شما بده»
        return None if _of_others(draft, i) else True
    opens = i == draft.clause(i)[0] or draft.words[i - 1].kind is not Kind.WORD or closes(draft, i)
    return True if opens or not word.doubtful or _has_object(draft, i) else None


def _of_others(draft: Analysis, i: int) -> bool:
    """Tell whether a form may be a third person's subjunctive: «گفتم بهت بده», «باید بده», «تا بده»."""
    begin = draft.sentence(i)[0]
    told = any(word.lemma in _TELLING and word.person in (1, 3) for word in draft.words[begin:i])
    return told or any(word.norm in _SUBJUNCTIVE for word in draft.words[max(begin, draft.clause(i)[0]) : i])


def _has_object(draft: Analysis, i: int) -> bool:
    return any(word.norm in OBJECT_MARKS for word in draft.words[max(draft.clause(i)[0], i - 4) : i])
