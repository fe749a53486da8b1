"""Outcomes as exports write them: stars, shares, yes and no, good and bad; in any digits."""

from __future__ import annotations

import re
from functools import lru_cache
from math import isfinite, nan

from hamdel.identifiers import find_identifiers
from hamdel.language.fold import key
from hamdel.language.sets import alternation, entries

__all__ = ["UNREADABLE", "read_score"]

#: Returned for what is neither a number nor known to mean that there is none; compare with ``is``.
UNREADABLE = nan

_NUMBER = re.compile(
    rf"([-+]?\d+(?:[.,٫]\d+)?)\s*(?:(?:{alternation('exports.scores.of')})\s*\d+|{alternation('exports.scores.units')})?"
)
_LONG = re.compile(r"[-+]?(?:0\d{5}|\d{10})")
_STARS = re.compile("(?:★|⭐\ufe0f?){1,10}☆*")
_VALUES = {"good": "1", "bad": "0", "none": ""}
_WORDS = {
    key(word).replace("_", " "): value for name, value in _VALUES.items() for word in entries(f"exports.scores.{name}")
}


@lru_cache(maxsize=4096)
def read_score(text: str) -> float | None:
    """Read a number that says how something ended.

    Args:
        text: a cell: «۴», "4 of 5", "80%", "★★★☆☆", "true", "good" (Zendesk's rating), «راضی» …

    Returns:
        The number as written, without its bound («4 of 5» is 4); 1 and 0 for yes and no; None for an empty cell;
        `UNREADABLE` for anything else; so is what looks like a phone number, an id or an account.
    """
    if not text or len(text) > 40:
        return UNREADABLE if text else None
    folded = key(text).strip()
    if not folded:
        return None
    if _LONG.match(folded) or find_identifiers(text, strict=True):
        return UNREADABLE  # a phone number is nobody's opinion
    if found := _NUMBER.fullmatch(folded):
        value = float(found[1].replace(",", ".").replace("٫", "."))
        return value if isfinite(value) else UNREADABLE
    if _STARS.fullmatch(text.strip()):
        return float(text.count("★") + text.count("⭐"))
    word = _WORDS.get(folded)
    return UNREADABLE if word is None else float(word) if word else None
