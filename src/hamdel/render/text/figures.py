"""Shares and decimals as people of either language write them."""

from __future__ import annotations

from hamdel.model import Lang
from hamdel.render.text.bidi import persian_digits

__all__ = ["decimal", "grouped", "percent", "rate", "signed", "whole"]

_NONE = "—"
_TO_PERSIAN = str.maketrans({".": "٫", "%": "٪", "-": "\u2212"})


def percent(value: float | None, lang: Lang, sign: str = "%") -> str:
    """A share in per cent; only what is all or nothing reads as 100 or 0.

    Args:
        value: from 0 to 1; None for what is unknown.
        lang: whose digits to write.
        sign: what follows the number.
    """
    if value is None:
        return _NONE
    rounded = round(100 * value)
    if 0 < value < 1:
        rounded = min(max(rounded, 1), 99)
    return whole(rounded, lang) + _in(lang, sign)


def decimal(value: float | None, lang: Lang, digits: int = 2) -> str:
    """A number with decimals."""
    return _NONE if value is None else _in(lang, f"{value:.{digits}f}")


def whole(value: int, lang: Lang) -> str:
    """A whole number."""
    return _in(lang, str(value))


def _in(lang: Lang, text: str) -> str:
    return persian_digits(text).translate(_TO_PERSIAN) if lang is Lang.FA else text


def rate(value: float | None, lang: Lang) -> str:
    """A share in per cent with two figures, and no more than two decimals; only what is nothing reads as 0."""
    if value is None:
        return _NONE
    share = max(100 * value, 0.01) if value > 0 else 0.0
    digits = 0 if share >= 9.95 or not share else 1 if share >= 0.995 else 2
    return _in(lang, f"{share:.{digits}f}%")


def grouped(value: int, lang: Lang) -> str:
    """A whole number with its thousands set apart: «۲۱٬۹۸۶»."""
    text = f"{value:,}"
    return _in(lang, text).replace(",", "٬") if lang is Lang.FA else text


def signed(value: float, lang: Lang, digits: int = 1) -> str:
    """A difference with its sign."""
    return _in(lang, f"{value:+.{digits}f}")
