"""What was worked out lately, so that a process that runs for weeks needs no more memory than after its first hour."""

from __future__ import annotations

from typing import Generic, TypeVar

__all__ = ["Memory"]

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


class Memory(Generic[_Key, _Value]):
    """Values by key, in two generations: when the younger is full, the older goes, but for what was asked for since.

    So common words stay, and names and numbers that come once don't; each costs a dictionary's look-up, not the
    bookkeeping of a least-recently-used list.

    Args:
        limit: values in a generation.
    """

    __slots__ = ("_limit", "_new", "_old")

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._new: dict[_Key, _Value] = {}
        self._old: dict[_Key, _Value] = {}

    def get(self, key: _Key) -> _Value | None:
        """Return the value of a key; None when it isn't known, or not any more."""
        value = self._new.get(key)
        if value is None and (value := self._old.get(key)) is not None:
            self.put(key, value)
        return value

    def put(self, key: _Key, value: _Value) -> None:
        """Keep a value, which isn't None."""
        if len(self._new) >= self._limit:
            self._old, self._new = self._new, {}
        self._new[key] = value

    def __len__(self) -> int:
        return len(self._new) + len(self._old)
