"""Where exports and audits lie while a server runs: a folder of its own, which is gone when the server is.

One that was killed can't clear up, so the next one does: a folder's lock goes with its process.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from hamdel.base.folder_lock import Alone
from hamdel.errors import AuditError

__all__ = ["Room", "sweep"]

_PREFIX = "hamdel-serve-"


class Room:
    """A folder for temporary files that nobody else may read, made when it is first asked for."""

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._lock: Alone | None = None

    @property
    def folder(self) -> Path:
        """The folder.

        Raises:
            OSError: it can't be made.
        """
        while self._folder is None:
            made = Path(tempfile.mkdtemp(prefix=_PREFIX))
            lock = Alone(made)
            with suppress(FileNotFoundError, AuditError):  # another server took it for one that was left behind
                lock.begin()
                if made.is_dir():
                    self._folder, self._lock = made, lock
        return self._folder

    def close(self) -> None:
        """Remove it and all that is in it."""
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)
        if self._lock:
            self._lock.end()
        self._folder = self._lock = None


def sweep() -> None:
    """Remove what servers of ours left behind that were killed; where folders can't be locked, nothing."""
    if sys.platform == "win32":
        return
    for path in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError, AuditError):
            if path.is_symlink() or not path.is_dir() or path.stat().st_uid != os.getuid():
                continue
            lock = Alone(path)
            lock.begin()
            shutil.rmtree(path, ignore_errors=True)
            lock.end()
