"""What else says «تو» in a sentence that says it for sure: nouns with «ـت», copulas, verbs that may be nouns."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from hamdel.checks.respect.address.copulas import is_familiar_copula
from hamdel.checks.respect.address.doubts import (
    closes,
    familiar_reading,
    is_bare,
    is_command_after_all,
    is_verb_after_all,
    previous_lemma,
)
from hamdel.checks.respect.address.mixing import CLITIC, COPULA, IMPERATIVE, OBJECT_MARKS, PRONOUN, VERB
from hamdel.checks.respect.address.possession import ENDINGS, Possessions
from hamdel.language.analysis import Analysis
from hamdel.language.fold import key
from hamdel.language.lexicon import Reading
from hamdel.language.sets import word_set
from hamdel.language.tokenizer import Kind
from hamdel.language.words import Word
from hamdel.phrasebank import CheckDef

__all__ = ["KEEP", "Before", "Companions"]

_LOAN = 4  # letters of a word in no dictionary that may end in a clitic; «آرتو» is a name
_SHORT = 3  # letters with the clitic
KEEP = word_set("familiar.form.keep")
_KEPT = word_set("familiar.form.kept")


class Before(NamedTuple):
    """Keys of words that decide on the verb form after them.

    Attributes:
        given: «بدی» makes a verb with them («انجام بدی»).
        adjectives: a form after them is an adjective («لباس کردی»).
        devices: «کن» after them is part of a noun («خشک کن»).
        businesses: «داری» after them is («بانک داری»).
        becoming: «شو» makes a command with them («وارد … شو»).
    """

    given: frozenset[str]
    adjectives: frozenset[str]
    devices: frozenset[str]
    businesses: frozenset[str]
    becoming: frozenset[str]


class Companions:
    """Decides on the words beside a sure form.

    Args:
        check: the definition of respect/tu-form; its options list nouns, adjectives and words that only look like them.
        lookup: the lexicon's readings of a matching key.
        before: words that decide on what follows them.

    Attributes:
        possessions: reads nouns with «ـت».
    """

    def __init__(self, check: CheckDef, lookup: Callable[[str], tuple[Reading, ...]], before: Before) -> None:
        self._lookup = lookup
        self._before = before
        nouns, plurals, whole = (map(key, check.words(name)) for name in ("nouns", "spoken_plurals", "whole"))
        self.possessions = Possessions(nouns, plurals, whole, lookup)
        self._states = frozenset(map(key, check.words("states")))
        self._persons = frozenset(map(key, check.words("persons")))
        self._idioms = frozenset(tuple(map(key, phrase.split())) for phrase in check.words("idioms"))

    def beside(self, draft: Analysis, i: int) -> tuple[str, bool | None]:
        """Return what kind of form token ``i`` would be, and whether it is one; None when nobody can tell.

        The tokens that say «تو» for sure aren't asked about.
        """
        word = draft.words[i]
        if word.kind is not Kind.WORD:
            return CLITIC, False
        if word.norm == "تو":
            return PRONOUN, self._may_be_subject(draft, i)
        if word.norm in KEEP:
            return IMPERATIVE, self._is_keep(draft, i)
        owned = self._is_owned(draft, i) if word.norm.endswith(ENDINGS) else False
        if owned is not False or not (word.familiar or word.norm[-1:] == "ی"):
            return CLITIC, owned
        return self._doubtful_verb(draft, i) if word.familiar else (COPULA, self._is_copula(draft, i))

    def asked(self, draft: Analysis, i: int) -> bool:
        """Tell whether a token is the copula of a question («مطمئنی؟»), which says «تو» by itself."""
        after, before = draft.next_word(i), draft.previous_word(i)
        if after is None or not draft.words[after].asks:
            return False
        certain = self._is_copula(draft, i)
        called = before is not None and draft.words[before].lemma in self._persons  # «سلام عزیزم خوبی؟»
        return certain is True or (certain is None and called)

    def _is_owned(self, draft: Analysis, i: int) -> bool | None:
        """Tell whether token ``i`` is a noun with «ـت»; «حالت خوبه» and «کد ملیت» may be one."""
        norm = draft.words[i].norm
        found = self.possessions.read(norm, draft.raw(i))
        if found:
            return found.sure or None
        word, before, after = draft.words[i], draft.previous_word(i), draft.next_word(i)
        # «موجودیتو»: of «موجودی», or of «موجودیت»; «جات», «پات»: too short to be sure.
        quality = word.possessor == 2 and (not norm.endswith("ت") or len(norm) <= _SHORT)
        loan = not word.readings and len(norm) > _LOAN and self._takes_object(draft, i)
        if quality or loan or self._is_object(word) or self._lacks_he(word):
            return None
        ends = before is not None and (draft.words[before].norm, norm) in self._idioms
        return None if ends or (after is not None and (norm, draft.words[after].norm) in self._idioms) else False

    @staticmethod
    def _takes_object(draft: Analysis, i: int) -> bool:
        """«یوزرتو بفرست», «پکیجت رو»: of a word in no dictionary, «ـت» and «را» tell."""
        after = draft.next_word(i)
        marked = after is not None and draft.words[after].norm in OBJECT_MARKS
        return draft.words[i].norm.endswith("تو") or marked

    def _is_object(self, word: Word) -> bool:
        """Tell whether «ـت» behind a past of the third person may be "you": «پروندت» is that, or «پرونده‌ت»."""
        stem = {reading.lemma for reading in self._lookup(word.norm[:-1]) if "Tense=Past" in reading.feats}
        return word.person == 3 and word.lemma in map(key, stem)

    def _lacks_he(self, word: Word) -> bool:
        """Tell «شناسنامتو» for «شناسنامه‌تو», in no dictionary."""
        bases = {word.norm.removesuffix(ending) for ending in ENDINGS} - {word.norm}
        return not word.readings and any(r.pos == "NOUN" for base in bases for r in self._lookup(base + "ه"))

    @staticmethod
    def _is_keep(draft: Analysis, i: int) -> bool | None:
        """Tell «نگهش دار» from other words that are written like it."""
        before = draft.previous_word(i)
        if draft.words[i].norm == "دار":
            return before is not None and draft.words[before].norm in _KEPT
        return True if before is not None and draft.words[before].norm in OBJECT_MARKS else None

    def _is_copula(self, draft: Analysis, i: int) -> bool | None:
        return is_familiar_copula(draft, i, self._states, self._lookup)

    def _may_be_subject(self, draft: Analysis, i: int) -> bool | None:
        """Tell «تو مشتری خوبی هستی» and «تو مطمئنی» from «تو سایت هستی»: the former may be "you"."""
        after = draft.next_word(i)
        if after is None:
            return False
        person = not self._persons.isdisjoint((draft.words[after].lemma, draft.words[after].norm))
        return None if person or self._is_copula(draft, after) is not False else False

    def _becomes(self, draft: Analysis, i: int) -> bool | None:
        """Tell «وارد حسابت شو» from «شو» for «ـش رو»."""
        begin = draft.clause(i)[0]
        if any(word.lemma in self._before.becoming for word in draft.words[begin:i]):
            return True
        return None if closes(draft, i) else False

    def _doubtful_verb(self, draft: Analysis, i: int) -> tuple[str, bool | None]:
        """Decide on a form of the second person that may be something else («خریدی», «بدی», «بده»)."""
        word = draft.words[i]
        reading = familiar_reading(word)
        if "Mood=Imp" in reading.feats:
            if word.norm == "شو":
                return IMPERATIVE, self._becomes(draft, i)
            device = word.norm == "کن" and previous_lemma(draft, i) in self._before.devices
            return IMPERATIVE, False if device else is_command_after_all(draft, i)
        if is_bare(reading, word.norm) or previous_lemma(draft, i) in self._before.adjectives:
            return VERB, False
        if "Tense=Fut" in reading.feats:
            return VERB, True
        if reading.lemma == "داشتن":
            return VERB, None if previous_lemma(draft, i) in self._before.businesses else True
        return VERB, is_verb_after_all(draft, i, self._before.given if reading.lemma == "دادن" else frozenset())
