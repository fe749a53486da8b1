"""Lines of text whose parts have roles; what a role looks like is decided where they are printed."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

__all__ = ["Line", "Piece", "Role", "plain"]


class Role(StrEnum):
    PLAIN = "plain"
    ERROR = "error"
    WARNING = "warning"
    SUGGESTION = "suggestion"
    GOOD = "good"
    CHECK = "check"
    HEADING = "heading"
    MARK = "mark"
    QUIET = "quiet"


class Piece(NamedTuple):
    """A run of text with one role."""

    text: str
    role: Role = Role.PLAIN


Line = tuple[Piece, ...]


def plain(lines: Iterable[Line]) -> str:
    """The text alone, each line with its newline."""
    return "".join("".join(piece.text for piece in line) + "\n" for line in lines)
