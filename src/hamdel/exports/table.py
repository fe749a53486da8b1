"""What all formats have in common: rows one after another, and how far they have come."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from hamdel.exports.columns import Columns, sources
from hamdel.exports.rows import Rejected, Row, RowMaker

__all__ = ["Table"]


class Table(ABC):
    """An exported table: a context that closes the file, and an iterable of its rows, once.

    Args:
        path: the file.
        size: in bytes.
        wanted: the columns that the user named, and what is asked for.

    Attributes:
        columns: the chosen column of each role that has one, to be shown to the user; empty for plain text.
        preset: the program that exported it, when it is one of `hamdel.exports.presets`.
        size: of the file, in bytes.
    """

    preset: str | None = None

    def __init__(self, path: Path, size: int, wanted: Columns) -> None:
        self.size = size
        self.columns: Mapping[str, str] = {}
        self._path = path
        self._name = str(path)
        self._wanted = wanted
        self._use({})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @property
    @abstractmethod
    def position(self) -> int:
        """How many bytes were read so far, more or less."""

    @abstractmethod
    def __iter__(self) -> Iterator[Row | Rejected]:
        """Yield the rows in the file's order; a row that can't be used doesn't end the iteration.

        Raises:
            InputError: the file can't be read on.
        """

    @abstractmethod
    def close(self) -> None:
        """Close the file."""

    def _use(self, columns: Mapping[str, str]) -> None:
        """Take rows from these columns."""
        self.columns = columns
        self._sources = sources(columns, self._wanted.outcomes)
        reply = columns.get("reply", "")
        self._maker = RowMaker(self._name, reply, self._wanted.everywhere, self._wanted.unanswered)
