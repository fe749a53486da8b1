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
from functools import lru_cache
from typing import Literal

from hamdel.identifiers.folding import Folded, fold
from hamdel.identifiers.groups import GAP
from hamdel.identifiers.signs import AT_PARTS

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
# One of these is in every text in which `_LIKELY` finds something; to look for them takes a tenth of the time.
_PARTS = (*(part for part in AT_PARTS if part != "@"), "ایران", "iran")
_MOST_PASSES = 8
_REMEMBERED, _LONGEST = 16, 4_000  # texts that are remembered, of so many code points at most
_Candidate = tuple[str, int, int]


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
    read = _read(text, strict)
    if read is None:
        return []
    folded, candidates = read
    chosen: list[_Candidate] = []
    for one in sorted(set(candidates), key=lambda one: (one[1], -one[2])):
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
        read = _read(text, strict=True)
        places = _hidden(*read) if read else ()
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


def _read(text: str, strict: bool) -> tuple[Folded, tuple[_Candidate, ...]] | None:
    """Return a text folded, and what in it looks like an identifier; None when there is nothing to look for.

    The few texts that were looked at last are remembered: who checks a reply finds, covers and quotes what is in it.
    """
    return (_remembered if len(text) <= _LONGEST else _looked_at)(text, strict)


def _looked_at(text: str, strict: bool) -> tuple[Folded, tuple[_Candidate, ...]] | None:
    """Do the work of `_read`."""
    if not (_MAY_HOLD.search(text) or (strict and _MAY_HOLD_WORDS.search(text))):
        return None
    folded = fold(text)
    sure = _SURE.search(folded.text) is not None
    if not (sure or (strict and _is_likely(folded.text))):
        from hamdel.identifiers.identifier_lexicon import lexicon

        hints = lexicon().hints if strict else lexicon().secret_hints
        if not hints.search(folded.text):
            return None
    return folded, tuple(_candidates(folded.text, strict, sure))


_remembered = lru_cache(maxsize=_REMEMBERED)(_looked_at)


def _is_likely(text: str) -> bool:
    """Tell whether a folded text may hold an address in words, or a plate."""
    return any(part in text for part in _PARTS) and _LIKELY.search(text) is not None


def _candidates(text: str, strict: bool, sure: bool) -> Iterator[_Candidate]:
    """Everything in a folded text that looks like an identifier; overlaps are possible.

    What this needs is imported when a text first holds something: its patterns take milliseconds to compile.
    """
    from hamdel.identifiers import addresses, cues, kinds
    from hamdel.identifiers.secrets import secrets

    scene = kinds.Scene(text, cues.cues_in(text), strict, sure)
    yield from addresses.emails(scene)
    yield from secrets(scene)
    yield from kinds.numbers(scene)
    if strict:
        yield from addresses.plates(scene)


def _hidden(folded: Folded, candidates: tuple[_Candidate, ...]) -> frozenset[int]:
    """Where in the raw text to put ``*``."""
    if not candidates:
        return frozenset()
    from hamdel.identifiers.hiding import hidden_places

    text = folded.text
    covered = {place for one in candidates for place in hidden_places(text, *one)}
    return frozenset(folded.places[place] for place in covered)
