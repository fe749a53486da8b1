"""What was forgotten goes from all files, also when the process that forgot is killed before it is done.

The transaction that forgets counts up ``forgotten``; who has rewritten the record and removed all search files that
were made before notes it as ``erased``. While the two differ, whoever opens the archive next has this work to do. The
name of a search file has the count at which its texts were read, so that a file that holds forgotten texts is known by
its name, and one that somebody is writing now isn't touched.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from secrets import token_hex
from time import time

from hamdel.archive.record import Record
from hamdel.archive.record_checksums import drop_sums
from hamdel.archive.schema import explained, transaction
from hamdel.errors import ArchiveError

__all__ = ["erase", "is_erased", "leftovers", "new_name", "remove", "tidy"]

_ABANDONED = 3600  # seconds after which nobody is writing a file any more
_STARTS = ("segment-", ".segment-")
_NAME = re.compile(r"\.?segment-\d+-\d+-(\d+)-[0-9a-f]+\.bin")  # before there were counts, names had one part less


def new_name(first: int, last: int, forgotten: int) -> str:
    """Return a name for a search file.

    Args:
        first: the lowest id of its texts.
        last: the highest.
        forgotten: the count when they were read, or a lower one.
    """
    return f"segment-{first}-{last}-{forgotten}-{token_hex(4)}.bin"


def is_erased(record: Record) -> bool:
    """Whether nothing that was forgotten is left in any file."""
    return record.erased() >= record.forgotten() and not any(leftovers(record))


def _unlisted(record: Record) -> Iterator[Path]:
    """The search files, half ones too, that the record doesn't list."""
    with explained(record.folder):
        names = [name for name in os.listdir(record.folder) if name.startswith(_STARTS)]  # noqa: PTH208 - names only
    listed = {row.name for row in record.segments()} if names else set()  # after: a file is made before it is listed
    yield from (record.folder / name for name in names if name not in listed)


def leftovers(record: Record) -> Iterator[Path]:
    """Yield the search files that may hold what was forgotten, and those that a killed process left long ago."""
    paths = list(_unlisted(record))
    now = record.forgotten() if paths else 0
    for path in paths:
        made = _NAME.match(path.name)
        with suppress(FileNotFoundError):
            if int(made[1] if made else 0) < now or time() - path.stat().st_mtime > _ABANDONED:
                yield path


def remove(paths: Iterable[Path]) -> list[Path]:
    """Delete files; return those that can't be: Windows keeps what others have open."""
    left = []
    for path in paths:
        try:
            path.unlink(missing_ok=True)
        except OSError:
            left.append(path)
    return left


def erase(record: Record) -> None:
    """Finish what `hamdel.archive.writing.Writer.forget` began.

    Args:
        record: opened for writing.

    Raises:
        ArchiveError: something is left; it is done when the archive is opened next.
    """
    forgotten = record.forgotten()  # before: what another process forgets meanwhile is its own work
    left = remove(leftovers(record))
    if not (_checkpoint(record) and tidy(record)):  # the first tells at once whether somebody reads
        left.append(record.path.with_name(f"{record.path.name}-wal"))
    if left:
        raise ArchiveError(f"{left[0]}: this file is in use; close other programs that use the archive")
    with explained(record.path), transaction(record.sql):
        record.sql.execute("DELETE FROM meta WHERE key = 'erased' AND value < ?", (forgotten,))
        record.sql.execute("INSERT OR IGNORE INTO meta VALUES ('erased', ?)", (forgotten,))


def tidy(record: Record) -> bool:
    """Write the record anew, and what is in the log into the file, and give unused space back.

    Deleted rows are overwritten at once, but SQLite may have copies of them in unused places, which only this removes.

    Returns:
        Whether the log is empty; it isn't when somebody has been reading all the time.

    Raises:
        ArchiveError: it can't be done now; nothing is lost.
    """
    with explained(record.path):
        drop_sums(record.path)
        record.sql.execute("VACUUM")
        drop_sums(record.path)  # another process may have noted them before this one began
    return _checkpoint(record)


def _checkpoint(record: Record) -> bool:
    """Write what is in the log into the file; return whether the log is empty, as it isn't while somebody reads."""
    return not record.one("PRAGMA wal_checkpoint(TRUNCATE)")[0]
