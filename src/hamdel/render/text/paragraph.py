"""Indented paragraphs in mixed directions, and the roles of severities."""

from __future__ import annotations

from textwrap import wrap

from hamdel.model import Severity
from hamdel.render.text.bidi import isolated, visible
from hamdel.render.text.pieces import Line, Piece, Role

__all__ = ["INDENT", "SEVERITY_ROLES", "WIDEST", "wrapped"]

INDENT = Piece("  ")
WIDEST = 120  # lines longer than this are hard to follow
SEVERITY_ROLES = {
    Severity.ERROR: Role.ERROR,
    Severity.WARNING: Role.WARNING,
    Severity.SUGGESTION: Role.SUGGESTION,
}


def wrapped(text: str, width: int | None, role: Role = Role.PLAIN, bullet: str = "") -> list[Line]:
    """A paragraph as indented, isolated lines: wrapped here, for a terminal would cut isolates in two."""
    if width is None:
        return [(INDENT, *isolated(Piece(bullet + visible(text), role)))]
    room = max(20, min(width, WIDEST) - len(INDENT.text) - len(bullet))
    parts = wrap(visible(text), room, break_long_words=False, break_on_hyphens=False) or [""]
    leads = [bullet, *(" " * len(bullet) for _ in parts[1:])]
    return [(INDENT, *isolated(Piece(lead + part, role))) for lead, part in zip(leads, parts, strict=True)]
