"""Tables as CSV that spreadsheets open well and that can do no harm there."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from hamdel.base.formula_injection import safe_cell

__all__ = ["csv_bytes"]


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
