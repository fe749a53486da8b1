"""What of a sentence goes when a clause in it has to: whole clauses, and what the rest needs to stand without them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from hamdel.evidence.acts.formulas import Formulas
from hamdel.improve.facts import names
from hamdel.language.analysis import Analysis
from hamdel.language.sets import greetings, word_set
from hamdel.language.tokenizer import Kind
from hamdel.language.words import Word

__all__ = ["Region", "after_hello", "is_cut", "is_greeting", "region"]

_FACTS = (Kind.NUMBER, Kind.URL, Kind.EMAIL)
_LONGEST_GREETING = 8  # words
_SHORT_GREETING = 6  # words, with a name among them
_OPENING = 3  # words
_MARKS = (Kind.PUNCT, Kind.SPACE, Kind.EMOJI)


class Region(NamedTuple):
    """What of a sentence is to be replaced, in code points.

    Attributes:
        start, end: what goes; the sentence's own stop goes with it unless a clause is kept after it.
        before: a clause is kept before it, so the new sentence needs a stop first.
        after: a clause is kept after it, which becomes a sentence of its own.
    """

    start: int
    end: int
    before: bool
    after: bool


def region(draft: Analysis, sentence: tuple[int, int], bad: Iterable[int]) -> Region:
    """Return what has to go of a sentence.

    A greeting stays, and so do clauses before and after that say something of their own: those before if they have a
    verb and depend on nothing, those after if the writer acts in them or they hold a number or an address.

    Args:
        draft: the draft, read.
        sentence: its token range.
        bad: tokens of the clauses that go.
    """
    clauses = _clauses(draft, sentence)
    hurt = [place for place, clause in enumerate(clauses) if any(clause[0] <= token < clause[1] for token in bad)]
    first, last = (hurt[0], hurt[-1]) if hurt else (0, len(clauses) - 1)
    opening = next((place for place, clause in enumerate(clauses) if not is_greeting(draft, clause)), first)
    opening = min(opening, first)
    kept_before = _stands_before(draft, clauses[opening : first + 1])
    begin = clauses[first if kept_before else opening][0]
    hello = None if kept_before else after_hello(draft, begin, clauses[first][1])
    begin = begin if hello is None else hello
    after = next((clause for clause in clauses[last + 1 :] if _stands_after(draft, clause)), None)
    start = draft.span(begin, sentence[1])[0]
    if kept_before:
        start = _end_of_kept(draft, clauses[opening][0], begin)
    end = draft.starts[_first_word(draft, after)] if after else draft.span(begin, sentence[1])[1]
    return Region(start, end, kept_before, after is not None)


def is_cut(draft: Analysis, sentence: tuple[int, int], bad: Iterable[int]) -> bool:
    """Tell whether taking clauses out would cut what «ولی», «چون» or «تا» joins.

    Args:
        draft: the draft, read.
        sentence: its token range.
        bad: tokens of the clauses that would go.
    """
    binding = word_set("grammar.clause.binding")
    if not any(next(_says(draft, clause), "") in binding for clause in _clauses(draft, sentence)):
        return False  # as of most sentences; what follows is dear
    wanted = set(bad)
    clauses = [clause for clause in _clauses(draft, sentence) if not is_greeting(draft, clause)]
    others = [clause for clause in clauses if wanted.isdisjoint(range(*clause)) and _is_said(draft, clause)]
    bound = any(next(_says(draft, clause), "") in binding for clause in clauses[1:])
    return bool(others) and bound


def _is_said(draft: Analysis, clause: tuple[int, int]) -> bool:
    return any(word.predicate for word in draft.words[slice(*clause)])


def after_hello(draft: Analysis, first: int, last: int) -> int | None:
    """Return the first token after a greeting that no comma parts from its sentence («سلام رضای گرامی احتمالاً …»).

    Where that may be in the middle of a name («سلام آقای راد احتمالاً …»), nobody can tell: None.
    """
    tokens = [i for i in range(first, last) if draft.words[i].kind not in _MARKS]
    courteous = _courteous(draft.words[i].norm for i in tokens)
    if not courteous or not courteous[0][0]:
        return first
    count = next((n for n, (_, around) in enumerate(courteous) if not around), len(tokens))
    while 0 < count < len(tokens) and draft.words[tokens[count]].norm in names():
        count += 1
    if count == len(tokens):
        return first
    # A name that no list has may follow.
    untold = draft.words[tokens[count - 1]].norm in word_set("acts.address.titles")
    return None if untold and draft.words[tokens[count]].possessor == 0 else tokens[count]


def is_greeting(draft: Analysis, tokens: tuple[int, int]) -> bool:
    """Tell whether tokens do nothing but greet («سلام خانم کریمی، وقت بخیر», «خسته نباشید»)."""
    words = [word for word in draft.words[slice(*tokens)] if word.kind not in _MARKS]
    if not words or len(words) > _LONGEST_GREETING:
        return False
    courteous = _courteous(word.norm for word in words)
    rest = [word for word, (_, around) in zip(words, courteous, strict=True) if not around]
    if any(word.finite for word in rest) or (rest and any("=Fin" in r.feats for r in words[-1].readings)):
        return False  # «سلام، بسته رسید»: a receipt, or "it came"
    greets = any(greets for greets, _ in courteous[:_OPENING])
    return (greets and (not rest or len(words) <= _SHORT_GREETING)) or not rest


def _courteous(norms: Iterable[str]) -> tuple[tuple[bool, bool], ...]:
    """Tell of each word whether it greets, and whether a greeting may be made of it («خانم», «گرامی»)."""
    return _courtesy(tuple(norms))


@lru_cache(maxsize=32)
def _courtesy(norms: tuple[str, ...]) -> tuple[tuple[bool, bool], ...]:
    """The clauses of a draft: every finding, and every wording for it, asks for the same few."""
    around = word_set("acts.greeting.words", "acts.greeting.around", "acts.address.titles", "acts.address.dear")
    greets = _greeting().covered(norms)
    return tuple((greet, greet or norm in around) for greet, norm in zip(greets, norms, strict=True))


@cache
def _greeting() -> Formulas:
    return Formulas(greetings())


def _clauses(draft: Analysis, sentence: tuple[int, int]) -> list[tuple[int, int]]:
    found = []
    token = sentence[0]
    while token < sentence[1]:
        first, last = draft.clause(token)
        found.append((max(first, sentence[0]), min(last, sentence[1])))
        token = max(last, token + 1)
    return found


def _says(draft: Analysis, clause: tuple[int, int]) -> Iterator[str]:
    return (word.norm for word in draft.words[slice(*clause)] if word.kind not in _MARKS)


def _stands_before(draft: Analysis, clauses: list[tuple[int, int]]) -> bool:
    """Tell whether the clauses before the last one make a sentence by themselves."""
    *kept, bad = clauses
    if not kept or next(_says(draft, bad), "") in word_set("grammar.clause.completing"):
        return False
    leading = word_set("grammar.clause.conditions", "grammar.clause.reasons")
    if any(next(_says(draft, clause), "") in leading for clause in kept):
        return False
    return any(word.finite for clause in kept for word in draft.words[slice(*clause)])


def _stands_after(draft: Analysis, clause: tuple[int, int]) -> bool:
    """Tell whether a clause after the one that goes is worth keeping and can stand alone."""
    words = draft.words[slice(*clause)]
    if next(_says(draft, clause), "") in word_set("grammar.clause.dependent", "grammar.clause.reasons"):
        return False
    acts = any(word.finite and (word.person == 1 or _is_done(word)) for word in words)
    return any(word.finite for word in words) and (acts or any(word.kind in _FACTS for word in words))


def _is_done(word: Word) -> bool:
    """«پیش‌فاکتور پیوست شد»."""
    return word.person == 3 and "Tense=Past" in word.feats and not word.negative


def _first_word(draft: Analysis, clause: tuple[int, int]) -> int:
    """Return the first token of a clause that isn't «و» or «ولی»."""
    tokens = range(*clause)
    return next(
        (
            i
            for i in tokens
            if draft.words[i].kind not in _MARKS and draft.words[i].norm not in word_set("grammar.clause.joining")
        ),
        tokens[0],
    )


def _end_of_kept(draft: Analysis, first: int, begin: int) -> int:
    """Return where the clauses before token ``begin`` end, without the comma or «و» after them."""
    last = begin
    while last > first and (
        draft.words[last - 1].kind in _MARKS or draft.words[last - 1].norm in word_set("grammar.clause.joining")
    ):
        last -= 1
    return draft.ends[last - 1]
