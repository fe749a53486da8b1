"""Many past replies at once: masked by all cores, stored batch by batch, so that a stopped import can go on."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice

from hamdel.archive.alphabet import encode, text_key
from hamdel.archive.archive import Archive
from hamdel.archive.erasing import tidy
from hamdel.archive.segment_making import merge_segments
from hamdel.archive.writing import Sent
from hamdel.base.workers import in_order, worker_pool
from hamdel.exports import Rejected, Row
from hamdel.language.parts import reply_of
from hamdel.masking.mask import mask_layout

__all__ = ["Imported", "import_rows"]

_BATCH = 2000  # rows of a transaction, and of a worker's task
_FEW = 2  # batches that aren't worth starting other processes
_TIDY = 50_000  # new replies after which the file is worth being written anew
_SHOWN = 20  # rejected rows that are remembered

_Masked = list[tuple[int, bytes]]


@dataclass(slots=True)
class Imported:
    """What became of the rows.

    Attributes:
        rows: how many were read.
        new: how many are now in the archive and weren't before.
        known: how many were there already.
        courtesy: how many say nothing, or nothing but courtesy, and aren't stored.
        rejected: how many couldn't be used.
        reasons: the first of those.
    """

    rows: int = 0
    new: int = 0
    known: int = 0
    courtesy: int = 0
    rejected: int = 0
    reasons: list[Rejected] = field(default_factory=list)

    def reject(self, row: Rejected) -> None:
        """Note a row that can't be used."""
        self.rejected += 1
        if len(self.reasons) < _SHOWN:
            self.reasons.append(row)


def import_rows(
    archive: Archive, rows: Iterable[Row | Rejected], progress: Callable[[Imported], None] | None = None
) -> Imported:
    """Add the rows of one export to an archive.

    A row that is there already counts once, so a stopped import goes on when it is run again. Rows that have a time
    and a customer are the same when all columns are; of others the first, second … of one file are told apart.

    Args:
        archive: opened for writing.
        rows: of one file.
        progress: called now and then with what became of the rows so far.

    Raises:
        ArchiveError: a batch can't be stored; those before it are.
    """
    done = Imported()
    seen: Counter[tuple[object, ...]] = Counter()
    for batch, masked in _masked(_batches(rows, done)):
        sent = [_sent(row, *text, seen) for row, text in zip(batch, masked, strict=True) if text[1]]
        new = archive.writer.store(sent)
        done.rows += len(batch)
        done.courtesy += len(batch) - len(sent)
        done.new += new
        done.known += len(sent) - new
        if progress:
            progress(done)
    if done.new:
        merge_segments(archive.record, whole=done.new >= _TIDY)
    if done.new >= _TIDY:
        archive.writer.settle()
        tidy(archive.record)
    return done


def _batches(rows: Iterable[Row | Rejected], done: Imported) -> Iterator[list[Row]]:
    source = iter(rows)
    while chunk := list(islice(source, _BATCH)):
        batch: list[Row] = []
        for row in chunk:
            if isinstance(row, Row):
                batch.append(row)
            elif not row.unanswered:
                done.reject(row)
        if batch:
            yield batch


def _sent(row: Row, key: int, body: bytes, seen: Counter[tuple[object, ...]]) -> Sent:
    count = 1
    if not (row.customer and row.time):
        identity = (key, row.customer, row.time, row.agent, row.channel)
        seen[identity] += 1
        count = seen[identity]
    return Sent(key, body, row.customer, row.time, row.agent, row.channel, count)


def _mask_batch(batch: list[Row]) -> _Masked:
    """What a worker does."""
    bodies = [encode(mask_layout(reply_of(row.reply))) for row in batch]
    return [(text_key(body), body) for body in bodies]


def _masked(batches: Iterator[list[Row]]) -> Iterator[tuple[list[Row], _Masked]]:
    """Yield batches and their masked texts in order; from the third batch on other processes mask."""
    for batch in islice(batches, _FEW):
        yield batch, _mask_batch(batch)
    following = next(batches, None)
    if following is None:
        return
    workers = os.cpu_count() or 1
    with worker_pool(workers) as pool:
        yield from in_order(pool, workers, _mask_batch, chain([following], batches))
