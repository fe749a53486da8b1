"""What was worked out lately, so that a process that runs for weeks needs no more memory than after its first hour."""

from __future__ import annotations

from typing import TypeVar

__all__ = ["Memory"]

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


class Memory(dict[_Key, "_Value | None"]):
    """Values by key, in two generations: when the younger is full, the older goes, but for what was asked for since.

    So common words stay, and names and numbers that come once don't. Ask with ``memory[key]``, which gives None for
    what isn't known, or not any more; what is young costs no more than any dictionary's look-up.

    Args:
        limit: values in a generation.
    """

    __slots__ = ("_limit", "_old")

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._limit = limit
        self._old: dict[_Key, _Value | None] = {}

    def __missing__(self, key: _Key) -> _Value | None:
        value = self._old.get(key)
        if value is not None:
            self[key] = value
        return value

    def __setitem__(self, key: _Key, value: _Value | None) -> None:
        """Keep a value, which isn't None."""
        if dict.__len__(self) >= self._limit:
            self._old = dict(self)
            self.clear()
        super().__setitem__(key, value)

    def __len__(self) -> int:
        return super().__len__() + len(self._old)
