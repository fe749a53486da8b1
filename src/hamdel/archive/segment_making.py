"""Making search files of what is in the record, few and each seldom."""

from __future__ import annotations

from contextlib import suppress

from hamdel.archive.erasing import leftovers, new_name, remove
from hamdel.archive.record import Record, SegmentRow
from hamdel.archive.schema import explained, transaction
from hamdel.archive.segment import build, open_segment
from hamdel.errors import ArchiveError

__all__ = ["merge_segments"]

_TRIES = 3  # when others write meanwhile
_GROWTH = 4  # a new search file swallows those before it that are less than this many times as large


def merge_segments(record: Record, *, whole: bool = False) -> None:
    """Put what has no search file yet into one, together with files that aren't much larger.

    So there are few files, and each text is written a few times only, however it comes in.

    Args:
        record: opened for writing.
        whole: put everything into one file.

    Raises:
        ArchiveError: the file can't be written; the record is untouched, and search compares one by one what the
            files don't have.
    """
    for _ in range(_TRIES):
        rows, forgotten, last = record.segments(), record.forgotten(), record.last_id()
        first, replaced = _range(record, rows, last, whole=whole)
        if first > last or (_are_all(replaced, first, last) and _is_sound(record, replaced[0], thorough=whole)):
            return
        made = SegmentRow(new_name(first, last, forgotten), first, last)
        path = record.folder / made.name
        with explained(path), suppress(FileNotFoundError):  # somebody forgets at this moment, and removes all
            build(path, record.bodies(first, last))
            with transaction(record.sql):
                done = (record.segments(), record.forgotten(), path.exists()) == (rows, forgotten, True)
                if done:
                    record.sql.executemany("DELETE FROM segments WHERE name = ?", [(row.name,) for row in replaced])
                    record.sql.execute("INSERT INTO segments VALUES (?, ?, ?)", (made.name, first, last))
            remove(record.folder / row.name for row in (replaced if done else [made]))
            remove(leftovers(record))
            if done:
                return


def _range(record: Record, rows: list[SegmentRow], last: int, *, whole: bool) -> tuple[int, list[SegmentRow]]:
    """The first id to put into a new file, which goes up to the last id, and the files that it replaces."""
    sound: list[SegmentRow] = []
    following = 1
    for row in rows:
        if row.first != following or not _is_sound(record, row):
            break
        sound.append(row)
        following = row.last + 1
    while sound and (whole or sound[-1].last - sound[-1].first < _GROWTH * (last - following + 1)):
        following = sound.pop().first
    return following, rows[len(sound) :]


def _are_all(rows: list[SegmentRow], first: int, last: int) -> bool:
    return [(row.first, row.last) for row in rows] == [(first, last)]


def _is_sound(record: Record, row: SegmentRow, *, thorough: bool = False) -> bool:
    try:
        segment = open_segment(record.folder / row.name)
    except ArchiveError:
        return False
    return not (thorough and segment.damaged())
