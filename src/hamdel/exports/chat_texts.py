"""What chat programs write in place of a message, or behind it."""

from __future__ import annotations

import re
from functools import cache

from hamdel.language.sets import entries

__all__ = ["chat_phrases", "edit_mark", "without_edit_mark"]

_ENDING = re.compile("\\s?[\u200e\u200f]?[<(]\\s?([^<>()\n]{3,60}?)\\.?\\s?[>)][\u200e\u200f]?\\s*\\Z")


@cache
def chat_phrases(name: str) -> frozenset[str]:
    """Return a set of phrases.

    Args:
        name: of a list in ``exports.chats``.
    """
    return frozenset(entries(f"exports.chats.{name}"))


def edit_mark(text: str) -> int | None:
    """Return where the mark of an edited message begins; None when there is none."""
    found = _ENDING.search(text, max(0, len(text) - 100))
    return found.start() if found and found[1].strip("\u200e\u200f ") in chat_phrases("edited") else None


def without_edit_mark(text: str) -> str:
    """Return a message as its writer left it."""
    place = edit_mark(text)
    return text if place is None else text[:place]
