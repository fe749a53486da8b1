"""What of a sentence goes when a clause in it has to: whole clauses, and what the rest needs to stand without them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from hamdel.language.analysis import Analysis
from hamdel.language.fold import key
from hamdel.language.tokenizer import Kind
from hamdel.language.words import Word

__all__ = ["Region", "after_hello", "is_greeting", "region"]

_HELLO = frozenset(map(key, "سلام درود".split()))
#: Clauses made of nothing but these (and names) greet.
_COURTESY = _HELLO | frozenset(
    map(
        key,
        "با و عرض ادب احترام وقت وقتتون وقتتان روز روزتون روزتان شب شبتون صبح عصر بخیر به‌خیر خیر شما عزیز گرامی "
        "جان خدمت محترم آقای خانم جناب سرکار".split(),
    )
)
_CONDITIONS = frozenset(map(key, "اگر اگه چنانچه وقتی هنگامی چون زیرا هر درحالی‌که".split()))
_DEPENDENT = frozenset(map(key, "که تا چون زیرا یا وگرنه".split()))
_JOINING = frozenset(map(key, "و ولی اما لیکن بلکه پس".split()))
_FACTS = (Kind.NUMBER, Kind.URL, Kind.EMAIL)
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
    begin = begin if kept_before else after_hello(draft, begin, clauses[first][1])
    after = next((clause for clause in clauses[last + 1 :] if _stands_after(draft, clause)), None)
    start = draft.span(begin, sentence[1])[0]
    if kept_before:
        start = _end_of_kept(draft, clauses[opening][0], begin)
    end = draft.starts[_first_word(draft, after)] if after else draft.span(begin, sentence[1])[1]
    return Region(start, end, kept_before, after is not None)


def after_hello(draft: Analysis, first: int, last: int) -> int:
    """Return the first token after a greeting that no comma parts from its sentence («سلام گرامی احتمالاً …»)."""
    token = first
    while token < last and (draft.words[token].norm in _COURTESY or draft.words[token].kind in _MARKS):
        token += 1
    return token if token < last and draft.words[first].norm in _HELLO else first


def is_greeting(draft: Analysis, tokens: tuple[int, int]) -> bool:
    """Tell whether tokens do nothing but greet («سلام خانم کریمی، وقت بخیر»)."""
    words = [word for word in draft.words[slice(*tokens)] if word.kind not in _MARKS]
    if not words or len(words) > 8 or any(word.finite for word in words):
        return False
    courteous = [word.norm in _COURTESY for word in words]
    return all(courteous) or (not _HELLO.isdisjoint(word.norm for word in words[:2]) and len(words) <= 6)


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
    if not kept or next(_says(draft, bad), "") in ("که", "تا"):
        return False
    if any(next(_says(draft, clause), "") in _CONDITIONS for clause in kept):
        return False
    return any(word.finite for clause in kept for word in draft.words[slice(*clause)])


def _stands_after(draft: Analysis, clause: tuple[int, int]) -> bool:
    """Tell whether a clause after the one that goes is worth keeping and can stand alone."""
    words = draft.words[slice(*clause)]
    if next(_says(draft, clause), "") in _DEPENDENT:
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
        (i for i in tokens if draft.words[i].kind not in _MARKS and draft.words[i].norm not in _JOINING), tokens[0]
    )


def _end_of_kept(draft: Analysis, first: int, begin: int) -> int:
    """Return where the clauses before token ``begin`` end, without the comma or «و» after them."""
    last = begin
    while last > first and (draft.words[last - 1].kind in _MARKS or draft.words[last - 1].norm in _JOINING):
        last -= 1
    return draft.ends[last - 1]
