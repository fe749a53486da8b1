"""Names in the order in which people count: «کارشناس ۲» before «کارشناس ۱۰»."""

from __future__ import annotations

import re

__all__ = ["natural"]

_FIGURES = re.compile(r"(\d+)")
_LONGEST = 18  # digits that are a number


def natural(name: str) -> tuple[tuple[str, int], ...]:
    """Return what a name is sorted by: its words, and its numbers by size, in any digits.

    Args:
        name: of an agent, say.
    """
    parts = _FIGURES.split(name)
    numbers = (int(one) if len(one) <= _LONGEST else 0 for one in parts[1::2])
    return tuple(zip(parts[::2], [*numbers, 0], strict=True))
