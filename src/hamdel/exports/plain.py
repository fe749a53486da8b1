"""Tables in text files: CSV and its kin, and one reply a line."""

from __future__ import annotations

import csv
import re
from abc import abstractmethod
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import partial
from itertools import chain, islice
from operator import itemgetter
from pathlib import Path
from typing import BinaryIO, TextIO

from hamdel.base.decoding import decoded_file
from hamdel.base.files import open_regular
from hamdel.base.text_files import open_errors
from hamdel.errors import InputError
from hamdel.exports.columns import Columns, choose
from hamdel.exports.recognising import by_header
from hamdel.exports.rows import Rejected, Row
from hamdel.exports.table import Table, in_order

__all__ = ["DelimitedTable", "LineTable"]

_DELIMITERS = ",;\t؛"
_QUOTED = re.compile('"[^"]*"?')
_LONGEST_LINE = 1 << 24  # characters; what goes on is read as if it were the next line
_MOST_COLUMNS = 1 << 14  # as in a spreadsheet
_LONGEST_CELL = 1 << 24  # characters; a quotation mark that nobody closes mustn't swallow the memory
_MANY_LINES = 5_000  # no reply has so many, but what follows a quotation mark that nobody closed does
_SAMPLE = 2000  # lines whose cells are looked at


class TextTable(Table):
    """A table in a text file of any encoding."""

    def __init__(self, path: Path, file: BinaryIO, size: int, wanted: Columns) -> None:
        super().__init__(path, size, wanted)
        self._bytes = file
        self._file = decoded_file(file, self._name)

    @property
    def position(self) -> int:
        """How many bytes were read so far; the file is read in pieces."""
        return self.size if self._bytes.closed else self._bytes.tell()

    def _items(self) -> Iterator[Row | Rejected]:
        """Yield the rows; see `Table.__iter__`."""
        with open_errors(self._path):
            yield from self._rows()

    @abstractmethod
    def _rows(self) -> Iterator[Row | Rejected]:
        """Yield the rows; errors of the system are left to the caller."""

    def close(self) -> None:
        """Close the file."""
        self._file.close()


class LineTable(TextTable):
    """One reply a line; empty lines are left out."""

    def _rows(self) -> Iterator[Row | Rejected]:
        for number, line in enumerate(_lines(self._file), 1):
            if not line.isspace():
                yield self._maker.row(number, (line.rstrip("\r\n"), "", "", "", ""))


class DelimitedTable(TextTable):
    """Rows of delimited cells below a header.

    Args:
        path: the file.
        file: the same, open.
        size: in bytes.
        wanted: the columns that the user named.
        delimiter: between cells; empty to tell it from the header.

    Raises:
        InputError: there is no header, or it doesn't tell which column holds replies.
    """

    def __init__(self, path: Path, file: BinaryIO, size: int, wanted: Columns, delimiter: str = "") -> None:
        super().__init__(path, file, size, wanted)
        csv.field_size_limit(_LONGEST_CELL)
        lines = _lines(self._file)
        first = _until_text(lines)
        self._delimiter = delimiter or max(_DELIMITERS, key=_QUOTED.sub("", first[-1]).count)
        self._reader = csv.reader(chain(first, lines), delimiter=self._delimiter)
        self.header = self._header = self._read_header()
        self._wanted, self.told = by_header(self._header, wanted, self._name)
        columns = choose(self._header, self._wanted, self._name, self._cells)
        times = self._cells(columns["time"]) if "time" in columns else ()
        self._wanted = in_order(self._wanted, times, self._name)
        self._use(columns)

    def _read_header(self) -> list[str]:
        """The names of the columns."""
        try:
            names = next((cells for cells in self._reader if cells), None)
        except csv.Error as error:
            raise InputError(f"{self._name}: can't split the header: {error}") from error
        if names is None:
            raise InputError(f"{self._name}: is empty; a header and rows are needed")
        if len(names) > _MOST_COLUMNS:
            raise InputError(f"{self._name}: has {len(names):,} columns; at most {_MOST_COLUMNS:,} are read")
        return [name.strip() for name in names]

    def _cells(self, column: str) -> Iterator[str]:
        """The first cells of a column, read from a file of its own, for rows are numbered as they are read."""
        place = self._header.index(column)
        with open_errors(self._path), decoded_file(open_regular(self._path), self._name) as file:
            reader = csv.reader(islice(_lines(file), _SAMPLE), delimiter=self._delimiter)
            with suppress(csv.Error):
                next((cells for cells in reader if any(cell.strip() for cell in cells)), None)  # the header
                yield from (cells[place] for cells in reader if len(cells) > place)

    def _rows(self) -> Iterator[Row | Rejected]:
        reader, make, width = self._reader, self._maker.row, len(self._header)
        missing = [""] * width
        place = dict(zip(reversed(self._header), reversed(range(width)), strict=True))  # the first of equal names
        pick = itemgetter(*(width if column is None else place[column] for column in self._sources))
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield self._maker.rejected(line, f"can't be split into cells: {error}")
                continue
            if (len(cells) > width and any(cells[width:])) or reader.line_num - line > _MANY_LINES:
                yield self._maker.rejected(line, self._misshapen(len(cells)))
            elif cells:
                if len(cells) < width:
                    cells += missing
                cells.append("")
                yield make(line, pick(cells))

    def _misshapen(self, cells: int) -> str:
        """Why the row that was just read has the wrong shape."""
        if cells > len(self._header):
            hint = f'put texts with "{self._delimiter}" in quotation marks'
            return f"has {cells} cells, the header {len(self._header)}; {hint}"
        return f"goes on to line {self._reader.line_num}; is a quotation mark left open?"


def _lines(file: TextIO) -> Iterator[str]:
    """The lines of a file, none longer than `_LONGEST_LINE`."""
    return iter(partial(file.readline, _LONGEST_LINE), "")


def _until_text(lines: Iterable[str]) -> list[str]:
    """The first lines, up to one with text; at least one, be it empty."""
    found = []
    for line in lines:
        found.append(line)
        if not line.isspace():
            break
    return found or [""]
