"""The customer's name, and whom a draft calls by name; for respect/name-missing and respect/name-misspelled.

A name counts only where the customer states it: «مریم صادقی هستم», a signature, a message that is nothing but a name.
In the draft only the vocative is read («سلام نگار», «خانم نوروزی،», «سپیده جان»), never signatures and third persons.
"""

from __future__ import annotations

import re
from functools import cache

from hamdel.base.resources import phrasebank_dir
from hamdel.evidence.case import Case
from hamdel.language.fold import key
from hamdel.language.sets import alternation, daytimes, word_set
from hamdel.language.tokenizer import Kind
from hamdel.phrasebank import load_words

__all__ = ["HELLO", "WORD", "bare", "given", "same", "stated_names", "vocatives"]

#: What greets.
HELLO = word_set("acts.greeting.hello")
#: What may stand between a greeting and the name, and what may follow a name in a greeting.
_DAYTIME = daytimes()
_COURTESY = _DAYTIME | word_set("acts.greeting.around", "acts.greeting.wishes")
#: «دوست عزیز», «مشتری گرامی»: nobody's name.
_ANYBODY = word_set("acts.address.anybody")
_NOBODY = word_set("acts.address.companies")
_SIGN_OFF = word_set("acts.closing.sign_off")
_SURNAME = re.compile(rf".{{2,}}(?:{alternation('people.surname.in_place')})")
#: A word of a customer's message as it is written.
WORD = re.compile(r"[^\s،,.!؟?؛:;()\[\]«»\"…\-–_/]+")
_LONGEST_NAME = 3
_OPENING = 16  # tokens in which a reply greets by name


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(bare(key(word)) for word in load_words(phrasebank_dir() / "lexicon" / f"{name}.txt"))


def bare(norm: str) -> str:
    """Return a name's key in which آ and ا are one letter."""
    return norm.replace("آ", "ا")


def given(name: str) -> bool:
    """Tell whether a key is a given name's."""
    return name in _listed("names")


def _is_name(name: str) -> bool:
    return given(name) or name in _listed("surnames") or bool(_SURNAME.fullmatch(name))


def stated_names(case: Case) -> list[list[str]]:
    """Return the customer's name as the customer wrote it, in words; several when it is stated several times."""
    message = case.context.message
    names = [WORD.findall(name) for name in case.context.details.names]
    names.append(_signature(message))
    untitled = ([word for word in name if bare(key(word)) not in word_set("acts.address.titles")] for name in names)
    return [name for name in untitled if name]


def _signature(message: str) -> list[str]:
    """Return the name that ends a message: after «با احترام،», on a line of its own, or as the whole of it."""
    words = list(WORD.finditer(message))
    last = words[-_LONGEST_NAME - 1 :]
    for place in range(len(words) - 1, max(-1, len(words) - _LONGEST_NAME - 2), -1):
        gap = message[words[place].end() : words[place + 1].start()] if place + 1 < len(words) else ""
        if "\n" in gap or (key(words[place][0]) in _SIGN_OFF and gap.strip(" ") in ("،", ",", ":", "")):
            last = words[place + 1 :]
            break
    if not 0 < len(last) <= _LONGEST_NAME or any(mark in message[last[0].start() :] for mark in "؟?"):
        return []
    found = [match[0] for match in last]
    keys = [bare(key(word)) for word in found]
    if any(word in _NOBODY for word in keys):
        return []
    if len(found) == 1 and given(keys[0].removesuffix("م")) and not given(keys[0]):
        return [found[0].rstrip("م").rstrip("\u200c ")]  # «مریمم»
    return found if all(_is_name(word) for word in keys) else []


def vocatives(case: Case) -> list[tuple[int, ...]]:
    """Return the tokens of each name that the draft calls somebody by."""
    words = zip(case.said, case.said_words, strict=True)
    dear = word_set("acts.address.dear")
    found = [name for i, word in words if word.norm in dear and (name := _before_dear(case, i))]
    opening = _in_greeting(case)
    if opening and not any(set(opening) & set(name) for name in found):
        found.insert(0, opening)
    return found


def _may_name(case: Case, i: int) -> bool:
    word = case.draft.words[i]
    if word.kind is not Kind.WORD or word.predicate or word.pos in ("ADP", "CCONJ", "SCONJ", "PRON", "INTJ", "ADV"):
        return False
    return (
        word.norm not in word_set("acts.address.titles", "acts.address.dear") | HELLO | _COURTESY
        and word.lemma not in _ANYBODY | _SIGN_OFF
    )


def _before_dear(case: Case, i: int) -> tuple[int, ...]:
    """«سپیده» of «سپیده جان»."""
    name: list[int] = []
    for j in range(i - 1, max(-1, i - 1 - _LONGEST_NAME), -1):
        if not _may_name(case, j):
            break
        name.insert(0, j)
    return tuple(name)


def _in_greeting(case: Case) -> tuple[int, ...]:
    """«نگار» of «سلام نگار، …», «نوروزی» of «خانم نوروزی، سلام»; what goes on as a sentence is about a third person."""
    draft = case.draft
    opening = case.said[:_OPENING]
    called = False
    for place, i in enumerate(opening):
        word = draft.words[i]
        if called and _may_name(case, i):
            return _called(case, opening[place:])
        if word.norm in HELLO or word.norm in word_set("acts.address.titles"):
            called = True
        elif word.kind in (Kind.PUNCT, Kind.EMOJI):
            called = False
        elif word.norm not in _COURTESY:
            return ()
    return ()


def _called(case: Case, tokens: list[int]) -> tuple[int, ...]:
    """Return the name that opens ``tokens``, if it ends as a call does."""
    draft = case.draft
    name: list[int] = []
    for i in tokens:
        if len(name) == _LONGEST_NAME or not _may_name(case, i):
            word = draft.words[i]
            ends = (
                word.kind in (Kind.PUNCT, Kind.EMOJI) or word.norm in word_set("acts.address.dear") | HELLO | _DAYTIME
            )
            newline = "\n" in draft.text[draft.ends[name[-1]] : draft.starts[i]]
            return tuple(name) if ends or newline else ()
        name.append(i)
    return tuple(name)


def same(a: str, b: str) -> bool:
    """Tell whether two keys are one name, but for an ezafe («الهه‌ی», «رضای») or a missing «ی»."""
    return a == b or a.removesuffix("ی") == b or b.removesuffix("ی") == a
