"""Tables of values: JSON documents and lines, and whatever a preset makes rows of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any

from hamdel.base.text_files import open_errors
from hamdel.errors import InputError
from hamdel.exports.columns import Columns, choose, guess
from hamdel.exports.conversation import Left
from hamdel.exports.objects import Values
from hamdel.exports.recognising import Told
from hamdel.exports.rows import Rejected, Row
from hamdel.exports.table import Table, in_order

__all__ = ["Stream", "ValueTable"]

_SAMPLE = 1000  # objects in which all keys are expected to occur


@dataclass(frozen=True, slots=True)
class Stream:
    """Where values come from.

    Attributes:
        values: each a text, an object, why it is no reply (`Left`) or why it can't be read (`InputError`).
        position: returns how many bytes were read so far.
        close: closes what is open.
    """

    values: Values
    position: Callable[[], int]
    close: Callable[[], None]


class ValueTable(Table):
    """Objects or texts, one after another; the objects may have different keys.

    Args:
        path: the file.
        size: in bytes.
        wanted: the keys that the user named.
        stream: the values.
        told: which program exported them.

    Raises:
        InputError: the keys don't tell which one holds replies, or dates can be read in two ways.
    """

    def __init__(self, path: Path, size: int, wanted: Columns, stream: Stream, told: Told) -> None:
        super().__init__(path, size, wanted)
        self.told = told
        self._stream = stream
        self._keys: dict[str, None] = {}
        sample = list(islice(stream.values, _SAMPLE))
        self._objects = [value for _, value in sample if isinstance(value, dict)]
        self._learn(key for value in self._objects for key in value)
        self._wanted = in_order(wanted, self._times(), self._name)
        self._objects = []
        self._use(self.columns)
        self._values = chain(sample, stream.values)

    @property
    def position(self) -> int:
        """How many bytes were read so far."""
        return self._stream.position()

    def _items(self) -> Iterator[Row | Rejected]:
        """Yield the rows; see `Table.__iter__`."""
        with open_errors(self._path):
            for number, value in self._values:
                if isinstance(value, Left):
                    self.left_out[value] += 1
                elif isinstance(value, InputError):
                    yield self._maker.rejected(number, str(value))
                else:
                    yield self._row(number, value)

    def close(self) -> None:
        """Close the file."""
        self._stream.close()

    def _cells(self, column: str) -> Iterator[Any]:
        return (value.get(column) for value in self._objects)

    def _times(self) -> Iterator[str]:
        if "time" in self.columns:
            yield from (time for time in self._cells(self.columns["time"]) if isinstance(time, str))

    def _learn(self, keys: Iterable[str]) -> None:
        """Choose from all the keys that were seen so far; what was chosen stays."""
        self._keys.update(dict.fromkeys(keys))
        if self._keys:
            self.header = names = list(self._keys)
            roles = self._wanted.roles
            known = bool(self.columns)
            cells = None if self.told.preset else self._cells  # a preset has given its cells names of their own
            self._use(guess(names, self.columns, roles) if known else choose(names, self._wanted, self._name, cells))

    def _row(self, number: int, value: Any) -> Row | Rejected:
        """The row that a value stands for."""
        if isinstance(value, str):
            return self._maker.row(number, (value, *[""] * (len(self._sources) - 1)))
        if not isinstance(value, dict):
            return self._maker.rejected(number, "needs a text or an object")
        if not value.keys() <= self._keys.keys():
            self._learn(value)
        return self._maker.row(number, list(map(value.get, self._sources)))
