"""Draw the rooms of ``src/hamdel`` and which may know which, from the contract in ``pyproject.toml``.

``python -m tools.layers`` writes the picture into CONTRIBUTING.md; a test says when it isn't current.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

__all__ = ["DOCUMENT", "picture", "rows", "with_picture"]

ROOT = Path(__file__).parents[1]
DOCUMENT = ROOT / "CONTRIBUTING.md"
_CONTRACT = ROOT / "pyproject.toml"
_PLACE = re.compile(r"(<!-- rooms: written by `python -m tools\.layers` -->\n).*?(<!-- end -->)", re.DOTALL)
_WIDTH = 36  # between the outer walls; as wide as the longest row needs


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the contract.

    Attributes:
        rooms: modules and packages that stand side by side: none of them knows another.
        reason: the comment beside the row.
    """

    rooms: tuple[str, ...]
    reason: str


def rows(text: str | None = None) -> list[Row]:
    """Return the contract's rows, the top one first.

    Args:
        text: of ``pyproject.toml``; the repository's own when None.

    Raises:
        ValueError: a row has no reason beside it.
    """
    text = text if text is not None else _CONTRACT.read_text(encoding="utf-8")
    contract = tomllib.loads(text)["tool"]["importlinter"]["contracts"][0]
    found = []
    for layer in contract["layers"]:
        reason = re.search(rf'^ *"{re.escape(layer)}", *# (.+)$', text, re.MULTILINE)
        if reason is None:
            raise ValueError(f'the row "{layer}" says no reason')
        found.append(Row(tuple(layer.split(" | ")), reason[1]))
    return found


def picture(found: list[Row]) -> str:
    """Return the rows as boxes on each other, each with its reason."""
    lines = [f"┌{_wall((), found[0].rooms)}┐"]
    for row, below in zip(found, [*found[1:], None], strict=True):
        lines.append(f"│{_cells(row.rooms)}│  {row.reason}")
        lines.append(f"├{_wall(row.rooms, below.rooms)}┤" if below else f"└{_wall(row.rooms, ())}┘")
    return "\n".join(lines)


def _widths(count: int) -> list[int]:
    """Share the width among cells, the walls between them aside."""
    room = _WIDTH - (count - 1)
    return [room * (i + 1) // count - room * i // count for i in range(count)]


def _cells(rooms: tuple[str, ...]) -> str:
    return "│".join(f"{room:^{width}}" for room, width in zip(rooms, _widths(len(rooms)), strict=True))


def _wall(above: tuple[str, ...], below: tuple[str, ...]) -> str:
    """Draw the wall between two rows; an empty one is the outside."""
    up, down = _posts(above), _posts(below)
    signs = {(True, True): "┼", (True, False): "┴", (False, True): "┬", (False, False): "─"}
    return "".join(signs[at in up, at in down] for at in range(_WIDTH))


def _posts(rooms: tuple[str, ...]) -> set[int]:
    posts, at = set(), -1
    for width in _widths(len(rooms))[:-1] if rooms else ():
        at += width + 1
        posts.add(at)
    return posts


def with_picture(document: str, drawn: str) -> str:
    """Return a document with the picture in its place.

    Raises:
        ValueError: it has no such place.
    """
    if not _PLACE.search(document):
        raise ValueError("there is no place for the picture")
    return _PLACE.sub(lambda place: f"{place[1]}```text\n{drawn}\n```\n{place[2]}", document)


if __name__ == "__main__":
    written = with_picture(DOCUMENT.read_text(encoding="utf-8"), picture(rows()))
    DOCUMENT.write_text(written, encoding="utf-8", newline="\n")
