"""typography/arabic-letters: letters and digits of an Arabic keyboard in Persian words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hamdel.evidence.case import Case, Hit
from hamdel.language.analysis import Analysis
from hamdel.language.fold import key
from hamdel.language.tokenizer import Kind
from hamdel.model import Change, Edit, Safety
from hamdel.phrasebank import CheckDef

__all__ = ["ArabicLetters"]


class ArabicLetters:
    """Letters and digits of an Arabic keyboard; one finding a draft."""

    _ARABIC = re.compile("[يكىة٠-٩]")

    def __init__(self, check: CheckDef) -> None:
        self._religious = frozenset(map(key, check.words("arabic_words")))

    def __call__(self, case: Case) -> Iterator[Hit]:
        draft = case.draft
        if not self._ARABIC.search(draft.text):
            return
        typed = [i for i in case.said if self._is_typed(draft, i)]
        if typed:
            changes = tuple(Change(draft.starts[i], draft.ends[i], draft.raw(i).translate(_PERSIAN)) for i in typed)
            first = typed[0]
            slots = (("replacement", changes[0].new),)
            yield Hit(first, first + 1, "letters", slots=slots, edits=(Edit(changes, Safety.SAFE),))

    def _is_typed(self, draft: Analysis, i: int) -> bool:
        """Tell a Persian word or a number with such letters from Arabic itself."""
        letters = draft.words[i].kind in (Kind.WORD, Kind.NUMBER) and self._ARABIC.search(draft.raw(i))
        return bool(letters) and not self._in_arabic(draft, i)

    def _in_arabic(self, draft: Analysis, i: int) -> bool:
        first, last = max(0, i - 2), i + 3
        return any(w.norm in self._religious or "الله" in w.norm for w in draft.words[first:last])


_PERSIAN = str.maketrans("يكىة٠١٢٣٤٥٦٧٨٩", "یکیه۰۱۲۳۴۵۶۷۸۹")
