"""What the customer asks, with the kind of answer that each question wants."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from hamdel.evidence.customer.problem import content_keys
from hamdel.evidence.customer.rhetoric import asks_who, is_rhetorical
from hamdel.language.analysis import Analysis
from hamdel.language.sets import word_set
from hamdel.language.times import asks_when
from hamdel.language.words import Word

__all__ = ["Question", "QuestionKind", "read_questions"]


class QuestionKind(StrEnum):
    """What an answer has to hold."""

    WHEN = "when"
    PRICE = "price"
    NUMBER = "number"
    WHERE = "where"
    WHY = "why"
    HOW = "how"
    WHICH = "which"
    YES_NO = "yes-no"


@dataclass(frozen=True, slots=True)
class Question:
    """One question: ``message[start:end]`` is the sentence that asks it; ``content`` are its subject's keys."""

    kind: QuestionKind
    start: int
    end: int
    content: frozenset[str] = frozenset()


_CUES: tuple[tuple[QuestionKind, frozenset[str]], ...] = tuple(
    (kind, word_set(f"grammar.question.{kind.name.lower()}"))
    for kind in (
        QuestionKind.WHY,
        QuestionKind.WHEN,
        QuestionKind.PRICE,
        QuestionKind.WHERE,
        QuestionKind.HOW,
        QuestionKind.WHICH,
        QuestionKind.NUMBER,
        QuestionKind.YES_NO,
    )
)
_DURATION = word_set("grammar.question.duration")
_MOST = 20  # questions; nobody answers more in one reply, and a pasted log may hold thousands
_REQUESTS = word_set("grammar.question.requests")


def _kind(words: Sequence[Word], norms: frozenset[str], marked: bool) -> QuestionKind | None:
    for kind, cues in _CUES:
        if cues & norms:
            if kind is QuestionKind.PRICE and _DURATION & norms:
                return QuestionKind.WHEN
            return kind if marked or kind is not QuestionKind.WHICH else None
    return QuestionKind.YES_NO if marked or _requests(words) else None


def _requests(words: Sequence[Word]) -> bool:
    """«میشه عوضش کنید», not «وصل میشه ولی اینترنت نداره»."""
    for i, word in enumerate(words):
        if word.norm in _REQUESTS and (i == 0 or any(other.person == 2 for other in words[i:])):
            return True
    return False


def read_questions(message: Analysis) -> tuple[Question, ...]:
    """Return the first `_MOST` questions in order; rhetorical ones are left out."""
    found: list[Question] = []
    for first, last in message.sentences:
        if len(found) == _MOST:
            break
        words = message.words[first:last]
        norms = frozenset(word.norm for word in words)
        marks = "".join(norm for norm in norms if norm[:1] in "؟?!" and norm)
        marked = "؟" in marks or "?" in marks
        at_time = any(a.norm == "چه" and asks_when(b.norm) for a, b in pairwise(words))
        kind = QuestionKind.WHEN if at_time else _kind(words, norms, marked)
        if kind is QuestionKind.WHEN and not at_time and asks_who(words):
            kind = QuestionKind.WHICH
        if kind and not is_rhetorical(words, marks):
            start, end = message.span(first, last)
            found.append(Question(kind, start, end, content_keys(words)))
    return tuple(found)
