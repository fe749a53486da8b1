"""Findings that somebody doesn't want to see: here, or everywhere in ``hamdel.toml``."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from hamdel.base.atomic import write_atomically
from hamdel.base.toml_file import read_toml, shown
from hamdel.errors import ConfigError
from hamdel.model import Change

__all__ = ["comment_change", "turn_off"]

_COMMENT = re.compile(r"hamdel:\s*ignore\[([^\]\r\n]*)\]")
_MARKDOWN = ("markdown", "md")


def comment_change(text: str, offset: int, check: str, language: str) -> Change:
    """Return what puts ``hamdel: ignore[check]`` on the line around an offset.

    Args:
        text: the whole document.
        offset: a code point on the line.
        check: the id to ignore.
        language: the editor's name for the document's kind; Markdown hides the comment from readers.
    """
    start = max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1
    found = re.compile(r"[^\r\n]*").match(text, start)
    end = found.end() if found else len(text)
    known = _COMMENT.search(text, start, end)
    if known:
        return Change(known.end() - 1, known.end() - 1, f", {check}" if known[1].strip() else check)
    comment = f"hamdel: ignore[{check}]"
    end = start + len(text[start:end].rstrip())
    return Change(end, end, f" <!-- {comment} -->" if language.lower() in _MARKDOWN else f" {comment}")


def turn_off(path: Path, check: str) -> None:
    """Switch a check off in a settings file, with its comments and order kept; a file that isn't there is made.

    A check that has a severity there gets ``"off"``; another one goes to ``[checks] disable``.

    Args:
        path: a ``hamdel.toml``, or a ``pyproject.toml`` with our table.
        check: its id.

    Raises:
        ConfigError: the file is broken, isn't shaped as settings are, or can't be written.
    """
    import tomlkit  # here, for few use it

    text = read_toml(path).text if path.exists() else ""
    document: Any = tomlkit.parse(text)
    table = document
    try:
        for name in ("tool", "hamdel") if path.name == "pyproject.toml" else ():
            table = table[name]
        if check in table.get("severity", {}):
            table["severity"][check] = "off"
        else:
            _disable(table, check)
    except (KeyError, TypeError, AttributeError) as error:
        raise ConfigError(f"{shown(path)}: can't add {check} to [checks] disable; add it by hand") from error
    try:
        write_atomically(path, tomlkit.dumps(document).encode("utf-8"))
    except OSError as error:
        raise ConfigError(f"{shown(path)}: can't be written: {error.strerror or error}") from error


def _disable(table: Any, check: str) -> None:
    import tomlkit

    checks = table.setdefault("checks", tomlkit.table())
    disabled = checks.setdefault("disable", tomlkit.array())
    if check not in disabled:
        disabled.append(check)
