"""Checksums of the record's file at rest: SQLite has none, and most flipped bits are still a valid file to it.

They lie beside the record whenever nobody has written since its file was last whole: who writes takes them away in the
transaction, who closes the archive puts them back. So a process that is killed leaves none, never wrong ones.
"""

from __future__ import annotations

import json
import os
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from hamdel.base.atomic import write_atomically
from hamdel.base.files import NotRegularError, read_regular
from hamdel.errors import ArchiveError

__all__ = ["drop_sums", "note_sums", "sum_problems"]

_CHUNK = 1 << 16  # bytes
_SUFFIX = ".sums"
_AGAIN = "`hamdel archive compact` makes it anew"


def _place(record: Path) -> Path:
    return record.with_suffix(_SUFFIX)


def drop_sums(record: Path) -> None:
    """Take the checksums of a file away, before it is changed.

    Raises:
        ArchiveError: they can't be; nothing may be written then.
    """
    try:
        os.unlink(f"{os.fspath(record)[: -len(record.suffix)]}{_SUFFIX}")  # noqa: PTH108 - in each of many transactions
    except FileNotFoundError:
        return
    except OSError as error:
        raise ArchiveError(f"{record}: may only be read; check its rights and those of its folder") from error


def note_sums(connection: sqlite3.Connection, path: Path) -> None:
    """Note the checksums of the record's file, if it is whole and nobody writes; otherwise the next writer does it.

    Args:
        connection: that may write.
        path: the record.
    """
    log = path.with_name(f"{path.name}-wal")
    with suppress(sqlite3.Error, OSError):
        if _place(path).exists():
            return
        connection.execute("PRAGMA busy_timeout = 0")
        if sqlite3.Connection.execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
            return
        sqlite3.Connection.execute(connection, "BEGIN IMMEDIATE")
        try:
            if not log.exists() or not log.stat().st_size:
                _write_sums(path)
        finally:
            connection.execute("ROLLBACK")


def _write_sums(record: Path) -> None:
    text = json.dumps([record.stat().st_size, *_sums(record)], separators=(",", ":")).encode()
    write_atomically(_place(record), b"%08x %s\n" % (zlib.crc32(text), text))


def sum_problems(record: Path) -> Iterator[str]:
    """Yield which parts of a file aren't what was written; nothing when there are no checksums.

    Raises:
        OSError: the file can't be read.
    """
    place = _place(record)
    noted = _read(place)
    if noted is None:
        return
    try:
        crc, text = noted[:8], noted[9:-1]
        if noted[8:9] != b" " or noted[-1:] != b"\n" or crc != b"%08x" % zlib.crc32(text):
            raise ValueError("checksum")
        size, *sums = json.loads(text)
    except ValueError:
        yield f"{place}: isn't what was written; {_AGAIN}"
        return
    found = [record.stat().st_size, *_sums(record)]
    if _read(place) != noted:  # somebody has been writing; the next time will do
        return
    if found[0] != size:
        yield f"{record}: has {found[0]} bytes instead of {size}; restore it from a backup"
    for number, (now, then) in enumerate(zip(found[1:], sums, strict=False)):
        if now != then:
            yield f"{record}: bytes from {number * _CHUNK} on aren't what was written; restore it from a backup"


def _read(place: Path) -> bytes | None:
    try:
        return read_regular(place)
    except FileNotFoundError:
        return None
    except NotRegularError:
        return b""  # not what was written either


def _sums(path: Path) -> Iterator[int]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield zlib.crc32(chunk)
