"""Cards, national ids, mobiles and IBANs: which stretches of digits in a raw text are one, and why."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from hamdel.identifiers.patterns import GROUP, NATIONAL_HINT, RUN, SHEBA, UNSEEN, cue
from hamdel.resources import phrasebank_dir

__all__ = ["NumberKind", "numbers"]

NumberKind = Literal["card", "national_id", "mobile", "iban"]
_Found = tuple[NumberKind, int, int]

_MOBILE_LENGTHS = frozenset({11, 12, 13, 14, 15})
_LENGTHS = _MOBILE_LENGTHS | {10, 16, 24}
_MOST_GROUPS = 8  # a card in pairs; more groups than that are a table, not an identifier
_MOBILE = re.compile(r"(?:0|98|980|0098|00980)9\d{9}")
_PLUS = re.compile(rf"\+[{UNSEEN} (]*$")
_IR_BEFORE = re.compile(rf"(?<![A-Za-z])[Ii][Rr][{UNSEEN} :\-]*$")
_IR_AFTER = re.compile(rf"[{UNSEEN} \-]*[Ii][Rr](?![A-Za-z])")
# A number that touches one of these is masked already, or a part of a name.
_CODE_BEFORE = re.compile(rf"[A-Za-z]$|[*•×_][{UNSEEN}]*$")
_CODE_AFTER = re.compile(rf"[A-Za-z]|[{UNSEEN}]*[*•×_]")


class _OnlyDigits(dict[int, int | None]):
    """A translation table to ASCII digits that drops everything else."""

    def __missing__(self, code: int) -> int | None:
        value = unicodedata.decimal(chr(code), None)
        self[code] = result = None if value is None else ord("0") + value
        return result


_ONLY_DIGITS = _OnlyDigits()


@cache
def _card_prefixes() -> frozenset[str]:
    """The six-digit prefixes of ``phrasebanks/lexicon/card_prefixes.txt``."""
    lines = (phrasebank_dir() / "lexicon" / "card_prefixes.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line[:6] for line in lines if line[:6].isdigit())


def _luhn(digits: str) -> bool:
    """Whether a card number's check digit is right."""
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (sum(doubled) + sum(map(int, digits[-1::-2]))) % 10 == 0


def _mod_11(digits: str) -> bool:
    """Whether a national id's check digit is right; ids of one repeated digit are never given out."""
    rest = sum(int(digit) * (10 - place) for place, digit in enumerate(digits[:9])) % 11
    return int(digits[9]) == (rest if rest < 2 else 11 - rest) and len(set(digits)) > 1


def _mod_97(digits: str) -> bool:
    """Whether the 24 digits after IR are an IBAN (ISO 13616; IR is 1827)."""
    return int(digits[2:] + "1827" + digits[:2]) % 97 == 1


@dataclass(frozen=True, slots=True)
class _Number:
    """Whole digit groups side by side that have the length of an identifier.

    ``strict`` asks for everything that might be one: for covering, where a miss costs more than a false alarm.
    """

    text: str
    start: int
    end: int
    digits: str
    strict: bool

    def identify(self) -> _Found | None:
        """What this number is; None for order numbers, amounts, barcodes and whatever else."""
        if len(self.digits) == 24:
            return self._iban()
        if self._touches_code():
            return None
        if len(self.digits) == 16:
            return self._card()
        return self._national_id() if len(self.digits) == 10 else self._mobile()

    def _before(self, size: int = 45) -> str:
        return self.text[max(0, self.start - size) : self.start]

    def _after(self, size: int = 16) -> str:
        return self.text[self.end : self.end + size]

    def _touches_code(self, before: bool = True, after: bool = True) -> bool:
        """Whether it is a part of a Latin word or code, or of a masked number."""
        left = before and _CODE_BEFORE.search(self._before(4))
        return bool(left or (after and _CODE_AFTER.match(self._after(4))))

    def _iban(self) -> _Found | None:
        lead = _IR_BEFORE.search(self._before(8))
        tail = None if lead else _IR_AFTER.match(self._after())
        if self._touches_code(before=not lead, after=not tail):
            return None
        named = lead or tail or SHEBA.search(self._before(30))
        if not named or not (self.strict or _mod_97(self.digits)):
            return None
        start = self.start - len(lead.group()) if lead else self.start
        return "iban", start, self.end + (tail.end() if tail else 0)

    def _card(self) -> _Found | None:
        known = self.strict or self.digits[:6] in _card_prefixes()
        return ("card", self.start, self.end) if known and _luhn(self.digits) else None

    def _national_id(self) -> _Found | None:
        right = _mod_11(self.digits)
        if not right and not self.strict:
            return None
        cue = self._cue()
        # Without a cue one number in eleven is "right"; but ids often start with 0 and order numbers seldom do.
        bare = right and self.digits[0] == "0" and (self.strict or self.end - self.start == 10)
        return ("national_id", self.start, self.end) if cue == "national" or (not cue and bare) else None

    def _cue(self) -> str:
        """Name the word that says what a ten-digit number is: national, other or nothing."""
        before, after = self._before(), self._after()
        if self.digits[0] != "0" and not NATIONAL_HINT.search(before + after):
            return "other"
        cues = [match.lastgroup for match in cue().finditer(before)]
        cues = cues or [match.lastgroup for match in cue().finditer(after) if match.lastgroup == "national"]
        return (cues[-1] or "") if cues else ""

    def _mobile(self) -> _Found | None:
        example = self.digits.endswith("9123456789") or len(set(self.digits[-7:])) == 1
        if example and not self.strict:
            return None
        plus = _PLUS.search(self._before(6))
        return "mobile", self.start - (len(plus.group()) if plus else 0), self.end


def _stretches(text: str, run: re.Match[str]) -> Iterator[tuple[int, int, str]]:
    """Yield ``(start, end, digits)`` of whole digit groups side by side that have an identifier's length."""
    groups = [
        (group.start(), group.end(), group.group().translate(_ONLY_DIGITS))
        for group in GROUP.finditer(text, run.start(), run.end())
    ]
    for first, (start, _, _) in enumerate(groups):
        digits = ""
        for _, end, more in groups[first : first + _MOST_GROUPS]:
            digits += more
            if len(digits) > max(_LENGTHS):
                break
            if len(digits) in _LENGTHS:
                yield start, end, digits


def numbers(text: str, strict: bool) -> Iterator[_Found]:
    """Yield ``(kind, start, end)`` of the identifying numbers in ``text``; those that overlap are all found.

    Args:
        text: raw.
        strict: also what only may be one; see `hamdel.identifiers.mask_identifiers`.
    """
    for run in RUN.finditer(text):
        for start, end, digits in _stretches(text, run):
            if len(digits) not in _MOBILE_LENGTHS or _MOBILE.fullmatch(digits):
                found = _Number(text, start, end, digits, strict).identify()
                if found:
                    yield found
