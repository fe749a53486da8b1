"""A text in a tree of values: what JSON, YAML and tables of macros are made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Leaf", "picked"]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A text in a tree of values.

    Attributes:
        path: keys and indices that lead to it.
        text: as it is meant, without escapes.
        line, column, flows: as of `Text`.
    """

    path: tuple[str | int, ...]
    text: str
    line: int
    column: int | None = None
    flows: bool = False

    def is_at(self, field: str) -> bool:
        """Tell whether its keys end with a field's, lists aside."""
        keys = ".".join(key for key in self.path if isinstance(key, str))
        return keys == field or keys.endswith(f".{field}")

    def written(self) -> str:
        """The path as people write it."""
        return "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in self.path).removeprefix(".")


def picked(leaves: Iterator[Leaf], fields: tuple[str, ...]) -> Iterator[Leaf]:
    """Yield the texts that stand under one of the fields."""
    return (leaf for leaf in leaves if any(map(leaf.is_at, fields)))
