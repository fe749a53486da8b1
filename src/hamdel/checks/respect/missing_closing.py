"""respect/missing-closing: how a reply ends."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from hamdel.evidence.acts.formulas import Formulas
from hamdel.evidence.case import Case, Hit
from hamdel.language.fold import key
from hamdel.language.sets import word_set
from hamdel.language.tokenizer import Kind
from hamdel.language.words import Word
from hamdel.model import Channel, Emotion, Severity
from hamdel.phrasebank import CheckDef

__all__ = ["MissingClosing"]

_INTRODUCTION = 32  # tokens in which somebody says who writes
_ENDING = 26  # tokens in which a closing may stand
_SIGNATURE = 7  # words of the longest last line that is a signature
_MARKS = (Kind.PUNCT, Kind.SPACE, Kind.EMOJI)


def _norms(case: Case) -> list[str]:
    return [word.norm for word in case.said_words]


class MissingClosing:
    """respect/missing-closing: an e-mail without sign-off and signer, a settled chat without an open door."""

    def __init__(self, check: CheckDef) -> None:
        self._closing = Formulas(check.words("closings"))
        self._signer = Formulas(check.words("signers"))
        self._solved = frozenset(map(key, check.words("solved")))

    def __call__(self, case: Case) -> Iterator[Hit]:
        channel = case.conversation.channel
        if case.context.emotion is Emotion.THANKS or channel is Channel.SOCIAL or not case.said:
            return
        if channel is Channel.CHAT:
            if self._settled(case) and not self._closes(case):
                yield Hit(kind="open-door", severity=Severity.SUGGESTION)
        elif not self._closes(case) and not self._signed(case):
            if not self._ends_well(case):
                yield Hit(kind="sign-off", severity=Severity.SUGGESTION)
        elif not self._signed(case):
            yield Hit(kind="signer", severity=Severity.SUGGESTION)

    def _closes(self, case: Case) -> bool:
        return self._closing.within([*_norms(case)[-_ENDING:], *key(case.conversation.signature).split()])

    def _settled(self, case: Case) -> bool:
        """Tell whether the draft's last sentence says that the customer's matter is done, and nothing is left open."""
        if not (case.context.problem or case.context.questions):
            return False
        words = [word for word in case.said_words if word.kind is Kind.WORD][-4:]
        if not any(a.norm in self._solved and _is_done(b) for a, b in pairwise(words)) or case.asks or case.times:
            return False
        return not any(word.predicate and (word.negative or "Tense=Pres" in word.feats) for word in words)

    @staticmethod
    def _ends_well(case: Case) -> bool:
        """The last sentence says what we did («… دعوت‌نامه را فرستادم»), or asks: nobody misses a formula."""
        first, last = case.draft.sentence(case.said[-1])
        words = case.draft.words[first:last]
        done = any(word.person == 1 and "Tense=Past" in word.feats and not word.negative for word in words)
        return done or any(word.asks for word in words)

    def _signed(self, case: Case) -> bool:
        """Tell whether somebody signs: words after the sign-off, a short last line, «سارا هستم از پشتیبانی»."""
        if case.conversation.signature:
            return True
        norms = [word.norm for word in case.draft.words]
        if any(char.isalnum() for char in self._closing.after_last(norms[-_ENDING:])):
            return True
        named = self._signer.within(norms[-_SIGNATURE:]) and not self._ends_in_statement(case)
        return named or self._has_signature(case) or self._introduced(case)

    @staticmethod
    def _ends_in_statement(case: Case) -> bool:
        """«گزارش مصرف شرکت پیوست است»: a sentence with a verb is no signature, whoever it names."""
        first, last = case.draft.sentences[-1]
        return any(word.predicate for word in case.draft.words[first:last])

    @staticmethod
    def _has_signature(case: Case) -> bool:
        draft = case.draft
        if "\n" not in draft.text.strip() or not draft.sentences:
            return False
        start = draft.text.rstrip().rfind("\n") + 1
        line = [word for word, at in zip(draft.words, draft.starts, strict=True) if at >= start]
        words = [word for word in line if word.kind not in _MARKS]
        return 0 < len(words) <= _SIGNATURE and not any(word.predicate for word in words) and not _stops(line)

    def _introduced(self, case: Case) -> bool:
        """«سارا هستم، کارشناس پشتیبانی»."""
        norms = _norms(case)[:_INTRODUCTION]
        return "هستم" in norms and self._signer.within(norms)


def _is_done(word: Word) -> bool:
    """«(حل) شد», «(واریز) کردم»; not «(وصل) می‌شد», which never was."""
    return word.lemma in word_set("grammar.verb.done") and "Aspect=Imp" not in word.feats


def _stops(line: list[Word]) -> bool:
    """Tell whether a line ends in a full stop, as sentences do and signatures don't."""
    marks = [word.norm for word in line if word.kind is not Kind.SPACE]
    return bool(marks) and marks[-1] in (".", "؟", "?", "!")
