"""Personal identifiers in raw text: cards, national ids, phones, accounts, addresses, passwords, one-time codes.

Texts are folded first (`folding`), so digits of all systems count, with separators and marks that can't be seen between
them; spans are code points of the raw text. ``phrasebanks/lexicon/identifiers.toml`` has the kinds, the words that
announce them and examples. There are two levels: what certainly is an identifier (`find_identifiers`), which a finding
may rest on, and what may be one (`mask_identifiers`), which is covered in everything that is stored or printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from hamdel.identifiers.folding import Folded, fold
from hamdel.identifiers.groups import GAP

__all__ = ["Identifier", "Kind", "blank_identifiers", "find_identifiers", "mask_identifiers"]

Kind = Literal[
    "card", "national_id", "birth_certificate", "mobile", "landline", "iban", "account", "postal_code", "passport",
    "plate", "email", "secret",
]  # fmt: skip

# Without one of these a text holds nothing of the kind; the second are digits in other clothes.
_MAY_HOLD = re.compile(r"\d|[@＠]|[\u00b2\u00b3\u00b9\u2070-\u2089\u2460-\u2473]")
# The sign of an address as a word; in Python, for this layer reads its table only when a text needs it.
_SIGN = r"\bat\b|[(\[{<] ?(?:a|ات|ایت)"
_MAY_HOLD_WORDS = re.compile(rf"[A-Za-zＡ-Ｚａ-ｚ]{{4}}|{_SIGN}", re.IGNORECASE)
# An address, or ten digits: cards, ids, phones, IBANs and postal codes have as many. All else has a cue.
_SURE = re.compile(rf"@|[0-9](?:{GAP}?+[0-9]){{9}}")
_LIKELY = re.compile(r"\bat\b|[\-_]at[\-_]|%40|&(?:#|commat)|[(\[{<] ?(?:at?|ات|ایت)|\sات\s|ایران|iran")
_MOST_PASSES = 8


@dataclass(frozen=True, slots=True)
class Identifier:
    """One identifier: ``text[start:end]``, without the words around it.

    ``kind`` is one of `Kind`; a secret is a password or code.
    """

    kind: Kind
    start: int
    end: int


def find_identifiers(text: str, *, strict: bool = False) -> list[Identifier]:
    """Find the personal identifiers that a reply should not spell out.

    Args:
        text: a raw draft or message, of any size; time grows linearly with it.
        strict: whatever may be one; see `mask_identifiers`.

    Returns:
        Identifiers by place, none overlapping. Unless ``strict``, masked numbers (``6037-****-****-6789``), landlines,
        order numbers, amounts, post barcodes and the usual example numbers (09123456789) aren't among them.

    >>> find_identifiers("به کارت ۶۰۳۷-۹۹۱۱-۲۳۴۵-۶۷۸۶ واریز شد")
    [Identifier(kind='card', start=8, end=27)]
    """
    folded = _folded(text, strict)
    if folded is None:
        return []
    chosen: list[tuple[str, int, int]] = []
    for one in sorted(set(_candidates(folded.text, strict)), key=lambda one: (one[1], -one[2])):
        if not chosen or one[1] >= chosen[-1][2]:
            chosen.append(one)
    return [Identifier(kind, *folded.raw(start, end)) for kind, start, end in chosen]  # type: ignore[arg-type]


def mask_identifiers(text: str) -> str:
    """Cover identifiers with ``*`` for storing and printing; the length stays, so offsets do too.

    Whatever may be personal is covered: numbers of any issuer with a right check digit, glued to letters or decorated,
    with any separators; landlines, accounts, postal codes, plates and passports after a word that announces them;
    example numbers too. A number's last four digits and its separators remain, and the first letters of an address.

    >>> mask_identifiers("کارت 6037-9911-2345-6786")
    'کارت ****-****-****-6786'
    """
    for _ in range(_MOST_PASSES):  # what was hidden by a longer number comes to light
        folded = _folded(text, strict=True)
        places = _hidden(folded) if folded else ()
        if not places:
            break
        text = "".join(["*" if place in places else char for place, char in enumerate(text)])
    return text


def blank_identifiers(text: str, sign: str) -> str:
    """Put ``sign`` in the place of every character of an identifier; the length stays.

    Args:
        text: raw.
        sign: one character.
    """
    found = find_identifiers(text, strict=True)
    parts, place = [], 0
    for one in found:
        parts += [text[place : one.start], sign * (one.end - one.start)]
        place = one.end
    return "".join([*parts, text[place:]]) if found else text


def _folded(text: str, strict: bool) -> Folded | None:
    """Return a text folded, or None when there is nothing in it to look for, which most of them cost microseconds."""
    if not (_MAY_HOLD.search(text) or (strict and _MAY_HOLD_WORDS.search(text))):
        return None
    folded = fold(text)
    if _SURE.search(folded.text) or (strict and _LIKELY.search(folded.text)):
        return folded
    from hamdel.identifiers.identifier_lexicon import lexicon

    hints = lexicon().hints if strict else lexicon().secret_hints
    return folded if hints.search(folded.text) else None


def _candidates(text: str, strict: bool) -> Iterator[tuple[str, int, int]]:
    """Everything in a folded text that looks like an identifier; overlaps are possible.

    What this needs is imported when a text first holds something: its patterns take milliseconds to compile.
    """
    from hamdel.identifiers.addresses import emails, plates
    from hamdel.identifiers.cues import cues_in
    from hamdel.identifiers.kinds import Scene, numbers
    from hamdel.identifiers.secrets import secrets

    scene = Scene(text, cues_in(text), strict)
    yield from emails(scene)
    yield from secrets(scene)
    yield from numbers(scene)
    if strict:
        yield from plates(scene)


def _hidden(folded: Folded) -> frozenset[int]:
    """Where in the raw text to put ``*``."""
    from hamdel.identifiers.hiding import hidden_places

    text = folded.text
    covered = {place for one in _candidates(text, strict=True) for place in hidden_places(text, *one)}
    return frozenset(folded.places[place] for place in covered)
