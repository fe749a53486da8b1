"""Where in a TOML file a key stands. Only errors come here: tomllib keeps no line numbers."""

from __future__ import annotations

import re

__all__ = ["KeyPath", "caret", "line_of"]

#: Table names, keys and list positions from the top of the file down, such as ``("phrases", 2, "text", 0)``.
KeyPath = tuple[str | int, ...]

_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*|[\[\]{},]', re.DOTALL
)


def line_of(source: str, path: KeyPath) -> int:
    """Return the line (from 1) of the deepest part of ``path`` that can be found in ``source``."""
    position, rest = _find_table(source, path)
    for step in rest:
        found = _find_key(source, position, step) if isinstance(step, str) else _find_item(source, position, step)
        if found is None:
            break
        position = found
    return source.count("\n", 0, position) + 1


def caret(source: str, line: int, column: int) -> str:
    """Return the quoted line and, below it, a caret under ``column`` (both from 1)."""
    lines = source.splitlines() or [""]
    return f"    {lines[min(line, len(lines)) - 1]}\n    {' ' * (column - 1)}^"


def _find_table(source: str, path: KeyPath) -> tuple[int, KeyPath]:
    """Return where the table that ``path`` starts with begins, and what of the path is left."""
    if not path:
        return 0, ()
    name = re.escape(str(path[0]))
    headers = list(re.finditer(rf"^[ \t]*\[\[?\s*{name}\s*\]\]?", source, re.MULTILINE))
    if not headers:
        return 0, path
    if len(path) > 1 and isinstance(path[1], int) and path[1] < len(headers):
        return headers[path[1]].start(), path[2:]
    return headers[0].start(), path[1:]


def _find_key(source: str, position: int, key: str) -> int | None:
    """Return where ``key =`` first stands after ``position``, preferably at the start of a line."""
    quoted = rf"[\"']?{re.escape(key)}[\"']?\s*="
    found = re.compile(rf"^[ \t]*{quoted}", re.MULTILINE).search(source, position)
    found = found or re.compile(rf"(?<![\w-]){quoted}").search(source, position)
    return found.end() - 1 if found else None


def _find_item(source: str, position: int, index: int) -> int | None:
    """Return where item ``index`` of the first list after ``position`` begins."""
    depth = count = 0
    for token in _TOKEN.finditer(source, source.find("[", position)):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(token[0], 0)
        count += token[0] == "," and depth == 1
        if count == index and depth:
            return _next_item(source, token.end())
        if depth < 1:
            break
    return None


def _next_item(source: str, position: int) -> int:
    """Return where the next token begins, comments and white space passed over."""
    found = re.compile(r"(?:\s|#[^\n]*)*").match(source, position)
    return found.end() if found else position
