"""How many columns a text takes in a terminal, and its lines in a column of a given width."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from textwrap import wrap

from hamdel.render.text.bidi import visible

__all__ = ["cell_width", "fitted"]


def cell_width(text: str) -> int:
    """Return the columns of a text: marks and joiners take none, emoji two."""
    return len(text) if text.isascii() else sum(map(_columns, text))


@lru_cache(maxsize=2048)  # more than a text has of different characters
def _columns(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def fitted(text: str, columns: int) -> list[str]:
    """Return the text in lines of at most so many columns; a longer word gets a line of its own."""
    return wrap(visible(text), columns, break_long_words=False, break_on_hyphens=False) or [""]
