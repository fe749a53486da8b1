"""Which known name somebody may have meant."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["nearest"]

_LIKE = 0.5  # of the letters of both


def nearest(name: str, known: Iterable[str]) -> str:
    """Return advice to end a complaint with: ``; did you mean "x"?``, or an empty text when no known name is alike."""
    from difflib import get_close_matches  # here, for only errors need it

    close = get_close_matches(name, list(map(str, known)), n=1, cutoff=_LIKE)
    return f'; did you mean "{close[0]}"?' if close else ""
