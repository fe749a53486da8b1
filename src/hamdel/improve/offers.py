"""Offered edits: what a check's file says a better wording takes the place of, with the wordings put there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from hamdel.improve.clause_cutting import Region, is_cut, region
from hamdel.improve.dropping import dropped, led_in
from hamdel.improve.insertion_places import Places
from hamdel.improve.statements import keeping
from hamdel.language.analysis import Analysis
from hamdel.model import Anchor, Change, Edit, Finding
from hamdel.model.definitions import Mending, Scope
from hamdel.wording.slots import known, placeholder

__all__ = ["ADDING", "Offers", "sentence_change"]

#: Scopes that add a sentence, in the order in which these stand in a reply.
ADDING = (Scope.GREETING, Scope.OPENING, Scope.NEXT, Scope.CLOSING)
_MOST = 3  # wordings that are offered for one finding


class _Slots(dict[str, Any]):
    """Values by name; what isn't known shows as a placeholder."""

    def __missing__(self, name: str) -> str:
        return placeholder(name)


class Offers:
    """Makes edits of suggestions.

    Args:
        closings: phrases that close a reply.
    """

    def __init__(self, closings: Iterable[str]) -> None:
        self.places = Places(closings)

    def edits(self, draft: Analysis, mending: Mending, finding: Finding, values: Mapping[str, Any]) -> tuple[Edit, ...]:
        """Return the edits for one finding, best first.

        Args:
            draft: the draft, read.
            mending: what the check's file says.
            finding: with its suggestions.
            values: by slot, for wordings in the check's file.
        """
        return tuple(self._edits(draft, mending, finding, values))

    def _edits(self, draft: Analysis, mending: Mending, finding: Finding, values: Mapping[str, Any]) -> Iterator[Edit]:
        scope, wordings = mending.scope, finding.suggestions[:_MOST]
        if scope in ADDING:
            changes = [self.places.insertion(draft, scope, text) for text in wordings]
            if finding.anchor is Anchor.DOCUMENT or (scope is Scope.OPENING and _parts(draft.text, changes)):
                yield from (Edit((change,)) for change in changes)
            return
        if finding.anchor is Anchor.DOCUMENT:
            return
        tokens = draft.tokens(finding.start, finding.end)
        first, last = tokens.start, tokens.stop
        if scope is Scope.SPAN:
            yield Edit((Change(finding.start, finding.end, span_wording(mending, values)),))
        elif scope is Scope.AFTER:
            yield Edit((following(draft, first, span_wording(mending, values)),))
        elif scope is Scope.DROP:
            yield dropped(draft, first, last) or led_in(draft, first, last, wordings)
        else:
            yield from (Edit((change,)) for change in _replacing(draft, range(first, last), wordings))


def _parts(text: str, changes: Iterable[Change]) -> bool:
    """Tell whether changes begin where something ends, or end it themselves, not in the middle of a sentence."""
    open_ones = (change for change in changes if not change.new.startswith("."))
    return not any(text[: change.start].rstrip()[-1:].isalnum() for change in open_ones)


def span_wording(mending: Mending, values: Mapping[str, Any]) -> str:
    """Return the wording that a check's file gives for the matched words, its slots filled."""
    return (mending.formal if values.get("formal") else mending.spoken).format_map(_Slots(known(values)))


def following(draft: Analysis, token: int, text: str) -> Change:
    """Return the change that adds ``text`` after the sentence around a token."""
    end = draft.span(*draft.sentence(token))[1]
    last = draft.text[end - 1]
    stop = "." if last.isalnum() or last in "»)]" else ""
    return Change(end, end, f"{stop} {text}")


def _replacing(draft: Analysis, bad: range, wordings: Iterable[str]) -> Iterator[Change]:
    """Yield changes that put a wording in the place of a sentence; none that cuts it apart or loses what it states."""
    sentence = draft.sentence(bad.start)
    if not is_cut(draft, sentence, bad):
        gone = region(draft, sentence, bad)
        changes = [_put(gone, text) for text in wordings]
        whole = [change for change in changes if _parts(draft.text, [change])]
        yield from keeping(draft, whole, bad)


def sentence_change(draft: Analysis, sentence: tuple[int, int], bad: Iterable[int], text: str) -> Change:
    """Return the change that puts ``text`` in the place of clauses; an empty text takes them away.

    Args:
        draft: the draft, read.
        sentence: its token range.
        bad: tokens of the clauses that go.
        text: one or more whole sentences.
    """
    return _put(region(draft, sentence, bad), text)


def _put(gone: Region, text: str) -> Change:
    if not text:
        return Change(gone.start, gone.end, (". " if gone.after else ".") if gone.before else "")
    lead = ". " if gone.before else ""
    return Change(gone.start, gone.end, lead + text + (" " if gone.after else ""))
