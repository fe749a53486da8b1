"""One run at a time in a folder: the system's own lock on it, which leaves no file and goes when the process does."""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hamdel.errors import AuditError

__all__ = ["Alone", "in_turn"]

_PATIENCE, _STEP = 10.0, 0.02  # seconds to wait for one's turn, and between looks
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


@contextmanager
def in_turn(path: Path) -> Iterator[None]:
    """Change a file in a folder while nobody else of us does: what is read there stays true until it is written.

    Args:
        path: of the folder, where folders can be locked: not on Windows.

    Raises:
        TimeoutError: somebody else doesn't end.
        OSError: the folder isn't there or can't be opened.
    """
    lock, end = Alone(path), time.monotonic() + _PATIENCE
    while True:
        try:
            lock.begin()
            break
        except AuditError:
            if time.monotonic() > end:
                raise TimeoutError(errno.ETIMEDOUT, "another process is at work there") from None
            time.sleep(_STEP)
    try:
        yield
    finally:
        lock.end()
