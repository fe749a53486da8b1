"""What an archive holds, and whether it is sound."""

from __future__ import annotations

import sqlite3
import struct
import zlib
from collections.abc import Iterator

from hamdel.archive.alphabet import decode, text_key
from hamdel.archive.archive import Archive
from hamdel.archive.erasing import leftovers
from hamdel.archive.record import Record, unpack
from hamdel.archive.record_checksums import sum_problems
from hamdel.archive.segment import open_segment
from hamdel.errors import ArchiveError
from hamdel.masking.mask import own_words
from hamdel.model.history import AgentCount, ArchiveStats

__all__ = ["problems", "statistics"]

_MOST_USED = 5
_REMOVES = "`hamdel archive compact` removes it"


def statistics(archive: Archive) -> ArchiveStats:
    """Count what an archive holds.

    Raises:
        ArchiveError: the record can't be read.
    """
    record = archive.record
    replies, first, last, undated = record.one(
        "SELECT coalesce(sum(count), 0), coalesce(min(nullif(time, 0)), 0), coalesce(max(time), 0), "
        "coalesce(sum(CASE WHEN time = 0 THEN count END), 0) FROM uses"
    )
    agents = record.all(
        "SELECT label, sum(count) FROM uses JOIN agents ON agents.id = uses.agent GROUP BY agents.id ORDER BY 2 DESC, 1"
    )
    most = record.all(
        "SELECT text, sum(count) AS n FROM uses GROUP BY text ORDER BY n DESC, text LIMIT ?", 4 * _MOST_USED
    )
    matches = [match for text, count in most if count > 1 and (match := archive.match(text, 100.0))]
    telling = [match for match in matches if own_words(match.layout)]
    return ArchiveStats(
        folder=str(archive.folder),
        replies=replies,
        texts=record.one("SELECT count(*) FROM texts")[0],
        customers=record.one("SELECT count(DISTINCT customer) FROM uses WHERE customer <> 0")[0],
        first=first,
        last=last,
        undated=undated,
        size=sum(path.stat().st_size for path in archive.folder.iterdir() if path.is_file()),
        agents=tuple(AgentCount(str(label), count) for label, count in agents),
        most_used=tuple(telling[:_MOST_USED]),
    )


def problems(record: Record) -> Iterator[str]:
    """Yield what is wrong with an archive, one line each; nothing for a sound one. Reads all of it.

    Raises:
        ArchiveError: the record can't be read at all.
    """
    try:
        for (line,) in record.sql.execute("PRAGMA integrity_check"):
            if line != "ok":
                yield f"{record.path}: {line}; restore it from a backup"
        yield from _texts(record)
        yield from sum_problems(record.path)
        yield from _leftovers(record)
    except (sqlite3.Error, struct.error, zlib.error, UnicodeDecodeError, OSError) as error:
        yield f"{record.path}: {error}; restore it from a backup"
        return
    yield from _segments(record)


def _leftovers(record: Record) -> Iterator[str]:
    """What was forgotten and isn't erased yet."""
    paths = list(leftovers(record))
    for path in paths:
        yield f"{path}: a search file that is left over, perhaps with forgotten replies; {_REMOVES}"
    if record.erased() < record.forgotten():
        yield f"{record.path}: forgotten replies aren't wiped from it yet; {_REMOVES}"


def _texts(record: Record) -> Iterator[str]:
    """Texts without a body, bodies that aren't those of their digest, uses of nothing."""
    digests = dict(record.sql.execute("SELECT id, digest FROM texts"))
    bodies = [*record.sql.execute("SELECT id, body FROM fresh"), *record.sql.execute("SELECT id, body FROM odd")]
    blocks = (unpack(data) for (data,) in record.sql.execute("SELECT data FROM blocks"))
    wrong = 0
    for block in (iter(bodies), *blocks):
        for text, body in block:
            decode(body)
            wrong += digests.pop(text, None) != text_key(body)
    if wrong:
        yield f"{record.path}: {wrong} texts aren't what was stored; restore it from a backup"
    if digests:
        yield f"{record.path}: {len(digests)} texts are missing; restore it from a backup"
    lost = record.one("SELECT count(*) FROM uses WHERE text NOT IN (SELECT id FROM texts)")[0]
    if lost:
        yield f"{record.path}: {lost} replies have no text; restore it from a backup"


def _segments(record: Record) -> Iterator[str]:
    for row in record.segments():
        path = record.folder / row.name
        try:
            damaged = open_segment(path).damaged()
        except ArchiveError as error:
            yield f"{error}; `hamdel archive compact` makes it anew"
            continue
        if damaged:
            yield f"{path}: a damaged search file ({damaged}); `hamdel archive compact` makes it anew"
