"""The tokens of an SQL dump, read piece by piece."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TextIO

__all__ = ["BrokenOff", "tokens"]

_PIECE = 1 << 18
_LONGEST = 1 << 23  # characters of one value
_TOKEN = re.compile(
    r"""
      (?P<space>\s++)
    | (?P<comment>--(?:\s[^\n]*+)?+(?:\n|\Z)|\#[^\n]*+(?:\n|\Z)|/\*.*?\*/)
    | (?P<text>'(?:[^'\\]++|\\.|'')*+'|"(?:[^"\\]++|\\.|"")*+")
    | (?P<name>`(?:[^`]++|``)*+`)
    | (?P<word>[\w.$@+-]++)
    | (?P<mark>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_BEGINS = ("'", '"', "`", "/*")  # what can go on beyond a piece, and can't be told before its end


class BrokenOff(Exception):  # noqa: N818 - never leaves these modules
    """What follows can't be read."""


def tokens(file: TextIO) -> Iterator[tuple[str, str]]:
    """Yield the kind and text of each token but white space and comments."""
    buffer, size, ended = "", _PIECE, False
    while not ended:
        piece = file.read(size)
        ended = not piece
        buffer += piece
        place = 0
        while place < len(buffer):
            found = _TOKEN.match(buffer, place)
            assert found is not None
            open_end = found.end() == len(buffer) or (found.lastgroup == "mark" and buffer.startswith(_BEGINS, place))
            if open_end and not ended:
                break
            if found.lastgroup == "mark" and buffer.startswith(_BEGINS, place):
                raise BrokenOff("a quotation mark or a comment is left open; what follows can't be read")
            place = found.end()
            if found.lastgroup not in ("space", "comment"):
                yield str(found.lastgroup), found[0]
        size = _PIECE if place else size * 2  # a long text isn't tried again and again
        buffer = buffer[place:]
        if len(buffer) > _LONGEST:
            raise BrokenOff(f"a value of more than {_LONGEST:,} characters; what follows can't be read")
