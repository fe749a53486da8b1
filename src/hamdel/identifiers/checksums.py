"""Check digits. A few lines each: python-stdnum has no Iranian codes, and the rest isn't worth a dependency."""

from __future__ import annotations

__all__ = ["luhn", "mod_11", "mod_97"]


def luhn(digits: str) -> bool:
    """Whether a card number's check digit is right (ISO/IEC 7812-1)."""
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (sum(doubled) + sum(map(int, digits[-1::-2]))) % 10 == 0


def mod_11(digits: str) -> bool:
    """Whether the check digit of ten digits is that of a national id; ids of one repeated digit are never given out."""
    rest = sum(int(digit) * (10 - place) for place, digit in enumerate(digits[:9])) % 11
    return int(digits[9]) == (rest if rest < 2 else 11 - rest) and len(set(digits)) > 1


def mod_97(digits: str) -> bool:
    """Whether the 24 digits after IR are an IBAN (ISO 13616; IR is 1827)."""
    return int(digits[2:] + "1827" + digits[:2]) % 97 == 1
