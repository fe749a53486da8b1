"""What a draft states and a rewrite may not lose: numbers, days and hours, addresses, names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from hamdel.base.resources import phrasebank_dir
from hamdel.identifiers import mask_identifiers
from hamdel.language.analysis import Analysis
from hamdel.language.fold import key
from hamdel.language.sets import word_set
from hamdel.language.times import Bound, Time, times_in
from hamdel.language.tokenizer import Kind
from hamdel.phrasebank import load_words

__all__ = ["Fact", "facts", "lost", "names", "reminder"]

_STATED = (Kind.NUMBER, Kind.URL, Kind.EMAIL)
_NAMES = ("NOUN", "PROPN", "ADJ", "X")
_FITTING = 4  # words; respect/unfilled-placeholder takes longer brackets for text
_LONGEST = 24  # code points of a fact that is shown with the word after it


class Fact(NamedTuple):
    """One thing that is stated: its matching key, and the words to show it with."""

    norm: str
    shown: str


@cache
def names() -> frozenset[str]:
    """Return the matching keys of the given names and surnames that are listed."""
    folder = phrasebank_dir() / "lexicon"
    return frozenset(map(key, (*load_words(folder / "names.txt"), *load_words(folder / "surnames.txt"))))


def facts(draft: Analysis, tokens: Iterable[int]) -> Iterator[Fact]:
    """Yield what the given tokens of a draft state."""
    wanted = list(tokens)
    times = times_in(draft)
    named = {i for time in times for i in time.named}
    for i in wanted:
        word = draft.words[i]
        if word.kind in _STATED or i in named:
            yield Fact(word.norm, _shown(draft, i))
        elif word.kind is Kind.WORD and _is_name(draft, i):
            yield Fact(word.norm, draft.raw(i))
    yield from (_whole(draft, time) for time in times if time.first in wanted and _is_spelled_out(draft, time))


def _is_spelled_out(draft: Analysis, time: Time) -> bool:
    """Tell «آخر هفته», of which no word alone says when, from «جمعه» and «۴۸ ساعت»."""
    counted = any(word.kind is Kind.NUMBER for word in draft.words[time.first : time.last])
    return time.bound is Bound.EXACT and not time.named and not counted


def _whole(draft: Analysis, time: Time) -> Fact:
    shown = draft.text[slice(*draft.span(time.first, time.last))]
    return Fact(key(shown), shown)


def _is_name(draft: Analysis, i: int) -> bool:
    """Tell a name («آقای امیری», «نگار عزیز», «سارا رضایی», «خانوم زرین‌کوب») from a word that is spelled like one."""
    word = draft.words[i]
    around = [draft.words[j].norm for j in (draft.previous_word(i), draft.next_word(i)) if j is not None]
    address = word_set("acts.address.titles", "acts.address.dear")
    if word.norm in names():
        return any(norm in address or norm in names() for norm in around)
    before = draft.previous_word(i)
    titled = before is not None and draft.words[before].norm in word_set("acts.address.strict_titles")
    return titled and word.pos in _NAMES and not word.predicate and word.norm not in address


def _shown(draft: Analysis, i: int) -> str:
    """Return a number with what it counts («۵۰۰ پیام»), anything else as it is."""
    after = draft.next_word(i)
    if draft.words[i].kind is Kind.NUMBER and after is not None and draft.words[after].norm == "٪":
        after = draft.next_word(after)
    if draft.words[i].kind is Kind.NUMBER and after is not None and draft.words[after].kind is Kind.WORD:
        start, end = draft.starts[i], draft.ends[after]
        if end - start <= _LONGEST:
            return draft.text[start:end]
    return draft.raw(i)


def lost(stated: Iterable[Fact], text: str) -> list[Fact]:
    """Return the facts that a text no longer holds, each once."""
    folded = key(text)
    return [fact for fact in dict.fromkeys(stated) if not re.search(rf"(?<!\w){re.escape(fact.norm)}(?!\w)", folded)]


def reminder(missing: Iterable[Fact]) -> str:
    """Return placeholders that hold facts for which the new wording has no place: the agent decides on them."""
    brackets: list[list[str]] = []
    for shown in dict.fromkeys(mask_identifiers(fact.shown) for fact in missing):
        if not brackets or len(" ".join((*brackets[-1], shown)).split()) > _FITTING:
            brackets.append([])
        brackets[-1].append(shown)
    return " ".join(f"[از پیش‌نویس: {'، '.join(bracket)}]" for bracket in brackets)
