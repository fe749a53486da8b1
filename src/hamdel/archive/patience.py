"""A connection to the record that waits for other processes, and says so before people wonder."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any

from hamdel.base.harmless import harmless

__all__ = ["WAIT", "PatientConnection", "is_busy", "open_patiently"]

#: Seconds for another writer to finish its transaction.
WAIT = 60.0
_SILENT = 2.0  # seconds of them without saying so


class PatientConnection(sqlite3.Connection):
    """A connection that says so when it has to wait for another process.

    Attributes:
        path: the record.
        patience: seconds to wait in all.
    """

    path: Path
    patience = WAIT

    def execute(self, *query: Any) -> sqlite3.Cursor:
        """Run a statement; see `sqlite3.Connection.execute`."""
        try:
            return super().execute(*query)
        except sqlite3.OperationalError as error:
            if self.patience <= _SILENT or not is_busy(error):
                raise
        _say_waiting(self.path)
        super().execute(f"PRAGMA busy_timeout = {int(1000 * (self.patience - _SILENT))}")
        try:
            return super().execute(*query)
        finally:
            super().execute(f"PRAGMA busy_timeout = {int(1000 * _SILENT)}")

    def __del__(self) -> None:
        """Close what nobody closed, as Python 3.12 did by itself; 3.13 warns of it, at a time that nobody chose."""
        with suppress(sqlite3.Error):
            self.close()


def is_busy(error: sqlite3.Error) -> bool:
    """Whether another process is in the way."""
    return getattr(error, "sqlite_errorname", "").startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))


def _say_waiting(path: Path) -> None:
    """Tell people at standard error, or a program's log, why nothing happens."""
    import logging  # here, for it is seldom needed

    logging.getLogger("hamdel.archive").warning(
        "hamdel: %s: another process is writing; waiting for it, a minute at most", harmless(str(path))
    )


def open_patiently(place: Path | str, path: Path, patience: float, *, uri: bool = False) -> PatientConnection:
    """Open a database.

    Args:
        place: the file, or with ``uri`` its address.
        path: the file.
        patience: seconds to wait while another process writes.
        uri: whether ``place`` is an address.

    Any thread may use it, one at a time: who shares an archive sees to that (`hamdel.doors.keeper` does).
    """
    connection = sqlite3.connect(
        place,
        timeout=min(patience, _SILENT),
        isolation_level=None,
        uri=uri,
        factory=PatientConnection,
        check_same_thread=False,
    )
    connection.path, connection.patience = path, patience
    return connection
