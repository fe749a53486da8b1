"""Parquet files and spreadsheets, read by polars, which is an optional dependency and imported only here."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from hamdel.errors import InputError
from hamdel.exports.columns import ALL_ROLES, Columns, choose
from hamdel.exports.recognising import by_header
from hamdel.exports.rows import Rejected, Row
from hamdel.exports.table import Table, in_order
from hamdel.exports.workbook_bounds import require_bounded

if TYPE_CHECKING:
    import polars

__all__ = ["FrameTable", "read_parquet", "read_workbook"]

_BATCH = 50_000
_SAMPLE = 2000  # rows whose cells are looked at
_TIME = str(ALL_ROLES.index("time"))  # the column of times in a frame of cells
_NUMBER = "number of the row (hamdel)"  # no export has such a column


class FrameTable(Table):
    """A table that polars reads, a batch of rows at a time.

    Args:
        path: the file.
        size: in bytes.
        frame: its columns, and the rows' numbers as `_NUMBER`.
        wanted: the columns that the user named.

    Raises:
        InputError: the header doesn't tell which column holds replies, or the file is broken.
    """

    def __init__(self, path: Path, size: int, frame: polars.LazyFrame, wanted: Columns) -> None:
        import polars

        super().__init__(path, size, wanted)
        with _clear_errors(path):
            header = [name for name in frame.collect_schema().names() if name != _NUMBER]
            self._length = frame.select(polars.len()).collect().item()
        if not header:
            raise InputError(f"{path}: is empty; a header and rows are needed")
        self.header = header
        self._wanted, self.told = by_header(header, wanted, self._name)
        self._use(choose(header, self._wanted, self._name, lambda column: _first(path, frame, column)))
        cells = [polars.lit(None) if name is None else polars.col(name) for name in self._sources]
        self._frame = frame.select(polars.col(_NUMBER), *(cell.alias(f"{n}") for n, cell in enumerate(cells)))
        self._done = 0
        with _clear_errors(path):
            times = self._frame.select(_TIME).head(_SAMPLE).collect().to_series().to_list()
        self._wanted = in_order(self._wanted, (time for time in times if isinstance(time, str)), self._name)
        self._use(self.columns)

    @property
    def position(self) -> int:
        """The share of the rows read so far, in bytes."""
        return self.size * self._done // self._length if self._length else self.size

    def _items(self) -> Iterator[Row | Rejected]:
        """Yield the rows; see `Table.__iter__`."""
        for start in range(0, self._length, _BATCH):
            with _clear_errors(self._path):
                batch = self._frame.slice(start, _BATCH).collect()
            for number, *cells in batch.iter_rows():
                self._done += 1
                yield self._maker.row(number, cells)

    def close(self) -> None:
        """Nothing is open between two batches."""


def read_parquet(path: Path, size: int, wanted: Columns) -> FrameTable:
    """Open a Parquet file; its rows are numbered from 1.

    Args:
        path: the file.
        size: in bytes.
        wanted: the columns that the user named.

    Raises:
        InputError: it is broken, polars is missing, or the columns don't tell which one holds replies.
    """
    _require(path, "polars")
    import polars

    with _clear_errors(path):
        frame = polars.scan_parquet(
            path, glob=False, hive_partitioning=False, row_index_name=_NUMBER, row_index_offset=1
        )
    return FrameTable(path, size, frame, wanted)


def read_workbook(path: Path, size: int, wanted: Columns) -> FrameTable:
    """Read the first sheet of an XLSX workbook; its rows have the spreadsheet's numbers, and empty ones are left out.

    Args:
        path: the file.
        size: in bytes.
        wanted: the columns that the user named.

    Raises:
        InputError: it is broken, polars or fastexcel is missing, or the header doesn't tell which column holds replies.
    """
    _require(path, "polars", "fastexcel")
    require_bounded(path)
    import fastexcel
    import polars

    logging.getLogger("fastexcel").setLevel(logging.ERROR)  # it warns of empty columns
    with _clear_errors(path):
        # Not polars.read_excel, which needs pyarrow for some versions of fastexcel. All rows tell a column's type: one
        # guessed from the first rows would drop other cells further down.
        sheet = polars.DataFrame(fastexcel.read_excel(path).load_sheet(0, schema_sample_rows=None))
        filled = ~polars.all_horizontal(polars.all().exclude(_NUMBER).is_null())
        frame = sheet.lazy().with_row_index(_NUMBER, offset=2).filter(filled)
    return FrameTable(path, size, frame, wanted)


def _first(path: Path, frame: polars.LazyFrame, column: str) -> list[object]:
    """The first cells of a column."""
    with _clear_errors(path):
        return frame.select(column).head(_SAMPLE).collect().to_series().to_list()


def _require(path: Path, *packages: str) -> None:
    """See that the packages for a format are installed."""
    missing = [name for name in packages if find_spec(name) is None]
    if missing:
        raise InputError(f"{path}: needs {' and '.join(missing)}; pip install 'hamdel[audit]'")


@contextmanager
def _clear_errors(path: Path) -> Iterator[None]:
    """Say in one line what polars or fastexcel can't read."""
    try:
        yield
    except Exception as error:  # polars, fastexcel, archives and calendars have no error in common
        reason = str(error).strip().partition("\n")[0]
        raise InputError(f"{path}: can't be read: {reason}; export it again, or as CSV") from error
