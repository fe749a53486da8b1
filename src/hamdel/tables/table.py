"""What all formats have in common: rows one after another, and how far they have come."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from hamdel.tables.rows import Rejected, Row, RowMaker

__all__ = ["Table"]


class Table(ABC):
    """An exported table: a context that closes the file, and an iterable of its rows, once.

    Attributes:
        columns: the chosen column of each role that has one, to be shown to the user; empty for plain text.
        size: of the file, in bytes.
    """

    def __init__(self, path: Path, size: int) -> None:
        self.size = size
        self.columns: Mapping[str, str] = {}
        self._path = path
        self._name = str(path)
        self._maker = RowMaker(self._name)

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
        self._maker = RowMaker(self._name, columns.get("reply", ""))
