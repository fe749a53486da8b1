"""One run at a time in a folder: the system's own lock on it, which leaves no file and goes when the process does."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

from hamdel.errors import AuditError

__all__ = ["Alone"]

_TAKEN = (errno.EWOULDBLOCK, errno.EACCES)


class Alone:
    """A folder that nobody else may write an audit to meanwhile, where folders can be locked: not on Windows.

    Args:
        path: of the folder.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._folder: int | None = None

    def begin(self) -> None:
        """Take the lock; on a drive that knows none, go on without.

        Raises:
            AuditError: somebody else has it.
            OSError: the folder isn't there or can't be opened.
        """
        if sys.platform == "win32" or self._folder is not None:
            return
        import fcntl

        self._folder = os.open(self._path, os.O_RDONLY)
        try:
            fcntl.flock(self._folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in _TAKEN:
                self.end()
                hint = "wait for it, or name another folder"
                raise AuditError(f"{self._path}: another audit is at work there; {hint}") from None

    def end(self) -> None:
        """Give the lock back, if it was taken."""
        if self._folder is not None:
            os.close(self._folder)
            self._folder = None

    __del__ = end
