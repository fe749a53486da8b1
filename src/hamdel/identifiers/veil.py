"""What is personal in whole texts, for all that is cut out of them, quotes them or is made of them.

A text is masked as a whole and cut afterwards: a password without the word before it, or half a number, can't be
recognised again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hamdel.identifiers import find_identifiers, mask_identifiers

__all__ = ["Veil"]

_ZEROS = (ord("0"), ord("۰"), ord("٠"), ord("０"))
_DIGITS = ["[" + "".join(chr(zero + digit) for zero in _ZEROS) + "]" for digit in range(10)]
_PLAIN = {zero + digit: ord("0") + digit for zero in _ZEROS for digit in range(10)}
_PART = re.compile(r"[^\s:,،|/()\[\]«»\"'<>]{3,}")
_BARE = re.compile(r"[^\W_].{1,}[^\W_]")  # shorter ones could be any number in a message


class Veil:
    """Covers what is personal.

    Args:
        texts: as they were given, whole: the draft, the customer's message.
    """

    def __init__(self, *texts: str) -> None:
        self._whole: dict[str, str] = {}
        self._hidden: dict[str, str] = {}
        for text in texts:
            masked = self._whole[text] = mask_identifiers(text)
            if masked != text:
                self._hidden.update(_pairs(text, masked))
        self._found = _pattern(self._hidden)

    def slice(self, text: str, start: int, end: int) -> str:
        """Return ``text[start:end]`` with what is personal in it covered; offsets stay what they are.

        Args:
            text: one of the whole texts.
            start, end: code points.
        """
        return self._whole[text][start:end]

    def __call__(self, text: str) -> str:
        """Return a text of any origin, as long as it was, with what is personal covered.

        Args:
            text: may quote parts of the whole texts, in Persian digits too.
        """
        known = self._whole.get(text)
        if known is not None:
            return known
        if self._found:
            text = self._found.sub(self._covered, text)
        return mask_identifiers(text)

    def _covered(self, match: re.Match[str]) -> str:
        found = match.group()
        return self._hidden.get(_key(found), "*" * len(found))


def _pairs(text: str, masked: str) -> Iterator[tuple[str, str]]:
    """Yield the keys of identifiers, whole and word by word, each with what covers it."""
    for one in find_identifiers(text, strict=True):
        spans = [(one.start, one.end)]
        spans += [part.span() for part in _PART.finditer(text, one.start, one.end)]
        spans += [bare.span() for start, end in spans if (bare := _BARE.search(text, start, end))]
        for start, end in spans:
            raw, hidden = text[start:end], masked[start:end]
            if raw != hidden:
                yield _key(raw), hidden


def _pattern(hidden: dict[str, str]) -> re.Pattern[str] | None:
    """Compile what finds the texts to cover, the longest first; a number inside of a longer one is another."""
    if not hidden:
        return None
    longest_first = sorted(hidden, key=len, reverse=True)
    return re.compile("|".join(_whole(raw) for raw in longest_first), re.IGNORECASE)


def _whole(raw: str) -> str:
    """A pattern for a key: any digits stand for its digits."""
    pattern = "".join(_DIGITS[int(char)] if char.isdecimal() else re.escape(char) for char in raw)
    return rf"(?<!\d){pattern}(?!\d)" if raw[-1:].isdecimal() else pattern


def _key(text: str) -> str:
    """A text with plain digits and small letters, as long as it was."""
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in text.translate(_PLAIN))
