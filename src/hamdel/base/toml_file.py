"""TOML files that people write by hand, read with the place of every key: errors name file and line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hamdel.base.files import read_regular
from hamdel.base.toml_places import line_of
from hamdel.errors import ConfigError, HamdelError

__all__ = ["TomlFile", "read_toml", "read_utf8", "shown"]

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

    def place(self, *keys: str | int) -> str:
        """``path:line`` of a key, given with its tables; of the nearest table when it can't be told."""
        line = line_of(_lines(self.text), keys)
        return f"{shown(self.path)}:{line}" if line else shown(self.path)

    def place_of_text(self, value: str) -> str:
        """``path:line`` of the first quoted string with this value."""
        for number, line in enumerate(self.text.split("\n"), 1):
            if f'"{value}"' in line or f"'{value}'" in line:
                return f"{shown(self.path)}:{number}"
        return shown(self.path)


def read_toml(
    path: Path,
    error: type[HamdelError] = ConfigError,
    *,
    parse: Callable[[str], dict[str, Any]] = tomllib.loads,
    cover: Callable[[str], str] = str,
) -> TomlFile:
    """Read a TOML file.

    Args:
        path: of the file.
        error: what is raised.
        parse: turns text into values, as `tomllib.loads` does.
        cover: takes out of the text what isn't wanted, and no line.

    Raises:
        HamdelError: it can't be read, or is broken; then ``file:line:column`` is named and the line shown with a caret.
    """
    text = read_utf8(path, error)
    try:
        return TomlFile(path, text, parse(cover(_lines(text))))
    except tomllib.TOMLDecodeError as cause:
        raise error(_explain(path, _lines(text), str(cause))) from cause
    except (RecursionError, ValueError) as cause:
        raise error(f"{shown(path)}: broken TOML: {_too_much(cause)}") from cause


def read_utf8(path: Path, error: type[HamdelError] = ConfigError) -> str:
    """Return a text file's text, without the byte order mark that Windows' Notepad writes.

    Raises:
        HamdelError: it can't be read, or isn't UTF-8.
    """
    try:
        return read_regular(path).decode("utf-8-sig")
    except UnicodeDecodeError as cause:
        raise error(f"{shown(path)}: byte {cause.start} is not UTF-8; save the file as UTF-8") from cause
    except OSError as cause:
        raise error(f"{shown(path)}: {_reason(cause)}") from cause


def shown(path: Path) -> str:
    """A path as it reads best in a message: relative when it is below the working directory."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def _lines(text: str) -> str:
    """Return a text with lines that end as Unix's do."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _too_much(cause: Exception) -> str:
    """Say in a few words what tomllib takes for granted that a file hasn't."""
    return "nested too deeply" if isinstance(cause, RecursionError) else "a number of too many digits"


def _reason(cause: OSError) -> str:
    """What the system says, without its errno and path."""
    return (cause.strerror or str(cause)).lower()


def _explain(path: Path, text: str, message: str) -> str:
    """Turn tomllib's message into ``file:line:column: reason``, the line and a caret below the place."""
    lines = text.split("\n")
    found = _POSITION.search(message)
    if found and found[1]:
        line, column = int(found[1]), int(found[2])
    else:
        line, column = len(lines), len(lines[-1]) + 1
    reason = _POSITION.sub("", message)
    source = lines[line - 1] if line <= len(lines) else ""
    return f"{shown(path)}:{line}:{column}: broken TOML: {reason}\n    {source}\n    {' ' * (column - 1)}^"
