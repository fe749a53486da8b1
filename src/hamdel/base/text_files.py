"""Drafts and past replies from disk and from standard input."""

from __future__ import annotations

import codecs
import json
import os
import re
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

from hamdel.base.atomic import writing_atomically
from hamdel.base.decoding import WIDE_MARKS, decode, encoding_of
from hamdel.base.files import NotRegularError, open_regular
from hamdel.errors import InputError

__all__ = [
    "decode",
    "json_value",
    "open_errors",
    "read_lines",
    "read_past",
    "read_stdin",
    "read_text",
    "replace_text",
]

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


def replace_text(path: Path | str, text: str) -> bool:
    """Give a text file another text, in its own encoding and with its rights, in one step.

    Args:
        path: the file; where a link leads when it is one.
        text: the new text.

    Returns:
        Whether the encoding could be kept; Windows-1256 has no «ی» and no Persian digits, so UTF-8 takes its place.

    Raises:
        InputError: the file can't be read or written.
    """
    real = Path(path).resolve()
    mark, encoding = encoding_of(_read_bytes(real), str(path))
    try:
        data, kept = mark + text.encode(encoding), True
    except UnicodeEncodeError:
        data, kept = text.encode("utf-8", "surrogatepass"), encoding == "utf-8"
    try:
        mode = real.stat().st_mode
        with writing_atomically(real) as file:
            if hasattr(os, "fchmod"):  # not on Windows, where new files take their folder's rights
                os.fchmod(file.fileno(), stat.S_IMODE(mode))
            file.write(data)
    except OSError as error:
        raise InputError(f"{path}: can't be written: {error.strerror or error}; it is as it was") from error
    return kept


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


def _read_bytes(path: Path) -> bytes:
    with _opened(path) as file:
        return file.read()


@contextmanager
def open_errors(path: Path) -> Iterator[None]:
    """Say in one line why a file can't be opened or read.

    Args:
        path: the file.

    Raises:
        InputError: instead of the system's error.
    """
    try:
        yield
    except FileNotFoundError:
        raise InputError(f"{path}: no such file; check the name, or pipe the text in") from None
    except IsADirectoryError:
        raise InputError(f"{path}: is a folder; name one text file") from None
    except PermissionError:
        hint = "is a folder; name one text file" if _is_folder(path) else "permission denied; check its rights"
        raise InputError(f"{path}: {hint}") from None  # Windows denies permission for folders
    except NotRegularError as error:
        raise InputError(f"{path}: {error.strerror}, or pipe the text in") from None
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: can't be read: {getattr(error, 'strerror', None) or error}") from error


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # we may not look into the folder around it
        return False


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    """A file to read, whose errors are ours."""
    with open_errors(path), open_regular(path, given=True) as file:
        yield file


def _numbered(source: BinaryIO, name: str) -> Iterator[tuple[int, str]]:
    """Lines and their numbers; only UTF-16 and UTF-32, whose line ends aren't single bytes, are read as a whole."""
    first = source.readline()
    if first.startswith(WIDE_MARKS):
        yield from enumerate(_NEWLINES.split(decode(first + source.read(), name)), 1)
        return
    lines: Iterable[bytes] = chain([first.removeprefix(codecs.BOM_UTF8)], source)
    for number, line in enumerate(lines, 1):
        try:
            yield number, line.decode("utf-8").rstrip("\r\n")
        except UnicodeDecodeError as error:
            raise InputError(f"{name}:{number}: isn't UTF-8; save the file as UTF-8") from error


def _reply(line: str, place: str) -> str:
    """One past reply from a line of JSON."""
    value = json_value(line, place)
    if isinstance(value, dict):
        value = next((value[key] for key in _PAST_KEYS if key in value), None)
    if not isinstance(value, str):
        raise InputError(f'{place}: needs a text, or an object with a text as "reply", "text" or "draft"')
    return value
