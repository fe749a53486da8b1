"""Pieces of Markdown that all pages are made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

__all__ = ["cell", "code", "table"]


def cell(text: str) -> str:
    """A text as a table's cell: on one line, without what would end it."""
    return " ".join(text.split()).replace("|", "\\|")


def code(*names: object) -> str:
    """Names as code, with commas between them."""
    return ", ".join(f"`{name}`" for name in names)


def table(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; its cells may hold Markdown."""
    lines = [heading, ["---"] * len(heading), *rows]
    return "".join(f"| {' | '.join(map(cell, line))} |\n" for line in lines)
