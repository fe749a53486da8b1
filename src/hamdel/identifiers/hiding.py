"""Which characters of an identifier are covered: enough that nobody can use it, and its owner still knows it."""

from __future__ import annotations

from collections.abc import Iterable

from hamdel.identifiers.addresses import hidden_of_email
from hamdel.identifiers.identifier_lexicon import lexicon

__all__ = ["hidden_places"]

_SHORT = 8  # digits; of fewer than that four tell too much


def hidden_places(text: str, kind: str, start: int, end: int) -> Iterable[int]:
    """Return places in a folded text: a number but for its last digits, most of an address, the whole of a secret."""
    if kind == "secret":
        return [place for place in range(start, end) if not text[place].isspace()]
    if kind == "email":
        return hidden_of_email(text, start, end)
    digits = [place for place in range(start, end) if text[place].isdigit()]
    leave = lexicon().rules[kind].leave if len(digits) >= _SHORT else 0
    return digits[: len(digits) - leave]
