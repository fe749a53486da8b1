"""TOML files that people write by hand, read with the place of every key: errors can name the line."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hamdel.base.files import read_regular
from hamdel.errors import ConfigError

__all__ = ["TomlFile", "nearest", "read_toml", "shown", "too_much"]

_HEADER = re.compile(r"\s*\[\[?\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
_PART = r"""(?:"[^"\n]*"|'[^'\n]*'|[\w-]+)"""
_KEY = re.compile(rf"\s*({_PART}(?:\s*\.\s*{_PART})*)\s*=")
_POSITION = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


@dataclass(frozen=True, slots=True)
class TomlFile:
    """A parsed TOML file that still knows its text.

    Attributes:
        path: where it came from.
        text: the text as read, without a byte order mark.
        data: the parsed value.
    """

    path: Path
    text: str
    data: dict[str, Any]

    def place(self, *keys: str) -> str:
        """``path:line`` of a key, given with its tables; of the nearest table when it can't be told."""
        lines = _key_lines(self.text)
        for size in range(len(keys), 0, -1):
            if line := lines.get(keys[:size]):
                return f"{shown(self.path)}:{line}"
        return shown(self.path)

    def place_of_text(self, value: str) -> str:
        """``path:line`` of the first quoted string with this value."""
        for number, line in enumerate(self.text.split("\n"), 1):
            if f'"{value}"' in line or f"'{value}'" in line:
                return f"{shown(self.path)}:{number}"
        return shown(self.path)


def read_toml(path: Path) -> TomlFile:
    """Read a TOML file.

    Raises:
        ConfigError: it can't be read, or is broken; then ``file:line:column`` is named and the line shown with a caret.
    """
    try:
        text = read_regular(path).decode("utf-8-sig")  # Windows' Notepad writes a byte order mark
    except UnicodeDecodeError as cause:
        raise ConfigError(f"{shown(path)}: byte {cause.start} is not UTF-8; save the file as UTF-8") from cause
    except OSError as cause:
        raise ConfigError(f"{shown(path)}: {_reason(cause)}") from cause
    try:
        return TomlFile(path, text, tomllib.loads(text))
    except tomllib.TOMLDecodeError as cause:
        raise ConfigError(_explain(path, text, str(cause))) from cause
    except (RecursionError, ValueError) as cause:
        raise ConfigError(f"{shown(path)}: broken TOML: {too_much(cause)}") from cause


def too_much(cause: Exception) -> str:
    """Say in a few words what tomllib takes for granted that a file hasn't."""
    return "nested too deeply" if isinstance(cause, RecursionError) else "a number of too many digits"


def shown(path: Path) -> str:
    """A path as it reads best in a message: relative when it is below the working directory."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def nearest(name: str, known: list[str]) -> str:
    """``; did you mean "x"?`` for the known name that is closest, else an empty text."""
    from difflib import get_close_matches  # here, for only errors need it

    close = get_close_matches(name, known, n=1, cutoff=0.5)
    return f'; did you mean "{close[0]}"?' if close else ""


def _reason(cause: OSError) -> str:
    """What the system says, without its errno and path."""
    return (cause.strerror or str(cause)).lower()


def _explain(path: Path, text: str, message: str) -> str:
    """Turn tomllib's message into ``file:line:column: reason``, the line and a caret below the place."""
    lines = text.replace("\r\n", "\n").split("\n")
    found = _POSITION.search(message)
    if found and found[1]:
        line, column = int(found[1]), int(found[2])
    else:
        line, column = len(lines), len(lines[-1]) + 1
    reason = _POSITION.sub("", message)
    source = lines[line - 1] if line <= len(lines) else ""
    return f"{shown(path)}:{line}:{column}: broken TOML: {reason}\n    {source}\n    {' ' * (column - 1)}^"


def _key_lines(text: str) -> dict[tuple[str, ...], int]:
    """Line numbers (from 1) by dotted key; tomllib keeps none. Keys inside inline tables aren't listed."""
    lines: dict[tuple[str, ...], int] = {}
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.split("\n"), 1):
        if header := _HEADER.match(line):
            table = _parts(header[1])
            _record(lines, (), table, number)
        elif key := _KEY.match(line):
            _record(lines, table, _parts(key[1]), number)
    return lines


def _record(lines: dict[tuple[str, ...], int], table: tuple[str, ...], parts: tuple[str, ...], number: int) -> None:
    """Note the line of a dotted key and of each table that it opens on the way; the first line wins."""
    for size in range(1, len(parts) + 1):
        lines.setdefault((*table, *parts[:size]), number)


def _parts(dotted: str) -> tuple[str, ...]:
    """Split ``a."b.c".d`` at its dots."""
    return tuple(part.strip("\"'") for part in re.findall(_PART, dotted))
