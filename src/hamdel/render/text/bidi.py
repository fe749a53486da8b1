"""Mixed right-to-left and left-to-right text that reads correctly, and foreign text that can do no harm.

A terminal orders each line by the Unicode bidirectional algorithm. Isolates (UAX 9) keep a Persian sentence,
a check id and a number in one line from reordering each other.
"""

from __future__ import annotations

import re

from hamdel.base.digits import persian_digits
from hamdel.render.text.pieces import Line, Piece

__all__ = ["isolated", "ltr", "persian_digits", "visible"]

_LRI, _FSI, _PDI = "\u2066", "\u2068", "\u2069"
_LRM, _RLM = "\u200e", "\u200f"
_LETTERS = re.compile("[A-Za-z\u00c0-\u024f\u05d0-\u06d3\u06fa-\u08ff]")
_FIRST_RTL = "\u0590"
_NESTED = re.compile(f"{_LRI}[^{_PDI}]*{_PDI}")  # has no say in the direction of what is around it
_SURROGATES = re.compile("[\ud800-\udfff]")


def _visible_table() -> dict[int, str]:
    """Pictures for control characters (a draft mustn't steer the terminal); nothing for bidi controls."""
    pictures = {code: chr(0x2400 + code) for code in range(32)} | {0x7F: "\u2421"}
    pictures |= dict.fromkeys(range(0x80, 0xA0), "\ufffd")
    pictures |= {ord(space): " " for space in "\t\n\r\x85\u2028\u2029"}
    # Overrides, embeddings and isolates would leak out of the excerpt; marks (U+200E, U+200F) can't.
    return pictures | dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)], "")


_VISIBLE = _visible_table()


def visible(text: str) -> str:
    """One line that is safe to print: control characters are shown, lone surrogates replaced."""
    return _SURROGATES.sub("\ufffd", text.replace("\r\n", "\n")).translate(_VISIBLE)


def isolated(*pieces: Piece) -> Line:
    """A line part with a direction of its own (U+2068 … U+2069): that of its first letter.

    Text that happens to begin with a foreign word, such as Persian with «PDF» or English with a quoted Persian
    phrase in front, gets an invisible mark of the direction that most of its letters have.
    """
    mark = _mark("".join(piece.text for piece in pieces))
    return (Piece(_FSI + mark), *pieces, Piece(_PDI))


def _mark(text: str) -> str:
    """The direction mark of the majority of letters; an empty text when the first letter has it already."""
    rtl = [letter >= _FIRST_RTL for letter in _LETTERS.findall(_NESTED.sub("", text))]
    majority = sum(rtl) * 2 > len(rtl)
    if not rtl or rtl[0] == majority:
        return ""
    return _RLM if majority else _LRM


def ltr(text: str) -> str:
    """An id, number or option that stays left-to-right (U+2066 … U+2069)."""
    return f"{_LRI}{text}{_PDI}"
