"""Tables as CSV that spreadsheets open well and that can do no harm there."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from hamdel.audit.spreadsheet import FORMULA_STARTS

__all__ = ["csv_bytes", "safe_cell"]


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return a table as UTF-8 with a byte order mark, by which Excel knows it.

    Args:
        header: names of the columns.
        rows: their cells; None is an empty one, and texts are made safe.
    """
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([safe_cell(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + file.getvalue().encode("utf-8", "replace")


def safe_cell(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: a quote in front, as a person would type it."""
    return "'" + text if text.startswith(FORMULA_STARTS) else text
