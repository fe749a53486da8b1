"""Where checks stay silent: quotations, ``>`` lines, addresses, code, labels, and what the customer is said to say."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from hamdel.language.quoted import quoted_lines
from hamdel.language.sets import word_set
from hamdel.language.tokenizer import Kind
from hamdel.language.words import Word

__all__ = ["IGNORE", "silent_tokens"]

_ADDRESSES = frozenset((Kind.URL, Kind.EMAIL, Kind.CODE, Kind.SLOT))
_PAIRS = {"«": "»", "“": "”", '"': '"', "„": "”"}
_LONGEST_QUOTE = 120  # tokens; a quotation mark that is never closed must not silence the rest of the draft
_SAYING = word_set("grammar.verb.saying")
_CLAUSE_ENDS = frozenset("،,؛;.!؟?:\n")
IGNORE = re.compile(r"hamdel:\s{0,9}ignore(?:\[([^\]\n]{0,999})\])?")  # bounded: a line may have thousands


def _close(words: Sequence[Word], i: int, closer: str) -> int:
    for j in range(i + 1, min(len(words), i + _LONGEST_QUOTE)):
        if words[j].norm == closer:
            return j
    return i


def _mark_quotes(words: Sequence[Word], silent: bytearray) -> None:
    i = 0
    while i < len(words):
        closer = _PAIRS.get(words[i].norm)
        if closer:
            end = _close(words, i, closer)
            if end > i:
                silent[i : end + 1] = b"\1" * (end + 1 - i)
            i = end
        i += 1


def _mark_reported(words: Sequence[Word], silent: bytearray) -> None:
    """«گفتید که …»: what follows up to the clause end is the customer's word."""
    reported = False
    for i, word in enumerate(words):
        if reported:
            reported = word.norm[:1] not in _CLAUSE_ENDS
            silent[i] |= reported
        if word.norm == "که" and _you_said(words[max(0, i - 2) : i]):
            reported = True


def _you_said(before: Sequence[Word]) -> bool:
    """«گفتید», «گفته بودید»: the last of two tokens is a verb of saying, or its auxiliary, for the customer."""
    if not before or before[-1].person != 2 or not before[-1].plural:
        return False
    verb = before[0] if before[-1].lemma == "بودن" else before[-1]
    return verb.lemma in _SAYING


def silent_tokens(text: str, words: Sequence[Word], starts: Sequence[int]) -> bytearray:
    """Return one byte a token: 1 where no lexical check may fire.

    Args:
        text: the raw text.
        words: its tokens.
        starts: where each token starts in ``text``, in code points.
    """
    silent = bytearray([word.kind in _ADDRESSES for word in words])  # a list is made faster than a generator runs
    if any(mark in text for mark in _PAIRS):
        _mark_quotes(words, silent)
    if "که" in text:
        _mark_reported(words, silent)
    ranges = quoted_lines(text)
    if "hamdel:" in text:
        ranges += [(m.start(), m.end()) for m in IGNORE.finditer(text)]
    for first, last in ranges:
        i, j = bisect_left(starts, first), bisect_left(starts, last)
        silent[i:j] = b"\1" * (j - i)
    return silent
