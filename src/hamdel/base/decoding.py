"""Bytes to text, whatever encoding a Windows desk left them in.

A byte order mark decides; without one the bytes are UTF-8 if they can be, else UTF-16 or Windows-1256 if the outcome
reads like what a support desk types.
"""

from __future__ import annotations

import codecs
import io
import re
from typing import BinaryIO, TextIO

from hamdel.errors import InputError

__all__ = ["WIDE_MARKS", "decode", "decoded_file", "encoding_of", "is_broken"]

_SAMPLE = 1 << 16  # bytes or characters that a guess looks at
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with that of UTF-16 LE
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: The byte order marks of encodings whose line ends aren't single bytes.
WIDE_MARKS = tuple(mark for mark, encoding in _BOMS if encoding != "utf-8")
_BINARY = {
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"PK\x03\x04": "a zip archive or an Office document",
    b"\xd0\xcf\x11\xe0": "an old Office document",
    b"%PDF": "a PDF file",
    b"\x1f\x8b": "a gzip archive",
    b"\x7fELF": "a program",
    b"PAR1": "a Parquet file",
}
# What a support desk types: Latin, Arabic script, punctuation, arrows, symbols and emoji.
_TYPED = re.compile(
    "[\t\n\r -~\u00a0-\u024f\u0600-\u06ff\u0750-\u077f\u2000-\u206f\u20a0-\u20bf\u2100-\u2bff"
    "\u3000-\u303f\ufb50-\ufdff\ufe00-\ufe0f\ufe70-\ufeff\U0001f000-\U0001faff]"
)
_LETTERS = re.compile(r"[^\W\d_a-zA-Z]")
_PERSIAN = re.compile("[\u0621-\u064a\u066e-\u06d3]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_CONTROL_BYTES = re.compile(_CONTROLS.pattern.encode())
_BROKEN = "\udcff"  # a lone surrogate: no sound bytes decode to it
_MARK_BROKEN = "hamdel.broken"


def _stand_in(error: UnicodeError) -> tuple[str, int]:
    """Let decoding go on after broken bytes, with a mark in their place that `is_broken` knows."""
    if isinstance(error, UnicodeDecodeError):
        return _BROKEN, error.end
    raise error


codecs.register_error(_MARK_BROKEN, _stand_in)


def decode(data: bytes, name: str) -> str:
    """Turn bytes into text, guessing the encoding only where nothing states it.

    Args:
        data: the bytes.
        name: what to call them in an error.

    Raises:
        InputError: they aren't text, or in an encoding that can't be told.
    """
    mark, encoding = encoding_of(data, name)
    try:
        return data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        what = encoding.upper() if mark else "UTF-8"
        hint = "save it again" if mark else "save it again as UTF-8"
        raise InputError(f"{name}: broken {what} at byte {error.start}; {hint}") from error


def encoding_of(data: bytes, name: str) -> tuple[bytes, str]:
    """Return the byte order mark of a text (empty when it has none) and its encoding.

    Args:
        data: the bytes.
        name: what to call them in an error.

    Raises:
        InputError: they aren't text, or in an encoding that can't be told.
    """
    mark, encoding = _mark(data)
    _refuse_binary(data, name, "save the reply as a text file")
    return mark, encoding or _guess(data, True, name)


def decoded_file(file: BinaryIO, name: str) -> TextIO:
    """Read a file as text piece by piece, with its line ends as they are.

    Args:
        file: at its beginning; it must be able to go back there.
        name: what to call it in an error.

    Returns:
        The text, in which `is_broken` finds bytes that couldn't be decoded; closing it closes the file.

    Raises:
        InputError: it isn't text, or in an encoding that can't be told.
    """
    start = file.read(_SAMPLE)
    _refuse_binary(start, name, "export it as CSV in UTF-8")
    mark, encoding = _mark(start)
    if not mark:
        encoding = _guess(*_telling(start, file), name)
    file.seek(len(mark))
    return io.TextIOWrapper(file, encoding=encoding, errors=_MARK_BROKEN, newline="")


def is_broken(text: str) -> bool:
    """Whether something in a text stands for bytes (or a JSON escape) that aren't a character."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False


def _refuse_binary(data: bytes, name: str, hint: str) -> None:
    """Say what a file is that only looks like a text by its name."""
    for magic, kind in _BINARY.items():
        if data.startswith(magic):
            raise InputError(f"{name}: is {kind}; {hint}")


def _mark(data: bytes) -> tuple[bytes, str]:
    """The byte order mark at the beginning and the encoding that it announces; two empty values without one."""
    return next((pair for pair in _BOMS if data.startswith(pair[0])), (b"", ""))


def _telling(start: bytes, file: BinaryIO) -> tuple[bytes, bool]:
    """The first part of a file that tells encodings apart, so not plain ASCII, and whether the file ends there."""
    sample = start
    while sample and sample.isascii() and not _CONTROL_BYTES.search(sample):
        sample = file.read(_SAMPLE)
    following = file.read(_SAMPLE)  # the first letter may be the last of the sample
    return sample + following, len(following) < _SAMPLE


def _guess(data: bytes, whole: bool, name: str) -> str:
    """Tell the encoding of bytes without a mark; UTF-8 that is a little damaged counts as UTF-8.

    Args:
        data: the bytes.
        whole: nothing follows them; else they may end within a character.
        name: what to call them in an error.
    """
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(data, final=whole)
    except UnicodeDecodeError as error:
        return _utf16(data, whole) or _single_byte(data, name, error)
    # Text of ASCII and Persian letters in UTF-16 is valid UTF-8, full of NULs and U+0006.
    return (_CONTROLS.search(text, 0, _SAMPLE) and _utf16(data, whole, _share(_TYPED, text))) or "utf-8"


def _utf16(data: bytes, whole: bool, rival: float = 0.0) -> str:
    """The byte order, if this is UTF-16 without a mark and more plausible than ``rival``; else an empty text."""
    sample = data[: _SAMPLE - _SAMPLE % 2]
    encoding, share = max(
        ((name, _share(_TYPED, sample.decode(name, "replace"))) for name in ("utf-16-le", "utf-16-be")),
        key=lambda guess: guess[1],
    )
    if len(data) % 2 or share <= max(rival, 0.9):
        return ""
    try:
        codecs.getincrementaldecoder(encoding)().decode(data, final=whole)
    except UnicodeDecodeError:
        return ""
    return encoding


def _single_byte(data: bytes, name: str, error: UnicodeDecodeError) -> str:
    """Tell damaged UTF-8 from Persian in Windows-1256, which gives a meaning to every byte."""
    if _mostly_utf8(data):
        return "utf-8"
    sample = data[:_SAMPLE].decode("cp1256")
    letters = _LETTERS.findall(sample)
    if _CONTROLS.search(sample) or _share(_PERSIAN, "".join(letters)) < 0.8:
        raise InputError(f"{name}: not text, or in an unknown encoding; save it as UTF-8") from error
    return "cp1256"


def _mostly_utf8(data: bytes) -> bool:
    """Whether more of the non-ASCII text is sound UTF-8 than isn't: damaged, not another encoding."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return len(text) - len(text.encode("ascii", "ignore")) > 2 * broken


def _share(pattern: re.Pattern[str], text: str) -> float:
    """Which part of a text's beginning matches, character by character; 1 for an empty text."""
    sample = text[:_SAMPLE]
    return len(pattern.findall(sample)) / len(sample) if sample else 1.0
