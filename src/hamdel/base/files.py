"""Opening files that may be anything: a pipe without a writer mustn't hang us, nor ``/dev/zero`` fill the memory."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from hamdel.errors import InputError

__all__ = ["NotRegularError", "is_there", "open_regular", "read_regular", "refuse_special"]

#: A shell's ``<(…)`` and an inherited standard input: whoever names them has given us their other end.
_GIVEN = ("/dev/fd/", "/proc/self/fd/", "/dev/stdin")
# Opening a pipe waits for its writer, opening a terminal may make it ours; Windows has neither.
_AT_ONCE = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)


class NotRegularError(OSError):
    """A file that is no regular one."""

    def __init__(self, path: Path) -> None:
        super().__init__(errno.EINVAL, "is a pipe, a device or a socket; name a regular file", str(path))


def open_regular(path: Path, *, given: bool = False) -> BinaryIO:
    """Open a regular file to read.

    Args:
        path: the file.
        given: whether an open pipe that the user's shell hands over, as ``/dev/stdin``, is as good.

    Raises:
        NotRegularError: it is another kind of file.
        OSError: it can't be opened, or is a folder.
    """
    kind = path.stat().st_mode
    if given and stat.S_ISFIFO(kind) and str(path).startswith(_GIVEN):
        return path.open("rb")
    _refuse_others(path, kind)
    number = os.open(path, os.O_RDONLY | _AT_ONCE)
    try:
        _refuse_others(path, os.fstat(number).st_mode)  # it may be another one by now
        return os.fdopen(number, "rb")
    except BaseException:
        os.close(number)
        raise


def _refuse_others(path: Path, kind: int) -> None:
    if stat.S_ISDIR(kind):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(kind):
        raise NotRegularError(path)


def refuse_special(path: Path) -> None:
    """Refuse what is there and neither a regular file nor a folder.

    Raises:
        InputError: it is a pipe, a device or a socket.
    """
    with suppress(OSError):
        kind = path.stat().st_mode
        if not (stat.S_ISREG(kind) or stat.S_ISDIR(kind)):
            raise InputError(f"{path}: is a pipe, a device or a socket; name another one")


def is_there(path: Path) -> bool:
    """Return whether there is such a file or folder.

    Raises:
        InputError: that can't be seen: a folder above it is closed to us, or the name is none.
    """
    try:
        return path.exists()
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise InputError(f"{path}: can't be looked at: {reason}; check the name and its folders' rights") from error


def read_regular(path: Path) -> bytes:
    """Return what a regular file holds; see `open_regular`."""
    with open_regular(path) as file:
        return file.read()
