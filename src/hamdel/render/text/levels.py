"""The Unicode bidirectional algorithm (UAX 9, Unicode 15) for one line: the level of each of its places.

python-bidi turns a text but doesn't say which place went where, and colours must follow their letters: hence ours.
Embeddings and overrides aren't known, for `visible` leaves none in what is printed.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

__all__ = ["direction", "resolved"]

_ISOLATES = {"LRI", "RLI", "FSI"}
_NEUTRAL = {"B", "S", "WS", "ON", "PDI"} | _ISOLATES
_REMOVED = {"BN", "LRE", "RLE", "LRO", "RLO", "PDF"}  # rule X9
_BRACKETS = {"(": ")", "[": "]", "{": "}", "⟦": "⟧", "⟨": "⟩", "⟪": "⟫", "「": "」", "【": "】", "⁅": "⁆"}
_LONGEST_STACK = 63  # of open brackets, rule BD16
_DEEPEST = 125  # rule BD2


class _Text(NamedTuple):
    """A line while it is resolved: the class of each character, its level, and the isolates by where they begin."""

    text: str
    types: Sequence[str]
    levels: list[int]
    pairs: dict[int, int]
    base: int


def direction(types: Sequence[str], default: int = 0) -> int:
    """The level that the first strong character outside isolates asks for (rules P2 and P3)."""
    depth = 0
    for kind in types:
        if kind in _ISOLATES:
            depth += 1
        elif kind == "PDI":
            if not depth:
                break
            depth -= 1
        elif not depth and kind in ("L", "R", "AL"):
            return int(kind != "L")
    return default


def resolved(text: str, base: int) -> list[int]:
    """Return the level of each place; even ones run from left to right.

    Args:
        text: one line, in logical order.
        base: the level of the line, 0 or 1.
    """
    types = [unicodedata.bidirectional(char) or "L" for char in text]
    pairs = _isolate_pairs(types)
    levels = _explicit(types, pairs, base)
    kept = [place for place, kind in enumerate(types) if kind not in _REMOVED]
    line = _Text(text, types, levels, pairs, base)
    for sequence in list(_sequences(kept, line)):
        _resolve(sequence, line, _edges(sequence, kept, line))
    for place, kind in enumerate(types):
        if kind in _REMOVED:
            levels[place] = levels[place - 1] if place else base
    return _with_edges_reset(text, levels, base)


def _isolate_pairs(types: Sequence[str]) -> dict[int, int]:
    """The place of the end of each isolate by that of its beginning."""
    opened: list[int] = []
    pairs = {}
    for place, kind in enumerate(types):
        if kind in _ISOLATES:
            opened.append(place)
        elif kind == "PDI" and opened:
            pairs[opened.pop()] = place
    return pairs


def _explicit(types: Sequence[str], pairs: dict[int, int], base: int) -> list[int]:
    """Rules X1 to X8, for isolates alone."""
    stack, levels = [base], []
    for place, kind in enumerate(types):
        if kind == "PDI" and len(stack) > 1:
            stack.pop()
        levels.append(stack[-1])
        if kind in _ISOLATES:
            inside = types[place + 1 : pairs.get(place)]
            odd = direction(inside) if kind == "FSI" else int(kind == "RLI")
            deeper = stack[-1] + 1 + (stack[-1] % 2 == odd)
            stack.append(deeper if deeper <= _DEEPEST else stack[-1])
    return levels


def _sequences(kept: Sequence[int], line: _Text) -> Iterator[list[int]]:
    """Yield the isolating run sequences (BD13): runs of a level, joined over the isolates in between."""
    types, levels, pairs = line.types, line.levels, line.pairs
    runs: list[list[int]] = []
    for place in kept:
        if runs and levels[runs[-1][-1]] == levels[place] and types[runs[-1][-1]] not in _ISOLATES:
            runs[-1].append(place)
        else:
            runs.append([place])
    by_start = {run[0]: run for run in runs}
    ends = set(pairs.values())
    for run in runs:
        if types[run[0]] == "PDI" and run[0] in ends:
            continue
        sequence = list(run)
        while types[sequence[-1]] in _ISOLATES and sequence[-1] in pairs:
            sequence += by_start[pairs[sequence[-1]]]
        yield sequence


def _edges(sequence: Sequence[int], kept: Sequence[int], line: _Text) -> tuple[str, str]:
    """The directions before and after a sequence (rule X10)."""
    _, types, levels, pairs, base = line
    number = {place: index for index, place in enumerate(kept)}
    level = levels[sequence[0]]
    first, last = number[sequence[0]], number[sequence[-1]]
    before = levels[kept[first - 1]] if first else base
    unclosed = types[sequence[-1]] in _ISOLATES and sequence[-1] not in pairs
    after = base if unclosed or last + 1 == len(kept) else levels[kept[last + 1]]
    return _letter(max(level, before)), _letter(max(level, after))


def _letter(level: int) -> str:
    return "R" if level % 2 else "L"


def _resolve(sequence: Sequence[int], line: _Text, edges: tuple[str, str]) -> None:
    """Rules W1 to I2 for one sequence."""
    levels = line.levels
    kinds = [line.types[place] for place in sequence]
    _weak(kinds, edges[0])
    level = levels[sequence[0]]
    _paired(kinds, sequence, line, level, edges[0])
    _neutral(kinds, level, edges)
    for place, kind in zip(sequence, kinds, strict=True):
        if level % 2:
            levels[place] = level + (kind != "R")
        else:
            levels[place] = level + (1 if kind == "R" else 2 if kind in ("EN", "AN") else 0)


def _weak(kinds: list[str], before: str) -> None:
    """Rules W1 to W7."""
    for place, kind in enumerate(kinds):  # W1
        if kind == "NSM":
            last = kinds[place - 1] if place else before
            kinds[place] = "ON" if last in _ISOLATES or last == "PDI" else last
    _after_strong(kinds, before, lambda strong: "AN" if strong == "AL" else "EN")  # W2
    kinds[:] = ["R" if kind == "AL" else kind for kind in kinds]  # W3
    for place in range(1, len(kinds) - 1):  # W4
        last, kind, following = kinds[place - 1 : place + 2]
        if last == following and ((kind == "ES" and last == "EN") or (kind == "CS" and last in ("EN", "AN"))):
            kinds[place] = last
    for start, end in list(_stretches(kinds, {"ET"})):  # W5
        if (start and kinds[start - 1] == "EN") or (end < len(kinds) and kinds[end] == "EN"):
            kinds[start:end] = ["EN"] * (end - start)
    kinds[:] = ["ON" if kind in ("ES", "ET", "CS") else kind for kind in kinds]  # W6
    _after_strong(kinds, before, lambda strong: "L" if strong == "L" else "EN")  # W7


def _after_strong(kinds: list[str], before: str, become: Callable[[str], str]) -> None:
    """Change European numbers by the last strong character before them."""
    strong = before
    for place, kind in enumerate(kinds):
        if kind in ("L", "R", "AL"):
            strong = kind
        elif kind == "EN":
            kinds[place] = become(strong)


def _stretches(kinds: Sequence[str], wanted: set[str]) -> Iterator[tuple[int, int]]:
    """Yield where stretches of some kinds begin and end."""
    start = None
    for place, kind in enumerate([*kinds, ""]):
        if kind in wanted:
            start = place if start is None else start
        elif start is not None:
            yield start, place
            start = None


def _side(kind: str) -> str:
    """The direction that a number or letter has among neutral ones."""
    return "R" if kind in ("R", "EN", "AN") else kind if kind == "L" else ""


def _paired(kinds: list[str], sequence: Sequence[int], line: _Text, level: int, before: str) -> None:
    """Rule N0: both brackets of a pair have one direction."""
    own = _letter(level)
    for start, end in _bracket_pairs(kinds, sequence, line.text):
        inside = {_side(kind) for kind in kinds[start + 1 : end]} - {""}
        if not inside:
            continue
        side = own
        if own not in inside:
            last = next((found for kind in reversed(kinds[:start]) if (found := _side(kind))), before)
            side = last if last != own else own
        for place in (start, end):
            kinds[place] = side
            following = place + 1
            while following < len(kinds) and line.types[sequence[following]] == "NSM":
                kinds[following] = side
                following += 1


def _bracket_pairs(kinds: list[str], sequence: Sequence[int], text: str) -> list[tuple[int, int]]:
    """Rule BD16."""
    opened: list[tuple[str, int]] = []
    pairs, closing = [], set(_BRACKETS.values())
    for number, place in enumerate(sequence):
        char = text[place]
        if kinds[number] != "ON":
            continue
        if char in _BRACKETS:
            if len(opened) == _LONGEST_STACK:
                break
            opened.append((_BRACKETS[char], number))
        elif char in closing:
            for depth in range(len(opened) - 1, -1, -1):
                if opened[depth][0] == char:
                    pairs.append((opened[depth][1], number))
                    del opened[depth:]
                    break
    return sorted(pairs)


def _neutral(kinds: list[str], level: int, edges: tuple[str, str]) -> None:
    """Rules N1 and N2."""
    for start, end in list(_stretches(kinds, _NEUTRAL)):
        left = _side(kinds[start - 1]) if start else edges[0]
        right = _side(kinds[end]) if end < len(kinds) else edges[1]
        kinds[start:end] = [left if left == right else _letter(level)] * (end - start)


def _with_edges_reset(text: str, levels: list[int], base: int) -> list[int]:
    """Rule L1: separators, and the spaces before them and at the end, have the level of the line."""
    ending = True
    for place in range(len(text) - 1, -1, -1):
        kind = unicodedata.bidirectional(text[place])
        if kind in ("B", "S"):
            ending = True
        elif kind not in {"WS", "PDI"} | _ISOLATES | _REMOVED:
            ending = False
        if ending:
            levels[place] = base
    return levels
