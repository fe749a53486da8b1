"""A TOML table that is being read: typed getters, and complaints that name the key."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from hamdel.base.nearest import nearest
from hamdel.base.toml_places import KeyPath

__all__ = ["Bad", "Table", "advice"]


class Bad(Exception):  # noqa: N818 - never leaves the package: it becomes a PhrasebankError with a line
    """Something is wrong with the value at ``path``."""

    def __init__(self, path: KeyPath, what: str) -> None:
        super().__init__(what)
        self.path = path


def advice(word: str, known: Collection[str]) -> str:
    """Return how to end a complaint: with the known name that looks most like ``word``, else with all known names."""
    return nearest(word, known) or f"; known: {', '.join(sorted(known))}"


class Table:
    """One table, its place in the file, and the keys that it may have.

    Args:
        data: what tomllib read.
        path: where the table stands.
        known: the keys it may have; None allows any.

    Raises:
        Bad: it isn't a table, or has a key that isn't known.
    """

    def __init__(self, data: Any, path: KeyPath = (), known: Collection[str] | None = None) -> None:
        if not isinstance(data, Mapping):
            raise Bad(path, f"{_name(path)} must be a table, not {_kind(data)}")
        self.data, self.path = data, path
        for key in data:
            if known is not None and key not in known:
                raise Bad((*path, key), f"unknown key {key!r}{advice(key, known)}")

    def __contains__(self, key: str) -> bool:
        return key in self.data

    def bad(self, key: str, what: str) -> Bad:
        """Return a complaint about the value of ``key``."""
        return Bad((*self.path, key), f"{key}: {what}")

    def get(self, key: str, kind: type, default: Any = None) -> Any:
        """Return the value of ``key`` if it is of type ``kind``; required when there is no default."""
        if key not in self.data and default is not None:
            return default
        if key not in self.data:
            raise Bad(self.path, f"key {key!r} is missing in {_name(self.path)}; add it")
        value = self.data[key]
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is int):
            raise self.bad(key, f"must be {_KINDS[kind]}, not {_kind(value)}")
        return value

    def text(self, key: str, default: str | None = None) -> str:
        """Return a string; an empty one is refused."""
        value: str = self.get(key, str, default)
        if not value.strip() and default is None:
            raise self.bad(key, "is empty; write a text")
        return value

    def choice(self, key: str, options: Collection[str], default: str | None = None) -> str:
        """Return a string that is one of ``options``."""
        value = self.text(key, default)
        if key in self.data and value not in options:
            raise self.bad(key, f"{value!r} isn't allowed{advice(value, options)}")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of strings; empty when the key is missing."""
        items: Sequence[Any] = self.get(key, list, [])
        for number, item in enumerate(items):
            if not isinstance(item, str) or not item.strip():
                raise Bad((*self.path, key, number), f"{key}: item {number + 1} must be a text, not {_kind(item)}")
        return tuple(items)

    def choices(self, key: str, options: Collection[str]) -> tuple[str, ...]:
        """Return a list of strings that are each one of ``options``; empty when the key is missing."""
        values = self.texts(key)
        for number, value in enumerate(values):
            if value not in options:
                raise Bad((*self.path, key, number), f"{key}: {value!r} isn't allowed{advice(value, options)}")
        return values

    def table(self, key: str, known: Collection[str] | None) -> Table:
        """Return a table inside this one; empty when the key is missing."""
        return Table(self.data.get(key, {}), (*self.path, key), known)

    def tables(self, key: str, known: Collection[str]) -> Iterator[Table]:
        """Yield the tables of a list."""
        for number, item in enumerate(self.get(key, list, [])):
            yield Table(item, (*self.path, key, number), known)


_KINDS = {str: "a text", list: "a list", int: "a whole number", bool: "true or false", dict: "a table"}


def _kind(value: object) -> str:
    return "an empty text" if value == "" else _KINDS.get(type(value), type(value).__name__)


def _name(path: KeyPath) -> str:
    """Return a table's name as a file shows it: ``[phrases]``, or the file for the top."""
    names = [str(step) for step in path if isinstance(step, str)]
    return f"[{'.'.join(names)}]" if names else "the file"
