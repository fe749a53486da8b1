"""The SQLite file that is the record of what was sent; everything else can be made from it.

::

    texts      each distinct masked text: its digest and its id
    fresh      bodies of the latest texts, one a row
    blocks     bodies of the others, many together and compressed: ids, then bodies
    odd        bodies with characters that have no code (see alphabet.py)
    uses       who sent which text to whom, when and where; how often, when that alone tells them apart
    recent     the last texts of each agent, for repetition/opener
    agents     digest and masked name; 0 in ``uses`` means unknown
    channels   names; 0 means unknown
    segments   which search files there are, and the ids of the texts in them
    meta       the salt of digests, the next text's id, how often something was forgotten and erased (see erasing.py)

Customers are digests with the archive's own salt; nothing here is a raw reply.
"""

from __future__ import annotations

import sqlite3
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_bytes
from time import monotonic, sleep
from urllib.parse import quote

from hamdel.archive.patience import WAIT, PatientConnection, is_busy, open_patiently
from hamdel.archive.record_checksums import drop_sums
from hamdel.base.atomic import make_folder, make_private
from hamdel.base.files import is_there, refuse_special
from hamdel.errors import ArchiveError

__all__ = ["RECORD", "connect", "explained", "transaction"]

#: The record's file name in an archive's folder.
RECORD = "replies.sqlite"

_PARTS = ("", "-wal", "-shm", "-journal")
_VERSION = 1
_APPLICATION = 0x68616D64  # "hamd"
_SCHEMA = """
CREATE TABLE meta(key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE texts(digest INTEGER PRIMARY KEY, id INTEGER NOT NULL);
CREATE TABLE fresh(id INTEGER PRIMARY KEY, body BLOB NOT NULL);
CREATE TABLE blocks(last INTEGER PRIMARY KEY, data BLOB NOT NULL);
CREATE TABLE odd(id INTEGER PRIMARY KEY, body BLOB NOT NULL);
CREATE TABLE uses(
    text INTEGER NOT NULL, customer INTEGER NOT NULL, time INTEGER NOT NULL, agent INTEGER NOT NULL,
    channel INTEGER NOT NULL, count INTEGER NOT NULL,
    PRIMARY KEY(text, customer, time, agent, channel)
) WITHOUT ROWID;
CREATE INDEX uses_of_customer ON uses(customer) WHERE customer <> 0;
CREATE TABLE recent(
    agent INTEGER NOT NULL, time INTEGER NOT NULL, text INTEGER NOT NULL, PRIMARY KEY(agent, time, text)
) WITHOUT ROWID;
CREATE TABLE agents(id INTEGER PRIMARY KEY, digest INTEGER UNIQUE NOT NULL, label TEXT NOT NULL);
CREATE TABLE channels(id INTEGER PRIMARY KEY, name TEXT UNIQUE NOT NULL);
CREATE TABLE segments(name TEXT PRIMARY KEY, first INTEGER NOT NULL, last INTEGER NOT NULL) WITHOUT ROWID;
"""
_STATE = (
    "SELECT user_version, application_id, (SELECT count(*) FROM sqlite_master) "
    "FROM pragma_user_version, pragma_application_id"
)


def connect(folder: Path, *, write: bool, patience: float = WAIT) -> sqlite3.Connection:
    """Open the record, which is made when there is none and ``write`` is wanted.

    Args:
        folder: the archive's.
        write: whether it will be written; without, a folder that may only be read is enough.
        patience: seconds to wait while another process writes.

    Raises:
        ArchiveError: there is none, it is no archive, a newer hamdel wrote it, or its rights don't suffice.
    """
    path = folder / RECORD
    with explained(path):
        if is_there(folder) and not folder.is_dir():
            raise ArchiveError(f"{folder}: is a file, and an archive is a folder; name another one with --archive")
        for part in _PARTS:
            refuse_special(path.with_name(path.name + part))  # SQLite would wait for a pipe's writer
        if write:
            make_folder(folder)
            if not is_there(path):
                make_private(path)  # SQLite's log gets the rights of its file
            connection = open_patiently(path, path, patience)
        else:
            if not is_there(path):
                raise ArchiveError(f"{folder}: no archive here; `hamdel archive import` or `add` makes one")
            connection = _open_to_read(path, patience)
        try:
            _prepare(connection, path, write=write)
        except BaseException:
            connection.close()
            raise
        return connection


def _open_to_read(path: Path, patience: float) -> PatientConnection:
    """Open without the right to write; in a folder that can't be written SQLite must be told that nobody else does."""
    place = f"file:{quote(str(path.absolute()))}?mode=ro"
    connection = open_patiently(place, path, patience, uri=True)
    try:
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite3.Error as error:
        connection.close()
        if not error.sqlite_errorname.startswith(("SQLITE_CANTOPEN", "SQLITE_READONLY")) or _has_log(path):
            raise
        connection = open_patiently(f"{place}&immutable=1", path, patience, uri=True)
    return connection


def _has_log(path: Path) -> bool:
    """Whether replies are in the log only, which isn't read in a file that nobody changes."""
    log = path.with_name(f"{path.name}-wal")
    return log.exists() and log.stat().st_size > 0


def _prepare(connection: PatientConnection, path: Path, *, write: bool) -> None:
    version = _version(connection, path)
    if version > _VERSION:
        raise ArchiveError(
            f"{path}: written by a newer hamdel (schema {version}, this one knows {_VERSION}); update hamdel"
        )
    if not write:
        if not version:
            raise ArchiveError(f"{path}: isn't an archive of hamdel")
        return
    _use_log(connection)
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA secure_delete = ON")  # what is forgotten is overwritten
    if not version:
        _create(connection, path)


def _use_log(connection: PatientConnection) -> None:
    """Write to a log first; SQLite doesn't wait by itself when another process is switching to it, too."""
    until = monotonic() + connection.patience
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if not is_busy(error) or monotonic() > until:
                raise
        sleep(0.01)


def _version(connection: sqlite3.Connection, path: Path) -> int:
    """The schema's version; 0 for an empty file."""
    version: int
    version, application, tables = connection.execute(_STATE).fetchone()  # at one moment: another process may make it
    if application != _APPLICATION and tables:
        raise ArchiveError(f"{path}: isn't an archive of hamdel; name another folder with --archive")
    return version


def _create(connection: sqlite3.Connection, path: Path) -> None:
    with transaction(connection):
        if _version(connection, path):  # another process was faster
            return
        for statement in _SCHEMA.split(";\n"):
            connection.execute(statement)
        connection.execute("INSERT INTO meta VALUES ('salt', ?), ('next', 1), ('forgotten', 0)", (token_bytes(16),))
        connection.execute(f"PRAGMA application_id = {_APPLICATION}")
        connection.execute(f"PRAGMA user_version = {_VERSION}")


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """A write transaction: all of it happens or nothing; it waits for other writers."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        if isinstance(connection, PatientConnection):
            drop_sums(connection.path)  # nobody else can write, or note new ones, before this ends
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # SQLite has rolled back by itself when the disk is full
            connection.execute("ROLLBACK")
        raise


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn what SQLite and the file system say into one line for users.

    Raises:
        ArchiveError: something went wrong in the block.
    """
    try:
        yield
    except sqlite3.Error as error:
        raise ArchiveError(f"{path}: {_advice(error)}") from error
    except (zlib.error, struct.error) as error:  # a block of bodies
        raise ArchiveError(f"{path}: {_ADVICE['SQLITE_CORRUPT']}") from error
    except OSError as error:
        raise ArchiveError(
            f"{path}: can't be written: {error.strerror or error}; what is stored is untouched"
        ) from error


def _advice(error: sqlite3.Error) -> str:
    name = getattr(error, "sqlite_errorname", "")
    for start, advice in _ADVICE.items():
        if name.startswith(start):
            return advice
    return f"{error}; `hamdel archive verify` tells more"


_ADVICE = {
    "SQLITE_FULL": "the disk is full; what is stored is untouched, free some space and run it again",
    "SQLITE_READONLY": "may only be read; check its rights and those of its folder",
    "SQLITE_CANTOPEN": "can't be opened; check its rights and those of its folder",
    "SQLITE_PERM": "can't be opened; check its rights and those of its folder",
    "SQLITE_BUSY": "another process has been writing for a minute; try again",
    "SQLITE_NOTADB": "isn't an archive of hamdel; name another folder with --archive",
    "SQLITE_CORRUPT": "is damaged; restore it from a backup, `hamdel archive verify` tells more",
    "SQLITE_IOERR": "the disk reports an error; what is stored is untouched, try again",
}
