"""typography/latin-punct: Latin marks in Persian text, white space before a mark; and what a mark should be."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hamdel.evidence.case import Case, Hit
from hamdel.language.tokenizer import Kind
from hamdel.model import Change, Edit, Safety

__all__ = ["LatinPunct", "mended_mark", "too_many_marks"]

_PERSIAN = str.maketrans("?,;", "؟،؛")
_MAYBE = re.compile(r"[?,;]|[ \u00a0\u202f\t][،؟.]")
_SPACES = " \u00a0\u202f\t"
_LETTER = re.compile("[\u0620-\u065f\u0670-\u06d3\u200c]")
_FACE = re.compile(r";-?[)(DPp]")


def _end_before(text: str, offset: int) -> int:
    """Return where the text before ``offset`` ends, white space passed over."""
    while offset and text[offset - 1] in _SPACES:
        offset -= 1
    return offset


def too_many_marks(raw: str) -> bool:
    """Tell «!!», «؟؟» and «؟!؟!» from one «!», one «؟» and one «؟!»."""
    marks = raw.translate({ord("！"): "!", ord("?"): "؟"})
    return set(marks) <= {"!", "؟"} and max(marks.count("!"), marks.count("؟")) > 1


def mended_mark(text: str, start: int, end: int) -> Edit:
    """Return the edit that makes one Persian mark of a mark, and takes away white space before it.

    Args:
        text: the raw draft.
        start, end: code points of the mark, which may be a run.
    """
    new = text[start:end]
    if too_many_marks(new):
        new = next((mark for mark in new if mark in "؟?"), new[0])
    if _beside_persian(text, start, end):
        new = new.translate(_PERSIAN)
    if new in "؟،؛.!" and _spaced(text, start, end):
        start = _end_before(text, start)
    return Edit((Change(start, end, new),), Safety.SAFE)


class LatinPunct:
    """Marks beside Persian letters; numbers, addresses and Latin text are left alone."""

    def __call__(self, case: Case) -> Iterator[Hit]:
        draft = case.draft
        if not _MAYBE.search(draft.text):
            return
        for i in case.said:
            if draft.words[i].kind is not Kind.PUNCT:
                continue
            start, end = draft.starts[i], draft.ends[i]
            raw = draft.text[start:end]
            better = raw.translate(_PERSIAN)
            if better != raw and _beside_persian(draft.text, start, end):
                kind = "latin"
            elif (raw[0] in "،؟" or raw == ".") and _spaced(draft.text, start, end):
                kind = "space"
            else:
                continue
            yield Hit(i, i + 1, kind, slots=(("replacement", better),), edits=(mended_mark(draft.text, start, end),))


def _beside_persian(text: str, start: int, end: int) -> bool:
    last = _end_before(text, start)
    before, after = text[last - 1 : last], text[end : end + 1]
    if _FACE.match(text, start):
        return False
    return bool(_LETTER.match(before)) or (bool(_LETTER.match(after)) and not before.isascii())


def _spaced(text: str, start: int, end: int) -> bool:
    """Tell white space between a Persian word and its mark; « .ir» and a mark of its own line are none."""
    last = _end_before(text, start)
    if last == start or not _LETTER.match(text[last - 1 : last]):
        return False
    return not text[end : end + 1].isalnum()
