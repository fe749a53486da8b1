"""Set phrases looked for among words: what greets, what closes."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

from hamdel.language.fold import key

__all__ = ["Formulas"]

_REPEATS = re.compile(r"(.)\1{2,}")


class Formulas:
    """Set phrases, looked for among matching keys.

    Args:
        phrases: written naturally; non-joiners count as white space or nothing, as in the drafts.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        spaced = {key(phrase.replace("\u200c", " ")) for phrase in phrases}
        ordered = sorted((re.escape(phrase).replace("\\ ", " ?") for phrase in spaced), key=len, reverse=True)
        # By their first letter: at each word few of them are tried.
        tails: dict[str, list[str]] = {}
        for phrase in ordered:
            first = phrase[: 1 + phrase.startswith("\\")]
            tails.setdefault(first, []).append(phrase[len(first) :])
        found = "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in tails.items())
        self._find = re.compile(rf"(?<!\w)(?:{found or '(?!)'})(?!\w)")

    def within(self, norms: Iterable[str]) -> bool:
        """Tell whether one of the phrases stands in the tokens."""
        return bool(self._find.search(_joined(norms)))

    def after_last(self, norms: Iterable[str]) -> str:
        """Return what follows the last of the phrases; empty when none is there."""
        text = _joined(norms)
        ends = [match.end() for match in self._find.finditer(text)]
        return text[ends[-1] :] if ends else ""

    def covered(self, norms: Sequence[str]) -> list[bool]:
        """Tell of each token whether it belongs to one of the phrases."""
        stretched = _REPEATS.search(" ".join(norms))
        short = [_REPEATS.sub(r"\1", norm) for norm in norms] if stretched else norms
        starts = list(accumulate((len(norm) + 1 for norm in short[:-1]), initial=0))
        flags = [False] * len(short)
        for match in self._find.finditer(" ".join(short)):
            first, last = bisect_right(starts, match.start()) - 1, bisect_left(starts, match.end())
            flags[first:last] = [True] * (last - first)
        return flags


def _joined(norms: Iterable[str]) -> str:
    """Join tokens; «سلاااام» is a greeting too."""
    text = " ".join(norms)
    return _REPEATS.sub(r"\1", text) if _REPEATS.search(text) else text
