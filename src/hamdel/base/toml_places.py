"""Where in a TOML file a key stands. Only errors come here: tomllib keeps no line numbers."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator

__all__ = ["KeyPath", "line_of"]

#: Table names, keys and list positions from the top of the file down, such as ``("phrases", 2, "text", 0)``.
KeyPath = tuple[str | int, ...]

_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*|[\[\]{},]', re.DOTALL
)
_DEEPER = {"[": 1, "{": 1, "]": -1, "}": -1}
_PART = r"""(?:"[^"\n]*"|'[^'\n]*'|[\w-]+)"""
_DOTTED = rf"{_PART}(?:\s*\.\s*{_PART})*"
_HEADER = re.compile(rf"\s*(\[\[?)\s*({_DOTTED})\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(rf"\s*({_DOTTED})\s*=")


def line_of(source: str, path: KeyPath) -> int:
    """Return the line (from 1) of the deepest part of ``path`` that can be found in ``source``; 0 for none of it."""
    places = _places(source)
    size = next((size for size in range(len(path), 0, -1) if path[:size] in places), 0)
    if not size:
        return 0
    position = places[path[:size]]
    after = sorted(places.values())
    value = source[: next(iter(after[bisect_right(after, position) :]), len(source))]
    for step in path[size:]:
        found = _find_key(value, position, step) if isinstance(step, str) else _find_item(value, position, step)
        if found is None:
            break
        position = found
    return source.count("\n", 0, position) + 1


def _places(source: str) -> dict[KeyPath, int]:
    """Return where tables open and where the values of keys begin, those inside values aside; the first of each."""
    places: dict[KeyPath, int] = {}
    table: KeyPath = ()
    opened = Counter[KeyPath]()
    for start, line in _outer_lines(source):
        if header := _HEADER.match(line):
            table = _parts(header[2])
            _record(places, (), table, start)
            if header[1] == "[[":
                opened[table] += 1
                table = (*table, opened[table] - 1)
                places[table] = start
        elif key := _KEY.match(line):
            _record(places, table, _parts(key[1]), start + key.end())
    return places


def _record(places: dict[KeyPath, int], table: KeyPath, parts: KeyPath, place: int) -> None:
    """Note the place of a dotted key and of each table that it opens on the way; the first one wins."""
    for size in range(1, len(parts) + 1):
        places.setdefault((*table, *parts[:size]), place)


def _parts(dotted: str) -> KeyPath:
    """Split ``a."b.c".d`` at its dots."""
    return tuple(part.strip("\"'") for part in re.findall(_PART, dotted))


def _outer_lines(source: str) -> Iterator[tuple[int, str]]:
    """Yield the lines that don't begin inside a value, each with where it begins."""
    inside = list(_inside(source))
    firsts = [first for first, _ in inside]
    start = 0
    for line in source.split("\n"):
        before = bisect_left(firsts, start) - 1
        if before < 0 or inside[before][1] <= start:
            yield start, line
        start += len(line) + 1


def _inside(source: str) -> Iterator[tuple[int, int]]:
    """Yield the ranges of texts, lists and inline tables."""
    depth = first = 0
    for token in _TOKEN.finditer(source):
        step = _DEEPER.get(token[0], 0)
        if not depth and (step > 0 or token[0][0] in "\"'"):
            first = token.start()
        depth += step
        if not depth and token[0] not in ",[{" and token[0][0] != "#":
            yield first, token.end()


def _find_key(source: str, position: int, key: str) -> int | None:
    """Return where the value of ``key`` begins that first stands after ``position``."""
    found = re.compile(rf"(?<![\w-])[\"']?{re.escape(key)}[\"']?\s*=").search(source, position)
    return found.end() if found else None


def _find_item(source: str, position: int, index: int) -> int | None:
    """Return where item ``index`` of the first list after ``position`` begins."""
    depth = count = 0
    for token in _TOKEN.finditer(source, source.find("[", position)):
        depth += _DEEPER.get(token[0], 0)
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
