"""Strings whose UTF-8 bytes were written as letters of Latin-1."""

from __future__ import annotations

import re

__all__ = ["repaired"]

_LATIN = re.compile("[\x80-\xff][\x00-\xff]*")  # ASCII before it is the same in both


def repaired(text: str) -> str:
    """Return a string whose UTF-8 was written as Latin-1 letters as it was meant; any other string as it is.

    Latin-1 gives a letter to each byte, which Windows-1252 doesn't: «ی» ends in the byte 8C.
    """
    return _LATIN.sub(_undone, text)


def _undone(found: re.Match[str]) -> str:
    try:
        return found[0].encode("latin-1").decode("utf-8")
    except UnicodeDecodeError as error:
        cut = error.end == len(found[0]) and error.reason.startswith("unexpected end")
        if cut and error.start:  # other letters of it are mended, so «café» isn't touched
            return found[0][: error.start].encode("latin-1").decode("utf-8")  # cut in the middle of a letter
        return found[0]
