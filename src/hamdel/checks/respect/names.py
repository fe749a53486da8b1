"""The customer's name: respect/name-missing and respect/name-misspelled.

A name counts only where the customer states it: «مریم صادقی هستم», a signature, a message that is nothing but a name.
In the draft only the vocative is read («سلام نگار», «خانم نوروزی،», «سپیده جان»), never signatures and third persons.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from hamdel.base.resources import phrasebank_dir
from hamdel.evidence.case import Case, Hit
from hamdel.language.fold import key
from hamdel.language.sets import alternation, daytimes, word_set
from hamdel.language.tokenizer import Kind
from hamdel.model import Change, Channel, Edit, Emotion, Severity
from hamdel.phrasebank import CheckDef, load_words

__all__ = ["NameMissing", "NameMisspelled"]

_HELLO = word_set("acts.greeting.hello")
#: What may stand between a greeting and the name, and what may follow a name in a greeting.
_DAYTIME = daytimes()
_COURTESY = _DAYTIME | word_set("acts.greeting.around", "acts.greeting.wishes")
#: «دوست عزیز», «مشتری گرامی»: nobody's name.
_ANYBODY = word_set("acts.address.anybody")
_NOBODY = word_set("acts.address.companies")
_SIGN_OFF = word_set("acts.closing.sign_off")
_SURNAME = re.compile(rf".{{2,}}(?:{alternation('people.surname.in_place')})")
_WORD = re.compile(r"[^\s،,.!؟?؛:;()\[\]«»\"…\-–_/]+")
_LONGEST_NAME = 3
_OPENING = 16  # tokens in which a reply greets by name
_SHORT = 3  # letters; shorter names may differ by one letter only


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(_bare(key(word)) for word in load_words(phrasebank_dir() / "lexicon" / f"{name}.txt"))


def _bare(norm: str) -> str:
    """Return a name's key in which آ and ا are one letter."""
    return norm.replace("آ", "ا")


def _given(name: str) -> bool:
    return name in _listed("names")


def _is_name(name: str) -> bool:
    return _given(name) or name in _listed("surnames") or bool(_SURNAME.fullmatch(name))


def _stated_names(case: Case) -> list[list[str]]:
    """Return the customer's name as the customer wrote it, in words; several when it is stated several times."""
    message = case.context.message
    names = [_WORD.findall(name) for name in case.context.details.names]
    names.append(_signature(message))
    bare = ([word for word in name if _bare(key(word)) not in word_set("acts.address.titles")] for name in names)
    return [name for name in bare if name]


def _signature(message: str) -> list[str]:
    """Return the name that ends a message: after «با احترام،», on a line of its own, or as the whole of it."""
    words = list(_WORD.finditer(message))
    last = words[-_LONGEST_NAME - 1 :]
    for place in range(len(words) - 1, max(-1, len(words) - _LONGEST_NAME - 2), -1):
        gap = message[words[place].end() : words[place + 1].start()] if place + 1 < len(words) else ""
        if "\n" in gap or (key(words[place][0]) in _SIGN_OFF and gap.strip(" ") in ("،", ",", ":", "")):
            last = words[place + 1 :]
            break
    if not 0 < len(last) <= _LONGEST_NAME or any(mark in message[last[0].start() :] for mark in "؟?"):
        return []
    found = [match[0] for match in last]
    keys = [_bare(key(word)) for word in found]
    if any(word in _NOBODY for word in keys):
        return []
    if len(found) == 1 and _given(keys[0].removesuffix("م")) and not _given(keys[0]):
        return [found[0].rstrip("م").rstrip("\u200c ")]  # «مریمم»
    return found if all(_is_name(word) for word in keys) else []


def _vocatives(case: Case) -> list[tuple[int, ...]]:
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
        word.norm not in word_set("acts.address.titles", "acts.address.dear") | _HELLO | _COURTESY
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
        if word.norm in _HELLO or word.norm in word_set("acts.address.titles"):
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
                word.kind in (Kind.PUNCT, Kind.EMOJI) or word.norm in word_set("acts.address.dear") | _HELLO | _DAYTIME
            )
            newline = "\n" in draft.text[draft.ends[name[-1]] : draft.starts[i]]
            return tuple(name) if ends or newline else ()
        name.append(i)
    return tuple(name)


def _same(a: str, b: str) -> bool:
    """Tell whether two keys are one name, but for an ezafe («الهه‌ی», «رضای») or a missing «ی»."""
    return a == b or a.removesuffix("ی") == b or b.removesuffix("ی") == a


def _given_of(names: list[list[str]]) -> str:
    """Return the given name that was stated, as written."""
    return next((word for name in names for word in name if _given(_bare(key(word)))), "")


def _is_listed_other(word: str, names: list[list[str]]) -> bool:
    """«مریم هستم», «سلام زهرا جان»: a given name that has nothing to do with the stated one."""
    stated = "".join(_bare(key(part)) for name in names for part in name)
    return _given(word) and word not in stated and not any(_bare(key(n[0])) in word for n in names)


class NameMissing:
    """respect/name-missing: the customer gave a name, and the first e-mail calls nobody by it."""

    def __call__(self, case: Case) -> Iterator[Hit]:
        talk = case.conversation
        first = talk.channel is Channel.EMAIL and talk.turn in (None, 1)
        names = _stated_names(case) if first and case.context.emotion is not Emotion.THANKS else []
        if not names or _vocatives(case):
            return
        mine = [_bare(word.norm) for word in case.draft.words]
        theirs = [_bare(key(word)) for name in names for word in name]
        if not any(_same(a, b) for a in mine for b in theirs) and "".join(theirs) not in "".join(mine):
            name = " ".join(names[0])
            yield Hit(kind="name", evidence=(name,), slots=(("name", name),), edits=_greeting_by(case, name))


def _greeting_by(case: Case, name: str) -> tuple[Edit, ...]:
    """«سلام مریم صادقی گرامی، …»: the name after the greeting, if there is one to put it after."""
    draft = case.draft
    hello = next((i for i in case.said[:_SHORT] if draft.words[i].norm in _HELLO), None)
    if hello is None:
        return ()
    dear = "گرامی" if case.slots["formal"] else "عزیز"
    return (Edit((Change(draft.ends[hello], draft.ends[hello], f" {name} {dear}"),)),)


class NameMisspelled:
    """respect/name-misspelled: the name that the draft calls is nearly the stated one."""

    def __init__(self, check: CheckDef) -> None:
        self._distance = int(check.options.get("distance", 2))

    def __call__(self, case: Case) -> Iterator[Hit]:
        called = _vocatives(case) if case.context.message else []
        names = _stated_names(case) if called else []
        if not names:
            return
        said = {_bare(key(word)) for word in _WORD.findall(case.context.message)}
        for tokens in called:
            yield from self._wrong(case, tokens, names, said)

    def _wrong(self, case: Case, tokens: tuple[int, ...], names: list[list[str]], said: set[str]) -> Iterator[Hit]:
        words = [_bare(case.draft.words[i].norm) for i in tokens]
        whole = "".join(words)
        for name in names:
            keys = [_bare(key(word)) for word in name]
            if _same(whole, "".join(keys)) or whole in "".join(keys):
                return
        titled = tokens[0] > 0 and case.draft.words[tokens[0] - 1].norm in word_set("acts.address.titles")
        known = [any(_same(word, other) for other in said) for word in words]
        for place, i in enumerate(tokens):
            if known[place]:
                continue
            right = self._meant(words, place, known, names, titled)
            other = "" if right or titled or len(words) > 1 else _given_of(names)
            if right or (other and _is_listed_other(words[place], names)):
                better = right or other
                severity = None if right else Severity.SUGGESTION
                slots = (("replacement", better), ("name", better))
                edit = Edit((Change(case.draft.starts[i], case.draft.ends[i], better),))
                yield Hit(i, i + 1, "name" if right else "other", severity, (better,), slots, edits=(edit,))

    def _meant(self, words: list[str], place: int, known: list[bool], names: list[list[str]], titled: bool) -> str:
        """Return the stated word that ``words[place]`` stands for; empty when it may be another name."""
        word = words[place]
        for name in names:
            for raw in name:
                stated = _bare(key(raw))
                if word in stated or (_given(word) and _given(stated) and stated in word):
                    return ""  # «رضا» for «محمدرضا», or the other way round
                if (not titled or not _given(stated)) and self._near(word, stated):
                    return raw
        family = place == len(words) - 1 and place > 0 and known[place - 1] and _given(words[place - 1])
        fulls = [name for name in names if len(name) > 1 and _same(_bare(key(name[0])), words[0])]
        return fulls[0][-1] if family and fulls and word.startswith(_bare(key(fulls[0][-1]))) else ""

    def _near(self, word: str, stated: str) -> bool:
        """Tell a slip from another kind of name: a given name is compared with given names."""
        from rapidfuzz.distance import Levenshtein  # few drafts call a name that the customer didn't write

        short = min(len(word), len(stated)) <= _SHORT or _given(word) != _given(stated)
        limit = 1 if short else self._distance
        return bool(Levenshtein.distance(word, stated, score_cutoff=limit) <= limit)
