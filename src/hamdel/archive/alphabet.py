"""One byte for each character of a masked text: rapidfuzz compares twice as fast, and files are half as long.

The map is fixed: codes are never given another meaning, new ones may be added at the end (an older hamdel then finds a
newer archive's texts "odd" and still reads them). A text with any other character, in Chinese say, is kept as UTF-8
behind a NUL. Source: archive.md, pitfalls.
"""

from __future__ import annotations

import codecs
import hashlib

from hamdel.masking.mask import CLAUSE, SENTENCE, SYMBOL, compared

__all__ = ["BLANKS", "compared_bytes", "decode", "encode", "encode_query", "is_odd", "text_key"]

_LATIN = "abcdefghijklmnopqrstuvwxyz"
# Arabic letters that folding leaves, Persian ones first; then European letters, as in names of products and people.
_ARABIC = "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیآ" + "".join(
    chr(code) for code in (*range(0x0671, 0x06D4), 0x06D5, *range(0x06EE, 0x06F0), *range(0x06FA, 0x0700))
)
_EUROPEAN = "äöüßéèêëàâáãåæçñøóòôõúùûíìîïýÿšžčćđłńśźżőűğışœþð" + "абвгдежзийклмнопрстуфхцчшщъыьэюя"
_NUL = "\0"  # no text holds it: characters of a query that no text can hold become NULs
_UNUSED = "\ufffd"  # so that damaged bytes can still be shown
_CHARS = "".join(dict.fromkeys(_NUL + " " + SENTENCE + CLAUSE + SYMBOL + _LATIN + _ARABIC + _EUROPEAN))
_DECODING = _CHARS.ljust(256, _UNUSED)
_ENCODING = codecs.charmap_build(_DECODING)
_KNOWN = frozenset(_CHARS)
_ODD = b"\0"
_TO_BLANKS = bytes.maketrans(bytes((_CHARS.index(SENTENCE), _CHARS.index(CLAUSE))), bytes((1, 1)))
#: The codes of a space, of the end of a sentence and of a clause.
BLANKS = tuple(map(_CHARS.index, (" ", SENTENCE, CLAUSE)))


def encode(layout: str) -> bytes:
    """Return a layout in one byte a character; an odd one as UTF-8 behind a NUL."""
    try:
        coded, _ = codecs.charmap_encode(layout, "strict", _ENCODING)
    except UnicodeEncodeError:
        return _ODD + layout.encode("utf-8", "surrogatepass")
    return coded


def decode(coded: bytes) -> str:
    """Return the layout that `encode` was given.

    Raises:
        UnicodeDecodeError: these bytes come from elsewhere.
    """
    if is_odd(coded):
        return coded[1:].decode("utf-8", "surrogatepass")
    layout, _ = codecs.charmap_decode(coded, "strict", _DECODING)
    return layout


def is_odd(coded: bytes) -> bool:
    """Whether a text has a character without a code."""
    return coded.startswith(_ODD)


def compared_bytes(coded: bytes) -> bytes:
    """Return what is compared: a coded layout, not an odd one, with spaces for its marks."""
    return coded.translate(_TO_BLANKS)


def encode_query(masked: str) -> bytes:
    """Return a masked text as bytes that are as far from each coded text as the texts themselves are."""
    try:
        coded, _ = codecs.charmap_encode(masked, "strict", _ENCODING)
    except UnicodeEncodeError:
        known = "".join(char if char in _KNOWN else _NUL for char in masked)
        coded, _ = codecs.charmap_encode(known, "strict", _ENCODING)
    return compared_bytes(coded)


def text_key(coded: bytes) -> int:
    """Return a 63-bit digest of what is compared, by which equal texts are known."""
    plain = encode(compared(decode(coded))) if is_odd(coded) else compared_bytes(coded)
    return int.from_bytes(hashlib.blake2b(plain, digest_size=8).digest(), "big") >> 1
