"""Where a draft has room for a sentence that it lacks: before or after the greeting, before or after the closing."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from hamdel.improve.clause_cutting import after_hello, is_greeting
from hamdel.language.analysis import Analysis
from hamdel.language.fold import key
from hamdel.language.tokenizer import Kind
from hamdel.model import Change
from hamdel.model.definitions import Scope

__all__ = ["Places"]

_MARKS = (Kind.PUNCT, Kind.SPACE, Kind.EMOJI)
_LONGEST_SIGNATURE = 7  # words
_STOPS = "\n.!?؟؛:…"


class Places:
    """Finds the places.

    Args:
        closings: phrases that close a reply («با احترام», «در خدمتم»).
    """

    def __init__(self, closings: Iterable[str]) -> None:
        self._closings = tuple(dict.fromkeys(key(phrase.replace("\u200c", "")) for phrase in closings))

    def insertion(self, draft: Analysis, scope: Scope, text: str) -> Change:
        """Return the change that adds a sentence.

        Args:
            draft: the draft, read.
            scope: one of the scopes that add something.
            text: the sentence.
        """
        raw = draft.text
        if scope is Scope.GREETING:
            at = self._begin(draft)
            return Change(at, at, text + ("\n" if "\n" in raw[at:].strip() else " ") if raw[at:].strip() else text)
        if scope is Scope.OPENING:
            at = _noted(draft, "after greeting", self._after_greeting)
            greeting = len(raw[:at].rstrip(" "))
            if 0 < greeting < at < len(raw) and raw[greeting - 1].isalnum():  # «سلام مهدی بسته …»: nothing parts them
                return Change(greeting, greeting, f". {text}")
            return Change(at, at, _led(raw, at, text) + (" " if at < len(raw.rstrip()) else ""))
        at = len(raw.rstrip())
        if scope is Scope.NEXT:
            at = _noted(draft, "before closing", self._before_closing)
        if at < len(raw.rstrip()):
            return Change(at, at, text + ("\n" if raw[:at].endswith("\n") else " "))
        return Change(at, at, _led(raw, at, text, "\n" if scope is Scope.CLOSING else " "))

    @staticmethod
    def _begin(draft: Analysis) -> int:
        """Return where the draft's text begins, after white space."""
        return len(draft.text) - len(draft.text.lstrip())

    def _after_greeting(self, draft: Analysis) -> int:
        """Return where the first clause begins that doesn't only greet."""
        token = draft.token_at(self._begin(draft))
        at = self._begin(draft)
        while token < len(draft.words):
            clause = draft.clause(token)
            if not is_greeting(draft, (max(token, clause[0]), clause[1])):
                hello = after_hello(draft, token, clause[1]) if draft.starts[token] == at else token
                at = at if hello == token else draft.span(*clause)[1] if hello is None else draft.starts[hello]
                break
            token = clause[1]
            at = draft.starts[token] if token < len(draft.words) else len(draft.text.rstrip())
        following = draft.text[at:]
        return at + len(following) - len(following.lstrip()) if following.strip() else len(draft.text.rstrip())

    def _before_closing(self, draft: Analysis) -> int:
        """Return where the sentences begin that sign the draft off; its end when none does."""
        at = len(draft.text.rstrip())
        for sentence in reversed(draft.sentences):
            words = [word for word in draft.words[slice(*sentence)] if word.kind not in _MARKS]
            if words and not self._closes("".join(word.norm for word in words), draft, sentence):
                break
            at = draft.span(*sentence)[0]
        return at if at > _noted(draft, "after greeting", self._after_greeting) else len(draft.text.rstrip())

    def _closes(self, norms: str, draft: Analysis, sentence: tuple[int, int]) -> bool:
        """Tell a closing formula or a signature's line from a sentence that says something."""
        words = [word for word in draft.words[slice(*sentence)] if word.kind not in _MARKS]
        own_line = draft.text[: draft.span(*sentence)[0]].rstrip(" ").endswith("\n")
        signature = own_line and len(words) <= _LONGEST_SIGNATURE and not any(word.predicate for word in words)
        short = len(words) <= 2 * _LONGEST_SIGNATURE and not any(word.kind is Kind.NUMBER for word in words)
        return signature or (short and any(phrase.replace(" ", "") in norms for phrase in self._closings))


def _noted(draft: Analysis, place: str, find: Callable[[Analysis], int]) -> int:
    """Return a place of a draft; every wording of a finding asks for the same ones."""
    found = draft.notes.get((place, 0))
    if found is None:
        found = draft.notes[place, 0] = find(draft)
    return int(found)


def _led(raw: str, at: int, text: str, space: str = " ") -> str:
    """Return ``text`` with what the text before it needs: a stop, if it has none, and white space."""
    before = raw[:at]
    if not before.strip():
        return text
    stop = "." if before.rstrip()[-1].isalnum() or before.rstrip()[-1] in "»)]" else ""
    if stop and before != before.rstrip():
        return text  # the place is after a comma or a line's end already
    return stop + ("" if before[-1].isspace() else space) + text
