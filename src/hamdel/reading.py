"""Drafts and past replies from disk, in whatever encoding a Windows desk left them."""

from __future__ import annotations

import codecs
import json
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

from hamdel.errors import InputError

__all__ = ["decode", "json_value", "read_lines", "read_past", "read_stdin", "read_text"]

_SAMPLE = 1 << 16  # bytes or characters that a guess looks at
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with that of UTF-16 LE
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE = tuple(mark for mark, encoding in _BOMS if encoding != "utf-8")
_BINARY = {
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"PK\x03\x04": "a zip archive or an Office document",
    b"\xd0\xcf\x11\xe0": "an old Office document",
    b"%PDF": "a PDF file",
    b"\x1f\x8b": "a gzip archive",
    b"\x7fELF": "a program",
}
# What a support desk types: Latin, Arabic script, punctuation, arrows, symbols and emoji.
_TYPED = re.compile(
    "[\t\n\r -~\u00a0-\u024f\u0600-\u06ff\u0750-\u077f\u2000-\u206f\u20a0-\u20bf\u2100-\u2bff"
    "\u3000-\u303f\ufb50-\ufdff\ufe00-\ufe0f\ufe70-\ufeff\U0001f000-\U0001faff]"
)
_LETTERS = re.compile(r"[^\W\d_a-zA-Z]")
_PERSIAN = re.compile("[\u0621-\u064a\u066e-\u06d3]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_NEWLINES = re.compile("\r\n|\r|\n")  # str.splitlines would also cut at U+2028 and form feeds
_CLOSED = "standard input is closed; name a file instead"
_PAST_KEYS = ("reply", "text", "draft")


def read_text(path: Path | str) -> str:
    """Read a text file: UTF-8, UTF-16 or Windows-1256 ("ANSI" on a Persian Windows).

    Args:
        path: the file.

    Returns:
        The text without its byte order mark, otherwise unchanged (line ends and NULs included).

    Raises:
        InputError: there is no such file, it can't be read, or it isn't text.
    """
    return decode(_read_bytes(Path(path)), str(path))


def read_stdin() -> str:
    """Read standard input as bytes and decode them as `read_text` does.

    Raises:
        InputError: it is closed, or it isn't text.
    """
    if sys.stdin is None:
        raise InputError(_CLOSED)
    return decode(sys.stdin.buffer.read(), "standard input")


def read_past(path: Path | str) -> tuple[str, ...]:
    """Read past replies: one a line, or JSON Lines when the name ends in ``.jsonl``.

    Args:
        path: the file. A JSON line is a string, or an object with "reply", "text" or "draft".

    Raises:
        InputError: as for `read_text`; a JSON line that can't be used is named as ``file:line``.
    """
    lines = _NEWLINES.split(read_text(path))
    if Path(path).suffix.lower() != ".jsonl":
        return tuple(line for line in lines if line.strip())
    return tuple(_reply(line, f"{path}:{number}") for number, line in enumerate(lines, 1) if line.strip())


def read_lines(name: str) -> Iterator[tuple[int, str]]:
    """Read a text file line by line, without holding more than a line of it.

    Args:
        name: the file; ``-`` for standard input.

    Yields:
        The line's number, from 1, and the line without its end.

    Raises:
        InputError: as for `read_text`, except that without a mark only UTF-8 is taken; ``file:line`` is named.
    """
    if name == "-":
        if sys.stdin is None:
            raise InputError(_CLOSED)
        yield from _numbered(sys.stdin.buffer, "standard input")
        return
    with _opened(Path(name)) as file:
        yield from _numbered(file, name)


def json_value(line: str, place: str) -> Any:
    """Parse one line of JSON Lines.

    Raises:
        InputError: it isn't JSON; ``place`` begins the message.
    """
    try:
        return json.loads(line)
    except (ValueError, RecursionError) as error:
        reason = getattr(error, "msg", None) or str(error)
        raise InputError(f"{place}: broken JSON: {reason}; one value a line is needed") from error


def decode(data: bytes, name: str) -> str:
    """Turn bytes into text, guessing the encoding only where nothing states it.

    Args:
        data: the bytes.
        name: what to call them in an error.

    Raises:
        InputError: they aren't text, or in an encoding that can't be told.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _decode_declared(data[len(mark) :], encoding, name)
    for magic, kind in _BINARY.items():
        if data.startswith(magic):
            raise InputError(f"{name}: is {kind}; save the reply as a text file")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _utf16(data) or _windows_1256(data, name, error)
    # Text of ASCII and Persian letters in UTF-16 is valid UTF-8, full of NULs and U+0006.
    return (_CONTROLS.search(text, 0, _SAMPLE) and _utf16(data, _share(_TYPED, text))) or text


def _read_bytes(path: Path) -> bytes:
    with _opened(path) as file:
        return file.read()


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    """A file to read, whose errors are ours."""
    try:
        with path.open("rb") as file:
            yield file
    except FileNotFoundError:
        raise InputError(f"{path}: no such file; check the name, or pipe the text in") from None
    except IsADirectoryError:
        raise InputError(f"{path}: is a folder; name one text file") from None
    except PermissionError:
        hint = "is a folder; name one text file" if path.is_dir() else "permission denied; check its rights"
        raise InputError(f"{path}: {hint}") from None  # Windows denies permission for folders
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: can't be read: {getattr(error, 'strerror', None) or error}") from error


def _numbered(source: BinaryIO, name: str) -> Iterator[tuple[int, str]]:
    """Lines and their numbers; only UTF-16 and UTF-32, whose line ends aren't single bytes, are read as a whole."""
    first = source.readline()
    if first.startswith(_WIDE):
        yield from enumerate(_NEWLINES.split(decode(first + source.read(), name)), 1)
        return
    lines: Iterable[bytes] = chain([first.removeprefix(codecs.BOM_UTF8)], source)
    for number, line in enumerate(lines, 1):
        try:
            yield number, line.decode("utf-8").rstrip("\r\n")
        except UnicodeDecodeError as error:
            raise InputError(f"{name}:{number}: isn't UTF-8; save the file as UTF-8") from error


def _decode_declared(data: bytes, encoding: str, name: str) -> str:
    """Decode what a byte order mark has announced."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(f"{name}: broken {encoding.upper()} at byte {error.start}; save it again") from error


def _utf16(data: bytes, rival: float = 0.0) -> str:
    """The text, if this is UTF-16 without a mark and more plausible than ``rival``; else an empty text."""
    sample = data[: _SAMPLE - _SAMPLE % 2]
    encoding, share = max(
        ((name, _share(_TYPED, sample.decode(name, "replace"))) for name in ("utf-16-le", "utf-16-be")),
        key=lambda guess: guess[1],
    )
    if len(data) % 2 or share <= max(rival, 0.9):
        return ""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return ""


def _windows_1256(data: bytes, name: str, error: UnicodeDecodeError) -> str:
    """The text, if it reads as Persian in Windows-1256, which gives a meaning to every byte."""
    if _mostly_utf8(data):
        raise InputError(f"{name}: broken UTF-8 at byte {error.start}; save it again as UTF-8") from error
    sample = data[:_SAMPLE].decode("cp1256")
    letters = _LETTERS.findall(sample)
    if _CONTROLS.search(sample) or _share(_PERSIAN, "".join(letters)) < 0.8:
        raise InputError(f"{name}: not text, or in an unknown encoding; save it as UTF-8") from error
    return data.decode("cp1256")


def _mostly_utf8(data: bytes) -> bool:
    """Whether more of the non-ASCII text is sound UTF-8 than isn't: damaged, not another encoding."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return len(text) - len(text.encode("ascii", "ignore")) > 2 * broken


def _share(pattern: re.Pattern[str], text: str) -> float:
    """Which part of a text's beginning matches, character by character; 1 for an empty text."""
    sample = text[:_SAMPLE]
    return len(pattern.findall(sample)) / len(sample) if sample else 1.0


def _reply(line: str, place: str) -> str:
    """One past reply from a line of JSON."""
    value = json_value(line, place)
    if isinstance(value, dict):
        value = next((value[key] for key in _PAST_KEYS if key in value), None)
    if not isinstance(value, str):
        raise InputError(f'{place}: needs a text, or an object with a text as "reply", "text" or "draft"')
    return value
