"""Personal identifiers in raw text: cards, national ids, mobiles, IBANs, e-mails, passwords, one-time codes.

All digit systems count, with separators and invisible marks between the digits; spans are code points of the
raw text. Checksums and cue words keep order numbers, amounts and post barcodes out.
Source: catalogue, respect/privacy-leak.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from hamdel.identifiers.numbers import NumberKind, numbers
from hamdel.identifiers.patterns import SECRET_HINT, may_hold_any, secret

__all__ = ["Identifier", "Kind", "find_identifiers", "mask_identifiers"]

Kind = NumberKind | Literal["email", "secret"]

_DOMAIN = re.compile(r"@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})*\.[A-Za-z]{2,24}(?![A-Za-z])")
_LOCAL = re.compile(r"[A-Za-z0-9._%+-]{1,64}$")


@dataclass(frozen=True, slots=True)
class Identifier:
    """One identifier: ``text[start:end]``, without the words around it.

    ``kind`` is card, national_id, mobile, iban, email or secret (a password or one-time code).
    """

    kind: Kind
    start: int
    end: int


def find_identifiers(text: str) -> list[Identifier]:
    """Find the personal identifiers that a reply should not spell out.

    Args:
        text: a raw draft or message, of any size; time grows linearly with it.

    Returns:
        Identifiers by place, none overlapping. Masked numbers (``6037-****-****-6789``), landlines, order
        numbers, amounts, post barcodes and the usual example numbers (09123456789) aren't among them.

    >>> find_identifiers("به کارت ۶۰۳۷-۹۹۱۱-۲۳۴۵-۶۷۸۶ واریز شد")
    [Identifier(kind='card', start=8, end=27)]
    """
    chosen: list[Identifier] = []
    for one in sorted(_candidates(text, strict=False), key=lambda one: (one.start, -one.end)):
        if not chosen or one.start >= chosen[-1].end:
            chosen.append(one)
    return chosen


def mask_identifiers(text: str) -> str:
    """Cover identifiers with ``*`` for storing and printing; the length stays, so offsets do too.

    Stricter than `find_identifiers`: Luhn-valid numbers of any issuer, ids and IBANs after a cue whatever
    their checksum, and example numbers are covered as well. A number's last four digits and its separators
    remain, and the first letters of an address.

    >>> mask_identifiers("کارت 6037-9911-2345-6786")
    'کارت ****-****-****-6786'
    """
    covered = {place for one in _candidates(text, strict=True) for place in _hidden_places(text, one)}
    if not covered:
        return text
    return "".join("*" if place in covered else char for place, char in enumerate(text))


def _candidates(text: str, strict: bool) -> list[Identifier]:
    """Everything that looks like an identifier; overlaps are possible."""
    found: list[Identifier] = []
    if "@" in text:
        found.extend(_emails(text))
    if may_hold_any(text):
        found.extend(_secrets(text))
        found.extend(Identifier(*number) for number in numbers(text, strict))
    return found


def _emails(text: str) -> Iterator[Identifier]:
    for domain in _DOMAIN.finditer(text):
        local = _LOCAL.search(text[max(0, domain.start() - 64) : domain.start()])
        if local:
            yield Identifier("email", domain.start() - len(local.group()), domain.end())


def _secrets(text: str) -> Iterator[Identifier]:
    hint = SECRET_HINT.search(text)
    for match in secret().finditer(text, hint.start()) if hint else ():
        yield Identifier("secret", match.start("value"), match.end("value"))


def _hidden_places(text: str, one: Identifier) -> Iterator[int]:
    """Where to put ``*``: all but a number's last four digits, an address's first letters, a whole secret."""
    places = range(one.start, one.end)
    if one.kind == "secret":
        yield from (place for place in places if not text[place].isspace())
    elif one.kind == "email":
        at = text.index("@", one.start, one.end)
        dot = text.rindex(".", at, one.end)
        yield from (place for place in range(one.start + 1, dot) if place not in (at, at + 1))
    else:
        yield from [place for place in places if text[place].isdecimal()][:-4]
