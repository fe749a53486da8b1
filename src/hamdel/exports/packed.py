"""Zip archives: their members are read where they lie, and nothing is ever written to disk.

Names of members are only compared, so none can lead anywhere. What a member unpacks to is counted while it is read, for
an archive can claim any size.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, BinaryIO, cast

from hamdel.errors import InputError
from hamdel.exports.workbook_bounds import MOST_UNPACKED

__all__ = ["Packed", "TooMuchError", "unpack_errors"]

_MOST_MEMBERS = 200_000
_RATIO = 200  # chats and JSON shrink to a tenth; what shrinks to a two-hundredth was made to
_SMALL = 1 << 22  # bytes that may come of anything
_ENCRYPTED = 0x1


class TooMuchError(InputError):
    """An archive was made to fill the memory; nothing of it is read."""


class Packed:
    """A zip archive that is open.

    Args:
        file: the archive; closed with it.
        name: as errors show it.

    Attributes:
        name: as errors show it.

    Raises:
        InputError: it is no sound archive, or has too many members.
    """

    def __init__(self, file: BinaryIO, name: str) -> None:
        self._file = file
        self.name = name
        self._unpacked = 0
        with unpack_errors(name):
            self._archive = zipfile.ZipFile(file)
        members = self._archive.infolist()
        if len(members) > _MOST_MEMBERS:
            raise InputError(f"{name}: has {len(members):,} files; at most {_MOST_MEMBERS:,} are looked at")
        self._members = {one.filename: one for one in members if not one.is_dir()}

    @property
    def names(self) -> list[str]:
        """The names of all members."""
        return list(self._members)

    @property
    def position(self) -> int:
        """How many bytes of the archive were read so far, more or less."""
        return 0 if self._file.closed else self._file.tell()

    def open(self, member: str) -> BinaryIO:
        """Open a member to read.

        Raises:
            InputError: it is encrypted or packed in a way that isn't known; reading it raises the same for a bomb and
                for what is broken.
        """
        info = self._members[member]
        if info.flag_bits & _ENCRYPTED:
            raise InputError(f"{self.name}: has a password; unpack it and name the file in it")
        with unpack_errors(self.name):
            inner = self._archive.open(info)
        return cast(BinaryIO, io.BufferedReader(_Counted(self, inner, info.compress_size), 1 << 16))

    def close(self) -> None:
        """Close the archive."""
        self._archive.close()
        self._file.close()

    def count(self, more: int, of_member: int, packed: int) -> None:
        """Note what was unpacked.

        Raises:
            TooMuchError: it is more than any export.
        """
        self._unpacked += more
        if of_member > max(_SMALL, packed * _RATIO):
            raise TooMuchError(f"{self.name}: a file in it unpacks to more than {_RATIO} times its size")
        if self._unpacked > MOST_UNPACKED:
            raise TooMuchError(
                f"{self.name}: unpacks to more than {MOST_UNPACKED:,} bytes; unpack it and name the files"
            )


class _Counted(io.RawIOBase):
    """A member whose bytes are counted; going back and reading again counts once."""

    def __init__(self, packed: Packed, inner: IO[bytes], size: int) -> None:
        self._packed, self._inner, self._size = packed, inner, size
        self._furthest = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        with unpack_errors(self._packed.name):
            return self._inner.seek(offset, whence)

    def tell(self) -> int:
        return self._inner.tell()

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        with unpack_errors(self._packed.name):
            data = self._inner.read(len(buffer))
        here = self._inner.tell()
        if here > self._furthest:
            self._packed.count(here - self._furthest, here, self._size)
            self._furthest = here
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._inner.close()
        super().close()


@contextmanager
def unpack_errors(name: str) -> Iterator[None]:
    """Say in one line what is wrong with an archive.

    Args:
        name: of the archive.

    Raises:
        InputError: instead of what zipfile raises.
    """
    try:
        yield
    except InputError:
        raise
    except Exception as error:  # zipfile, zlib, lzma and bz2 have no error in common
        raise InputError(f"{name}: can't be unpacked: {_line(error)}; export it again") from None


def _line(error: BaseException) -> str:
    return " ".join(str(error).split())[:80] or type(error).__name__
