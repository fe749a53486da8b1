"""Raw text into pieces that cover every code point: ``"".join(pieces) == text``.

hazm's tokenizer (0.10) drops offsets and shreds addresses, spaCy's (3.8) keeps «می کنید» as two tokens and «سلام،وقت»
as one. This one scans once, with addresses, placeholders and code whole;
`hamdel.language.analysis` then joins what Persian writes apart: «می کنید», «کتاب ها», «به زودی».
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from hamdel.language.fold import JOINERS, key

__all__ = ["Kind", "Piece", "may_span", "scan"]


class Kind(StrEnum):
    WORD = "word"
    NUMBER = "number"
    LATIN = "latin"
    EMOJI = "emoji"
    PUNCT = "punct"
    SPACE = "space"
    URL = "url"
    EMAIL = "email"
    CODE = "code"
    SLOT = "slot"  # a placeholder or a label in brackets


class Piece(NamedTuple):
    """A stretch of the raw text with its matching key."""

    kind: Kind
    start: int
    end: int
    key: str


_INVISIBLE = JOINERS + "\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069"
_LETTER = (
    "\u0620-\u063f\u0641-\u064a\u066e-\u066f\u0671-\u06d3\u06d5\u06ee-\u06ef\u06fa-\u06ff"
    "\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc"
)
_MARK = "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0621"
_DIGIT = "0-9۰-۹٠-٩"
_EMOJI = (
    "\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u231a-\u23ff\u2190-\u21ff\u2934-\u2935\u3030\u303d\u3297\u3299©®™"
)
_EMOJI_TAIL = "\ufe0f\u200d\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f"
_TLD = "com|org|net|ir|io|me|app|dev|co|info|shop|link|ly|gov|edu|be|biz"

_SCANNER = re.compile(
    rf"""
      (?P<word>[{_LETTER}][{_LETTER}{_MARK}{_INVISIBLE}]*)
    | (?P<space>[^\S\n]+|\n)
    | (?P<code>```.*?```|`[^`\n]+`)
    | (?P<email>[A-Za-z0-9][A-Za-z0-9._+-]{{0,63}}@[A-Za-z0-9-]{{1,63}}(?:\.[A-Za-z0-9-]{{1,63}})+|@[A-Za-z_]\w{{2,40}})
    | (?P<url>(?:https?://|www\.)[^\s«»،؛<>"]+|(?<![\w@])[A-Za-z0-9][A-Za-z0-9-]{{0,62}}(?:\.[A-Za-z0-9-]{{1,63}}){{0,5}}\.(?:{_TLD})\b(?:/[^\s«»،؛<>"]*)?)
    | (?P<slot>\{{\{{[^{{}}\n]{{0,60}}\}}\}}|\{{[^{{}}\n]{{1,60}}\}}|\[[^\[\]\n]{{1,60}}\]
        |<[^<>\n]{{1,60}}>|%[A-Za-z_]{{2,40}}%)
    | (?P<number>[{_DIGIT}]+(?:[.,:/\-٫٬،][{_DIGIT}]+)*)
    | (?P<latin>[^\W\d_{_LETTER}](?:[^\W_{_LETTER}]|[_'’\-](?=[^\W_{_LETTER}]))*)
    | (?P<emoji>[{_EMOJI}][{_EMOJI}{_EMOJI_TAIL}]*)
    | (?P<punct>[!！؟?]+|\.+|…+|[{_INVISIBLE}]+|.)
    """,
    re.VERBOSE | re.DOTALL,
)
#: What most stretches between spaces are; the scanner would say the same, more slowly.
_PLAIN = re.compile(rf"(?P<word>[{_LETTER}][{_LETTER}{_MARK}]*)|(?P<number>[{_DIGIT}]+)")
_KINDS = {kind.value: kind for kind in Kind}
_TRAILING = ".,:;!?)]}'*\u061f"


def may_span(text: str) -> bool:
    """Tell whether a piece of a text may hold white space; if not, each stretch between spaces stands alone."""
    return "`" in text or "[" in text or "{" in text or "<" in text


def _trimmed(text: str, start: int, end: int) -> int:
    """Return the end of an address without the sentence's own punctuation."""
    while end > start + 1 and text[end - 1] in _TRAILING:
        end -= 1
    return end


def _matches(text: str) -> Iterator[tuple[str, int, int]]:
    position, length = 0, len(text)
    match = _SCANNER.match
    while position < length:
        found = match(text, position)
        assert found is not None  # the last alternative takes any character
        name, end = str(found.lastgroup), found.end()
        if name == "url":
            end = _trimmed(text, position, end)
        yield name, position, end
        position = end


def scan(text: str) -> list[Piece]:
    """Cut ``text`` into pieces that cover it without gap or overlap.

    Args:
        text: any string; lone surrogates are allowed.
    """
    plain = _PLAIN.fullmatch(text)
    if plain:
        return [Piece(_KINDS[str(plain.lastgroup)], 0, len(text), key(text))]
    return [Piece(_KINDS[name], s, e, key(text[s:e])) for name, s, e in _matches(text)]
