"""A raw text in one spelling, with the way back: digits of all systems, Arabic letters, marks that can't be seen."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from hamdel.base.lazy import cached_property

__all__ = ["Folded", "fold"]

_LETTERS = dict(zip("يىېكڪةەہھۃ", "یییککههههه", strict=True))
# A zero that was typed as a letter.
_ZEROS = re.compile(r"(?<![A-Za-z])[0-9Oo]{2,}|[0-9][0-9Oo]+")
_ZERO = str.maketrans("Oo", "00")
_INVISIBLE = ("Mn", "Me", "Cf")
_UNSEEN = "\u00ac\u0640"  # what programs leave of a joiner; tatweel


def _fold_char(char: str) -> str | None:
    """Return the one character that stands for another; None when nobody sees it."""
    if unicodedata.category(char) in _INVISIBLE or char in _UNSEEN:
        return None
    if char.isspace():
        return "\n" if char in "\n\r\u2028\u2029" else " "
    digit = unicodedata.digit(char, None)
    if digit is not None:
        return str(digit)
    plain = "".join(one for one in unicodedata.normalize("NFKD", char) if unicodedata.category(one) != "Mn")
    plain = (plain if len(plain) == 1 else char).lower()
    return _LETTERS.get(plain, plain if len(plain) == 1 else char)


class _Folds(dict[str, str]):
    """What each character becomes, learned at first sight; nothing for one that nobody sees."""

    def __missing__(self, char: str) -> str:
        value = self[char] = _fold_char(char) or ""
        return value


_FOLDS = _Folds()
# All but what most texts consist of, which is itself already.
_ODD = re.compile(r"[^ -@\[-~\n،؛؟«»آابت-غف-قل-وپچژکگی…]")


class Folded:
    """A folded text.

    Args:
        raw: the text.

    Attributes:
        text: as it is read: every character stands for one of the raw text.
    """

    def __init__(self, raw: str) -> None:
        self._raw = raw
        text = _ODD.sub(_folded, raw)
        self.text = _ZEROS.sub(_with_zeros, text) if "o" in text else text

    @cached_property
    def places(self) -> Sequence[int]:
        """Where in the raw text each character of ``text`` is."""
        if len(self._raw) == len(self.text):
            return range(len(self._raw))
        return [place for place, char in enumerate(self._raw) if not _ODD.match(char) or _FOLDS[char]]

    def raw(self, start: int, end: int) -> tuple[int, int]:
        """Return the raw place of a non-empty slice."""
        return self.places[start], self.places[end - 1] + 1


def fold(text: str) -> Folded:
    """Fold a raw text; time grows linearly with it.

    >>> fold("کد ۶۰٣７").text
    'کد 6037'
    """
    return Folded(text)


def _folded(match: re.Match[str]) -> str:
    return _FOLDS[match.group()]


def _with_zeros(match: re.Match[str]) -> str:
    found = match.group()
    return found.translate(_ZERO) if sum(map(str.isdecimal, found)) >= 3 else found
