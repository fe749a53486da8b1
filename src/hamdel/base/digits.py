"""Digits as Persian readers expect them."""

from __future__ import annotations

__all__ = ["persian_digits"]

_DIGITS = str.maketrans("0123456789٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹" * 2)


def persian_digits(text: str) -> str:
    """The same with Persian digits."""
    return text.translate(_DIGITS)
