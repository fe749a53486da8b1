"""Runs an audit: blocks go to the workers as text, their share of the tables stays on disk until all are there."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING

from hamdel.audit.blocks import Block
from hamdel.errors import AuditError
from hamdel.workers import in_order, worker_pool

if TYPE_CHECKING:
    from hamdel.audit.examine import Rules
    from hamdel.audit.folder import Folder, Shards

__all__ = ["Done", "examine_all"]

_FEW = 2  # blocks that aren't worth starting other processes


@dataclass(frozen=True, slots=True)
class Done:
    """How far a run has come.

    Attributes:
        rows: that were examined or rejected, before an interruption too.
        fresh: the same of this run only, which tells the rate.
        position: bytes of the input up to there.
    """

    rows: int
    fresh: int
    position: int


def examine_all(
    blocks: Iterator[Block], rules: Rules, folder: Folder, workers: int, progress: Callable[[Done], None]
) -> None:
    """Examine every block whose share isn't stored yet.

    Args:
        blocks: of the whole input.
        rules: how.
        folder: opened.
        workers: processes; with one, everything happens in this one.
        progress: called when a block is done.

    Raises:
        AuditError: a share can't be stored, or a worker died.
        KeyboardInterrupt: somebody pressed Ctrl-C; finished blocks are stored.
    """
    from hamdel.audit.folder import write_errors

    rows = fresh = 0
    with write_errors(folder.path):
        for block, new in _examined(blocks, rules, folder.shards, workers):
            rows += len(block)
            fresh += len(block) * new
            progress(Done(rows, fresh, block.position))


def _examined(blocks: Iterator[Block], rules: Rules, shards: Shards, workers: int) -> Iterator[tuple[Block, bool]]:
    """Yield blocks when their share is stored, and whether it was stored just now."""
    stored = shards.done()
    skipped: list[Block] = []

    def missing() -> Iterator[Block]:
        for block in blocks:
            if block.number in stored:
                skipped.append(Block(block.number, block.rows, block.rejected, block.position))
            else:
                yield block

    for block in _fresh(missing(), rules, shards, workers):
        yield from ((old, False) for old in skipped)
        skipped.clear()
        yield block, True
    yield from ((old, False) for old in skipped)


def _fresh(blocks: Iterator[Block], rules: Rules, shards: Shards, workers: int) -> Iterator[Block]:
    """Examine blocks and yield them in order; from the third on, other processes do it."""
    first = list(islice(blocks, _FEW + 1))
    if workers == 1 or len(first) <= _FEW:
        start_worker(rules, shards)
        for block in chain(first, blocks):
            work(block)
            yield block
        return
    with worker_pool(workers, partial(_start_alone, rules, shards)) as pool:
        try:
            yield from (block for block, _ in in_order(pool, workers, work, chain(first, blocks)))
        except BrokenProcessPool as error:
            hint = "is there enough memory? Go on with --resume, with fewer --workers"
            raise AuditError(f"a worker ended unexpectedly; {hint}") from error


_work: Callable[[Block], None] | None = None


def _start_alone(rules: Rules, shards: Shards) -> None:
    """Make a worker ready that shares the machine with others."""
    os.environ["POLARS_MAX_THREADS"] = "1"
    start_worker(rules, shards)


def start_worker(rules: Rules, shards: Shards) -> None:
    """Make this process ready to `work`."""
    from hamdel.audit.examine import Examiner  # here, so that a worker has its environment first

    global _work  # noqa: PLW0603 - what a process pool's workers keep between tasks
    examiner = Examiner(rules)

    def examine(block: Block) -> None:
        shards.store(block.number, examiner.examine(block))

    _work = examine


def work(block: Block) -> None:
    """Examine a block and store its share."""
    assert _work is not None
    _work(block)
