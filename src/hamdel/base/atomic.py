"""Files that are there in full or not at all."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from hamdel.base.files import NotRegularError

__all__ = ["make_folder", "make_private", "write_atomically", "writing_atomically"]

_FOLDER, _FILE = 0o700, 0o600  # they hold people's texts, or what is made of them


def make_folder(path: Path) -> None:
    """Make a folder that is nobody else's; one that is there stays as it is.

    Raises:
        OSError: it can't be made.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    path.mkdir(mode=_FOLDER, exist_ok=True)


def make_private(path: Path) -> None:
    """Make a file that nobody else may read, or make one that is there so.

    Raises:
        OSError: it can't be made, or isn't ours.
    """
    path.touch(mode=_FILE)
    path.chmod(_FILE)


#: Links to what the caller's shell opened, whatever that is.
_OPENED = ("/dev/fd/", "/dev/std", "/proc/self/fd/")


def _refuse_special(path: Path) -> None:
    """Keep a device from being replaced by a file: who may write into its folder would lose it for everybody.

    Raises:
        NotRegularError: it is a device, a pipe or a socket, or a link to what is open already.
    """
    kind = 0
    with suppress(OSError):
        kind = path.stat().st_mode
    if (kind and not (stat.S_ISREG(kind) or stat.S_ISDIR(kind))) or str(path).startswith(_OPENED):
        raise NotRegularError(path)


def _opener(name: str, flags: int) -> int:
    return os.open(name, flags, _FILE)


@contextmanager
def writing_atomically(path: Path) -> Iterator[BinaryIO]:
    """Open a file that takes its place when the block ends, so that nobody ever sees half of it.

    Args:
        path: of the file; nobody else may read it, unless a file that is there already may be read by others.

    Raises:
        OSError: the directory can't be written, or the path is a pipe, a device or a socket, as ``/dev/null``.
    """
    _refuse_special(path)
    temporary = path.with_name(f".{path.name}.{os.urandom(4).hex()}")
    try:
        make_folder(path.parent)
        with open(temporary, "xb", opener=_opener) as file:
            if path.is_file():
                with suppress(OSError):
                    temporary.chmod(path.stat().st_mode & 0o777)
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file in one step; see `writing_atomically`.

    Raises:
        OSError: the directory can't be written.
    """
    with writing_atomically(path) as file:
        file.write(data)
