"""Sentences and clauses as token ranges.

hazm (0.10) breaks neither on a newline nor on «است.ممنون»; support chat has both, and
bullets, «؛» and numbered steps besides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from hamdel.language.sets import word_set
from hamdel.language.tokenizer import Kind
from hamdel.language.words import Word

__all__ = ["clauses", "sentences"]

_LONGEST = 300  # tokens; a text without a stop is cut there, so that what reads whole sentences takes linear time
_STOPS = frozenset(".!؟?…؛;!")
_BULLETS = frozenset("•●▪◦‣·*-–—✅✔☑👉")
_CLOSERS = frozenset("»”\"')]}")
_COMMAS = frozenset("،,:؛()")
_BEFORE_NUMBERS = word_set("times.until", "times.hour") | {"("}
_CONJUNCTIONS = word_set("grammar.clause.conjunctions")


def _is_stop(words: Sequence[Word], i: int) -> bool:
    word = words[i]
    if word.kind is Kind.EMOJI:
        return i + 1 < len(words) and words[i + 1].kind is not Kind.EMOJI and words[i + 1].kind is not Kind.PUNCT
    if word.kind is not Kind.PUNCT or word.norm[:1] not in _STOPS:
        return False
    return not (word.norm == "." and _is_initial(words, i))


def _is_initial(words: Sequence[Word], i: int) -> bool:
    """«ق.ظ.»: a full stop after a single letter, no sentence end."""
    return i > 0 and words[i - 1].kind in (Kind.WORD, Kind.LATIN) and len(words[i - 1].norm) == 1


def _is_step(words: Sequence[Word], i: int) -> bool:
    """«۲) …»: a number and a bracket or hyphen open a new item."""
    return (
        words[i].kind is Kind.NUMBER
        and len(words[i].norm) <= 2
        and i + 1 < len(words)
        and words[i + 1].norm in (")", "-", "_", "–", ".")
        and (i + 2 >= len(words) or words[i + 2].kind is not Kind.NUMBER)
    )


def _ends_before(words: Sequence[Word], i: int) -> int:
    """Return where a sentence that stops at token ``i`` really ends: after closing marks and more stops."""
    i += 1
    while i < len(words) and (words[i].norm in _CLOSERS or words[i].kind is Kind.SPACE or _is_stop(words, i)):
        i += 1
    return i


def _breaks(words: Sequence[Word]) -> Iterator[int]:
    """Yield the first token of each sentence but the first, in order; may repeat."""
    end, plain = 0, Kind.WORD
    for i, word in enumerate(words):
        kind = word.kind
        if kind is plain or i < end - 1:
            continue  # further stops of a run end where it ends: looked for once, or 10,000 of them take a minute
        if kind is Kind.SPACE:
            if word.norm == "\n":
                yield (end := _ends_before(words, i))
        elif kind is Kind.NUMBER:
            if i and _is_step(words, i) and words[i - 1].norm not in _BEFORE_NUMBERS:
                yield i
        elif _is_stop(words, i):
            yield (end := _ends_before(words, i))


def sentences(words: Sequence[Word]) -> list[tuple[int, int]]:
    """Return ``(first token, one past the last)`` of each sentence; together they cover all tokens."""
    starts = [0]
    for i in (*_breaks(words), len(words)):
        while i - starts[-1] > _LONGEST:
            starts.append(starts[-1] + _LONGEST)
        if starts[-1] < i < len(words):
            starts.append(i)
    return list(zip(starts, [*starts[1:], len(words)], strict=True)) if words else []


def _starts_clause(word: Word, before: Word) -> bool:
    norm = word.norm
    if norm in _CONJUNCTIONS or (norm == "و" and before.finite):
        return True
    return before.norm in _COMMAS and before.kind is Kind.PUNCT


def clauses(words: Sequence[Word], sentence: tuple[int, int]) -> list[tuple[int, int]]:
    """Split one sentence at commas, conjunctions and an «و» after a finite verb."""
    first, last = sentence
    own = words[first:last]
    starts = [first]
    starts += [i for i, (before, word) in enumerate(pairwise(own), first + 1) if _starts_clause(word, before)]
    return list(zip(starts, [*starts[1:], last], strict=True))
