"""Shares and decimals as people of either language write them."""

from __future__ import annotations

from hamdel.model import Lang
from hamdel.render.bidi import persian_digits

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
    """A share in per cent, with one decimal below 10; only what is nothing reads as 0."""
    if value is None:
        return _NONE
    share = 100 * value
    text = f"{share:.0f}" if share >= 9.95 else f"{max(share, 0.1 if value else 0):.1f}".removesuffix(".0")
    return _in(lang, text + "%")


def grouped(value: int, lang: Lang) -> str:
    """A whole number with its thousands set apart: «۲۱٬۹۸۶»."""
    text = f"{value:,}"
    return _in(lang, text).replace(",", "٬") if lang is Lang.FA else text


def signed(value: float, lang: Lang, digits: int = 1) -> str:
    """A difference with its sign."""
    return _in(lang, f"{value:+.{digits}f}")
