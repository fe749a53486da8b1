"""What a workbook would take in memory, found out before anybody takes it.

A sheet is read as a whole rectangle, from its first cell to its last: one cell at XFD1048576 is a table of 17 thousand
million cells, and a file of some kB may unpack to many GB. Either ends the process, which no handler can catch.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from hamdel.errors import InputError

__all__ = ["MOST_CELLS", "MOST_UNPACKED", "is_workbook", "require_bounded"]

#: Cells of a sheet, empty ones between others included: as many rows as a sheet can have, of 32 columns.
MOST_CELLS = 1 << 25
#: Bytes of all parts of a workbook together, unpacked.
MOST_UNPACKED = 1 << 30
_PIECE = 1 << 20
_BEFORE_XML = b"\xef\xbb\xbf \t\r\n"
_WORKBOOK = "xl/workbook.xml"
_PLACE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{0,7})(\d{0,12})["']""")  # of a cell, or of a row
_ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
# How many strings a table of them announces, for which memory is taken at once.
_STRINGS = re.compile(rb"""<(?:\w+:)?sst\s[^>]*?\buniqueCount\s*=\s*["'](\d{1,20})["']""")
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_BASE = 26


def require_bounded(path: Path) -> None:
    """See that a workbook can be read in a reasonable amount of memory.

    Args:
        path: the file, in XLSX (ECMA-376).

    Raises:
        InputError: it unpacks to too much, a sheet is too wide and too long, or it is no workbook of that kind.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            _require(path, archive)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise InputError(f"{path}: can't be read: {error}; export it again, or as CSV") from None
    except OSError as error:
        raise InputError(f"{path}: can't be read: {error.strerror or error}") from None


def is_workbook(file: BinaryIO) -> bool:
    """Return whether an open zip archive is a workbook; broken ones aren't. The file is at its beginning afterwards."""
    try:
        with zipfile.ZipFile(file) as archive:
            return _WORKBOOK in archive.namelist()
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, NotImplementedError, RuntimeError, ValueError, OSError):
        return False
    finally:
        file.seek(0)


def _require(path: Path, archive: zipfile.ZipFile) -> None:
    if _WORKBOOK not in archive.namelist():
        raise InputError(f"{path}: isn't an XLSX workbook; save it as one, or as CSV")
    left = MOST_UNPACKED
    for part in archive.infolist():
        sheet: _Sheet | None = _Sheet()
        size = announced = 0
        for piece in _pieces(archive, part):
            size += len(piece)
            if size > left:
                raise InputError(f"{path}: unpacks to more than {MOST_UNPACKED:,} bytes; export it as CSV")
            if size == len(piece) and not piece.lstrip(_BEFORE_XML).startswith(b"<"):
                sheet = None  # a picture
            if sheet:  # of any name: what a sheet's is, another part says
                sheet.take(piece)
                announced = max(announced, *map(int, _STRINGS.findall(piece)), 0)
        left -= size
        if announced > size:
            raise InputError(f"{path}: {part.filename} announces {announced:,} texts and hasn't them; save it again")
        if sheet and sheet.cells > MOST_CELLS:
            raise InputError(
                f"{path}: {part.filename} has a cell in row {sheet.rows:,}, column {sheet.columns:,}; at most "
                f"{MOST_CELLS:,} cells are read: delete what lies far off the table, or export it as CSV"
            )


def _pieces(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield what a part unpacks to, whatever size the archive says that it has."""
    part.file_size = MOST_UNPACKED + _PIECE
    with archive.open(part) as file:
        while piece := file.read(_PIECE):
            yield piece


class _Sheet:
    """The extent of a sheet, from its XML piece by piece.

    Attributes:
        rows, columns: of its last cells.
    """

    def __init__(self) -> None:
        self.rows = self.columns = 0
        self._rest = b""  # a tag that the last piece broke off in
        self._here = 0  # cells so far of the row that the last piece broke off in
        self._seen = 0  # rows so far

    @property
    def cells(self) -> int:
        """How many cells the rectangle has from the first place of the sheet to the last cell."""
        return self.rows * self.columns

    def take(self, piece: bytes) -> None:
        """Take in the next piece.

        Raises:
            ValueError: a tag is longer than any that a program writes.
        """
        data = self._rest + piece
        cut = data.rfind(b"<")
        cut = len(data) if cut < 0 or data.find(b">", cut) >= 0 else cut
        data, self._rest = data[:cut], data[cut:]
        if len(self._rest) > _PIECE:
            raise ValueError("a tag without an end")
        for letters, number in set(_PLACE.findall(data)):
            self.rows, self.columns = max(self.rows, int(number or 0)), max(self.columns, _column(letters))
        self._count(data)

    def _count(self, data: bytes) -> None:
        """Count the cells of each row: one that doesn't say where it is comes after the one before."""
        first, *rows = (len(_CELL.findall(row)) for row in _ROW.split(data))
        self._here += first
        self.columns = max(self.columns, self._here, *rows)
        self._here = rows[-1] if rows else self._here
        self._seen += len(rows)
        self.rows = max(self.rows, self._seen)


def _column(letters: bytes) -> int:
    """A column's number, from 1."""
    number = 0
    for letter in letters.upper():
        number = number * _BASE + letter - ord("A") + 1
    return number
