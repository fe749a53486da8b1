"""Words that add nothing to a sentence («همان‌طور که قبلاً گفتم، …») and can go without harm to the rest."""

from __future__ import annotations

from collections.abc import Sequence

from hamdel.language.analysis import Analysis
from hamdel.language.sets import word_set
from hamdel.language.tokenizer import Kind
from hamdel.model import Change, Edit, Safety
from hamdel.wording.slots import placeholder

__all__ = ["dropped", "led_in"]

_MARKS = (Kind.PUNCT, Kind.SPACE, Kind.EMOJI)
_PAUSES = frozenset("،,؛")


def dropped(draft: Analysis, first: int, last: int) -> Edit | None:
    """Return the edit that takes words out of a sentence; None when what is left would be no sentence.

    Args:
        draft: the draft, read.
        first, last: token range of the words.
    """
    begin, end = draft.sentence(first)
    last = _whole_verb(draft, last, end)
    # Without its lead-in, «… امکانش نیست» would be a bare refusal: somebody should read that.
    refuses = any(draft.words[i].predicate and draft.words[i].negative for i in range(begin, end))
    safety = Safety.OFFERED if refuses else Safety.SAFE
    opens = not _words(draft, begin, first) or _breaks(draft.words[first - 1].norm)
    if opens and _says(draft, last, end):
        after = _resume(draft, last, end)
        return Edit((Change(draft.starts[first], draft.starts[after], ""),), safety)
    if not _words(draft, last, end) and _says(draft, begin, first):
        before = first
        while before > begin and draft.words[before - 1].kind in _MARKS:
            before -= 1
        return Edit((Change(draft.ends[before - 1], draft.ends[last - 1], ""),), safety)
    return None


def _breaks(norm: str) -> bool:
    """Tell whether a mark or a word ends a clause before what comes next («، », «ولی»)."""
    return norm in _PAUSES or norm in word_set("grammar.clause.but")


def led_in(draft: Analysis, first: int, last: int, wordings: Sequence[str]) -> Edit:
    """Return the edit that puts friendly words («خلاصه‌اش این است:») where the others can't just go.

    Args:
        draft: the draft, read.
        first, last: token range of the words.
        wordings: suggestions, best first; one that ends in a colon leads in what follows.
    """
    end = draft.sentence(first)[1]
    last = _whole_verb(draft, last, end)
    text = next((wording for wording in wordings if wording.endswith(":")), "")
    rest = _words(draft, last, end)
    if rest:
        return Edit((Change(draft.starts[first], draft.starts[_resume(draft, last, end)], f"{text} " if text else ""),))
    return Edit((Change(draft.starts[first], draft.ends[last - 1], f"{text} {placeholder('meaning')}".strip()),))


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
    words = _words(draft, last, end)
    return next((i for i in words if draft.words[i].norm != "که"), words[-1])
