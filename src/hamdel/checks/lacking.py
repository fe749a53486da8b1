"""How an absence is reported that only the learned reader finds: what it is about, and when it can't be.

Of a feeling that nobody saw it may warn; of the others it is right on the corpus' own conversations only, and answers
to bug reports or questions of a forum showed it to be less sure than it says: there it suggests.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from hamdel.checks.clarity.unanswered_question import asked
from hamdel.evidence.case import Case, Hit
from hamdel.language.fold import key
from hamdel.model import Emotion, Severity
from hamdel.model.evidence import EMOTIONS, NEGATIVES
from hamdel.phrasebank import CheckDef

__all__ = ["lacking"]

_STRONG, _LIKELY = 0.97, 0.5


def _feeling(case: Case) -> Hit | None:
    """Only what is felt strongly calls for a warning: a report of a fault is no cry for help."""
    if case.message.emotion not in EMOTIONS[:NEGATIVES]:
        return None
    return Hit(kind=case.message.emotion, severity=None if _is_strong(case) else Severity.SUGGESTION)


def _is_strong(case: Case) -> bool:
    return case.message.emotions is not None and float(case.message.emotions[:NEGATIVES].sum()) >= _STRONG


def _problem(case: Case) -> Hit | None:
    context = case.context
    asked = context.problem or context.questions or context.upset
    if not (asked and context.content) or context.emotion is Emotion.THANKS:
        return None
    return Hit(kind="subject", evidence=case.subject, severity=Severity.SUGGESTION)


def _step(case: Case) -> Hit | None:
    return None if case.context.emotion is Emotion.THANKS else Hit(kind="step", severity=Severity.SUGGESTION)


def _question(case: Case) -> Hit | None:
    questions = case.context.questions
    return replace(asked(case, questions[0]), severity=Severity.SUGGESTION) if questions else None


def _detail(case: Case) -> Hit | None:
    """Something that was given is asked for again: the reply asks, and the message has more than plain words."""
    if case.evidence is None or case.evidence.best("ask") < _LIKELY:
        return None
    details, message = case.context.details, case.context.message
    if details.orders or details.names or details.dates or details.products or details.amounts:
        return Hit(kind="detail")
    told = any(char.isdecimal() or (char.isascii() and char.isalpha()) for char in message)
    return Hit(kind="detail", severity=Severity.SUGGESTION) if told else None


_FOUND: dict[str, Callable[[Case], Hit | None]] = {
    "no-feeling-ack": _feeling,
    "no-problem-ack": _problem,
    "no-next-step": _step,
    "unanswered-question": _question,
    "ignored-detail": _detail,
}


def lacking(case: Case, check: CheckDef) -> Hit | None:
    """Return what a check reports that the reader found; None where it can't stand.

    Args:
        case: the draft.
        check: about an absence; its option ``slots`` lists placeholders that will fill it.
    """
    filled = case.holds_slot(frozenset(map(key, check.words("slots"))))
    return None if filled else _FOUND[check.absence](case)
