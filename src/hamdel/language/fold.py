"""The matching key of a text: one spelling for all the ways in which Persian is typed.

Keys are for comparing, never for offsets and never for showing. What is folded: non-joiners and what is typed for them,
Arabic letters and hamzas («مسؤول»), diacritics and tatweel («لطفاً», «لطفا»), digits of all systems, bidi marks.
"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["JOINERS", "key", "split_key"]

#: What people type (or what programs leave) where a zero-width non-joiner belongs.
JOINERS = "\u200c\u200d\u200b\u00ac\ufeff"
_JOINER_RUN = re.compile(f"[{JOINERS}]+")
_BIDI = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_TATWEEL = "\u0640"
_MARKS = "".join(map(chr, [*range(0x0610, 0x061B), *range(0x064B, 0x0660), 0x0670, *range(0x06D6, 0x06ED)]))
_HAMZA = "\u0621\u0654\u0655"

_DIGITS = {ord(c): str(i % 10) for i, c in enumerate("0123456789۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩")}

_LETTERS = {
    "ي": "ی", "ى": "ی", "ې": "ی", "ئ": "ی", "ك": "ک", "ڪ": "ک", "ۀ": "ه", "ة": "ه", "ە": "ه", "ہ": "ه", "ھ": "ه",
    "أ": "ا", "إ": "ا", "ٱ": "ا", "ؤ": "و", "ڕ": "ر", "ﷲ": "الله",
}  # fmt: skip


def _fold_char(char: str) -> str:
    """Return the key of one character that no table below names: compatibility forms, case, digits."""
    folded = unicodedata.normalize("NFKC", char).lower()
    return folded if folded == char else folded.translate(_TABLE)


class _Table(dict[int, str]):
    """A translation table that learns each character at first sight."""

    def __missing__(self, code: int) -> str:
        value = self[code] = _fold_char(chr(code))
        return value


_TABLE = _Table(
    {ord(c): "" for c in JOINERS + _BIDI + _TATWEEL + _MARKS + _HAMZA}
    | {ord(c): v for c, v in _LETTERS.items()}
    | _DIGITS
)


def key(text: str) -> str:
    """Return the key of ``text``.

    Letters of Arabic keyboards, hamza, diacritics, tatweel, joiners, bidi marks, digit systems, presentation
    forms and case are folded away; white space and punctuation stay.

    >>> key("ميكنيد") == key("می‌کنید")
    True
    """
    return text.translate(_TABLE)


def split_key(written: str) -> tuple[str, ...]:
    """Return the keys of the parts that non-joiners part.

    >>> split_key("دانش‌آموز") == ("دانش", "آموز")
    True
    """
    return tuple(k for k in map(key, _JOINER_RUN.split(written)) if k)
