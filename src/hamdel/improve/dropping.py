"""Words that add nothing to a sentence («همان‌طور که قبلاً گفتم، …») and can go without harm to the rest."""

from __future__ import annotations

from hamdel.language.analysis import Analysis
from hamdel.language.tokenizer import Kind
from hamdel.model import Change, Edit, Safety

__all__ = ["dropped"]

_MARKS = (Kind.PUNCT, Kind.SPACE, Kind.EMOJI)


def dropped(draft: Analysis, first: int, last: int) -> Edit | None:
    """Return the edit that takes words out of a sentence; None when what is left would be no sentence.

    Args:
        draft: the draft, read.
        first, last: token range of the words.
    """
    begin, end = draft.sentence(first)
    last = _whole_verb(draft, last, end)
    opens = not _words(draft, begin, first) or draft.words[first - 1].norm in ("،", ",", "؛", "ولی", "اما")
    if opens and _says(draft, last, end):
        after = _resume(draft, last, end)
        return Edit((Change(draft.starts[first], draft.starts[after], ""),), Safety.SAFE)
    if not _words(draft, last, end) and _says(draft, begin, first):
        before = first
        while before > begin and draft.words[before - 1].kind in _MARKS:
            before -= 1
        return Edit((Change(draft.ends[before - 1], draft.ends[last - 1], ""),), Safety.SAFE)
    return None


def _whole_verb(draft: Analysis, last: int, end: int) -> int:
    """Take a compound verb's second half along: «برای چندمین بار عرض | می‌کنم که …»."""
    if last < end and draft.words[last].finite and draft.words[last].person == 1:
        following = draft.next_word(last)
        if following is not None and draft.words[following].norm == "که":
            return last + 1
    return last


def _words(draft: Analysis, first: int, last: int) -> list[int]:
    return [i for i in range(first, last) if draft.words[i].kind not in _MARKS]


def _says(draft: Analysis, first: int, last: int) -> bool:
    """Tell whether tokens hold a verb, so that they can be a sentence."""
    return any(draft.words[i].predicate for i in range(first, last))


def _resume(draft: Analysis, last: int, end: int) -> int:
    """Return the token with which the sentence goes on, after a comma, a colon or «که»."""
    return next(i for i in range(last, end) if draft.words[i].kind not in _MARKS and draft.words[i].norm != "که")
