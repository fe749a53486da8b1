"""What clauses state besides numbers and names: what isn't so, and on what condition; and edits that keep it.

An edit that takes such a clause away without a word is no mending: «گارانتی نداره» has to be in the new text, too.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence

from hamdel.improve.facts import Fact, facts, lost
from hamdel.language.analysis import Analysis
from hamdel.language.fold import key
from hamdel.language.sets import word_set
from hamdel.language.tokenizer import Kind
from hamdel.model import Change

__all__ = ["going", "keeping", "reminding", "statements"]

_LONGEST = 4  # words of a statement that is shown; respect/unfilled-placeholder takes longer brackets for text
_MARKS = (Kind.PUNCT, Kind.SPACE, Kind.EMOJI)


def statements(draft: Analysis, tokens: Sequence[int], hurt: Container[int] = ()) -> Iterator[Fact]:
    """Yield the negations and conditions among tokens of a draft.

    Args:
        draft: the draft, read.
        tokens: in order.
        hurt: those that a finding is about; what they say isn't kept.
    """
    for i in tokens:
        word = draft.words[i]
        if word.predicate and word.negative and word.person != 2 and i not in hurt:
            yield _negation(draft, i, hurt)
        first, last = draft.clause(i)
        opens = i == first and word.norm in word_set("grammar.clause.conditions")
        if opens and not any(j in hurt for j in range(i, last)):
            yield _condition(draft, first, last)


def _negation(draft: Analysis, i: int, hurt: Container[int]) -> Fact:
    """«گارانتی نداره»: the verb with the words before it that belong to it."""
    first, begin = i, max(draft.clause(i)[0], i - _LONGEST + 1)
    while first > begin and draft.words[first - 1].kind not in _MARKS and first - 1 not in hurt:
        first -= 1
    while first < i and draft.words[first].norm in word_set("grammar.clause.binding", "grammar.clause.joining"):
        first += 1
    shown = draft.text[draft.starts[first] : draft.ends[i]]
    return Fact(key(shown), shown)


def _condition(draft: Analysis, first: int, last: int) -> Fact:
    words = [i for i in range(first, last) if draft.words[i].kind not in _MARKS]
    whole = draft.text[draft.starts[words[0]] : draft.ends[words[-1]]]
    if len(words) <= _LONGEST:
        return Fact(key(whole), whole)
    return Fact(key(whole), f"{draft.raw(words[0])} … {draft.text[draft.starts[words[-2]] : draft.ends[words[-1]]]}")


def going(draft: Analysis, change: Change) -> list[int]:
    """Return the tokens that a change takes away, not the one before white space with which it begins."""
    return [i for i in draft.tokens(change.start, change.end) if draft.ends[i] > change.start]


def reminding(change: Change, text: str) -> Change:
    """Return a change with ``text`` after what it puts there."""
    if not text:
        return change
    new = f"{change.new.rstrip()} {text}" + (" " if change.new.endswith(" ") else "")
    return Change(change.start, change.end, new if change.new.strip(" .") else f"{change.new}{text}")


def keeping(draft: Analysis, changes: Sequence[Change], hurt: Iterable[int]) -> Iterator[Change]:
    """Yield the changes that leave all that the draft states somewhere in the text, and its greeting.

    Args:
        draft: the draft, read.
        changes: what somebody is to be offered in one place, by turns.
        hurt: tokens of the finding.
    """
    if not changes:
        return
    start, end = changes[0].start, changes[0].end
    tokens = going(draft, changes[0])
    stated = (*facts(draft, tokens), *statements(draft, tokens, frozenset(hurt)))
    hello = word_set("acts.greeting.words")
    greets = any(draft.words[i].norm in hello for i in tokens)
    for change in changes:
        rest = f"{draft.text[:start]} {change.new} {draft.text[end:]}" if stated else ""
        if not lost(stated, rest) and (not greets or any(word in key(change.new) for word in hello)):
            yield change
