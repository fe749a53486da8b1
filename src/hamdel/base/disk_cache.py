"""A small JSON cache on disk: what is slow to make and quick to read.

A cache never matters to a result: a missing, damaged or unwritable file only costs time.
"""

from __future__ import annotations

import json
from contextlib import suppress
from functools import cached_property
from typing import Any

from hamdel.base.atomic import write_atomically
from hamdel.base.resources import cache_dir

__all__ = ["DiskCache"]

_VERSION = "1"
_SLACK = 3


class DiskCache:
    """JSON values by text key, in one file.

    Args:
        name: of the file, without its ending; what the values depend on belongs into it.

    What no run asks for any more goes when the file is written anew and has grown to several times what is asked for.
    """

    def __init__(self, name: str) -> None:
        self._path = cache_dir() / f"{name}-{_VERSION}.json"
        self._used: set[str] = set()
        self._changed = False

    @cached_property
    def _values(self) -> dict[str, Any]:
        try:
            values = json.loads(self._path.read_bytes())
        except (OSError, ValueError):
            return {}
        return values if isinstance(values, dict) else {}

    def get(self, key: str) -> Any:
        """Return the value of ``key``; None when there is none."""
        self._used.add(key)
        return self._values.get(key)

    def put(self, key: str, value: Any) -> None:
        """Keep a value; `save` writes it."""
        self._used.add(key)
        self._values[key] = value
        self._changed = True

    def save(self) -> None:
        """Write the file when something is new; a directory that can't be written is no error."""
        if self._changed:
            self._changed = False
            if len(self._values) > _SLACK * len(self._used):
                for key in self._values.keys() - self._used:
                    del self._values[key]
            with suppress(OSError, ValueError, TypeError):
                write_atomically(self._path, json.dumps(self._values, ensure_ascii=False).encode())
