"""respect/missing-greeting: how a first reply opens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hamdel.evidence.acts.formulas import Formulas
from hamdel.evidence.case import Case, Hit
from hamdel.language.sets import entries, greetings, word_set
from hamdel.language.tokenizer import Kind
from hamdel.model import Channel, Emotion, Severity
from hamdel.phrasebank import CheckDef

__all__ = ["MissingGreeting"]

_OPENING = 16  # tokens in which a greeting may stand
_FORMAL = 4  # tokens in which «با احترام» opens a letter
_SALUTATION = 6  # tokens in which «جناب آقای راد،» opens a letter
_MARKS = (Kind.PUNCT, Kind.SPACE, Kind.EMOJI)


def _norms(case: Case) -> list[str]:
    return [word.norm for word in case.said_words]


def _word_count(case: Case) -> int:
    return sum(word.kind not in _MARKS for word in case.said_words)


class MissingGreeting:
    """respect/missing-greeting: a first reply that starts without a word of welcome."""

    def __init__(self, check: CheckDef) -> None:
        self._hello = Formulas((*greetings(), *check.words("greetings")))
        self._formal = Formulas(entries("acts.greeting.openings"))
        self._address = Formulas(word_set("acts.address.titles", "acts.address.dear"))

    def __call__(self, case: Case) -> Iterator[Hit]:
        if case.context.emotion is Emotion.THANKS or not self._is_first_reply(case):
            return
        if _word_count(case) == 1 and not self._greets(case.context.norms):
            return
        opening = _norms(case)
        if not self._greets(opening):
            email = case.conversation.channel is Channel.EMAIL
            grave = email and not self._address.within(opening[:_SALUTATION])
            yield Hit(kind="greeting", severity=Severity.WARNING if grave else Severity.SUGGESTION)

    def _is_first_reply(self, case: Case) -> bool:
        """Tell whether this is the first reply; when the turn isn't known, a greeting or a new problem says so."""
        turn = case.conversation.turn
        return turn == 1 if turn is not None else bool(case.context.problem) or self._greets(case.context.norms)

    def _greets(self, norms: Sequence[str]) -> bool:
        """«با احترام» greets at the very start only; elsewhere it signs off."""
        return self._hello.within(norms[:_OPENING]) or self._formal.within(norms[:_FORMAL])
