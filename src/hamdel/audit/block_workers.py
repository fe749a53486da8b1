"""Runs an audit: blocks go to the workers as text, their share of the tables stays on disk until all are there."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from typing import Protocol

from hamdel.audit.blocks import Block
from hamdel.audit.examine import Examiner, Rules
from hamdel.audit.folder import Folder, Shards, pack, write_errors
from hamdel.base.workers import in_order, worker_pool
from hamdel.errors import AuditError

__all__ = ["Done", "Engine", "Processes", "examine_all", "keep_what_stays"]

_FEW = 2  # blocks that aren't worth starting other processes
_THREADS = "POLARS_MAX_THREADS"
_UNLINKED = 50_000  # objects, until somebody looks for cycles among them; a check leaves none


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


class Engine(Protocol):
    """Where blocks are examined."""

    def examined(self, blocks: Iterator[Block], rules: Rules, shards: Shards) -> Iterator[Block]:
        """Examine blocks, and yield each when its share is stored."""


def examine_all(
    blocks: Iterator[Block], rules: Rules, folder: Folder, engine: Engine, progress: Callable[[Done], None]
) -> None:
    """Examine every block whose share isn't stored yet.

    Args:
        blocks: of the whole input.
        rules: how.
        folder: opened.
        engine: where.
        progress: called when a block is done.

    Raises:
        AuditError: a share can't be stored, or a worker died.
        KeyboardInterrupt: somebody pressed Ctrl-C; finished blocks are stored.
    """
    done = _Counter(progress)
    with write_errors(folder.path):
        for block in engine.examined(_missing(blocks, folder.shards.done(), done), rules, folder.shards):
            done.add(block, fresh=True)


class _Counter:
    """Adds up what is done and tells it."""

    def __init__(self, progress: Callable[[Done], None]) -> None:
        self._progress = progress
        self._rows = self._fresh = self._position = 0

    def add(self, block: Block, *, fresh: bool) -> None:
        self._rows += len(block)
        self._fresh += len(block) * fresh
        self._position = max(self._position, block.position)
        self._progress(Done(self._rows, self._fresh, self._position))


def _missing(blocks: Iterator[Block], stored: set[int], done: _Counter) -> Iterator[Block]:
    """Yield the blocks whose share isn't stored yet."""
    for block in blocks:
        if block.number in stored:
            done.add(block, fresh=False)
        else:
            yield block


@dataclass(frozen=True, slots=True)
class Processes:
    """Processes of this machine.

    Attributes:
        count: how many; with one, everything happens in this one.
    """

    count: int

    def examined(self, blocks: Iterator[Block], rules: Rules, shards: Shards) -> Iterator[Block]:
        """Examine blocks and yield them in order; from the third on, other processes do it."""
        first = list(islice(blocks, _FEW + 1))
        if self.count == 1 or len(first) <= _FEW:
            start_worker(rules, shards)
            for block in chain(first, blocks):
                work(block)
                yield block
            return
        with _one_thread_each(), worker_pool(self.count, start_worker, rules, shards) as pool:
            try:
                yield from (block for block, _ in in_order(pool, self.count, work, chain(first, blocks)))
            except BrokenProcessPool as error:
                hint = "is there enough memory? Go on with --resume, with fewer --workers"
                raise AuditError(f"a worker ended unexpectedly; {hint}") from error


@contextmanager
def _one_thread_each() -> Iterator[None]:
    """Let polars start no threads in processes that are started now: all cores are busy already."""
    before = os.environ.get(_THREADS)
    os.environ[_THREADS] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[_THREADS]
        else:
            os.environ[_THREADS] = before


_work: Callable[[Block], None] | None = None


def start_worker(rules: Rules, shards: Shards) -> None:
    """Make this process ready to `work`."""
    global _work  # noqa: PLW0603 - what a process pool's workers keep between tasks
    examiner = Examiner(rules)
    keep_what_stays()

    def examine(block: Block) -> None:
        shards.store(block.number, pack(examiner.examine(block)))

    _work = examine


def keep_what_stays() -> None:
    """Let the collector pass over what a process has loaded: looking through it again takes a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_UNLINKED)


def work(block: Block) -> None:
    """Examine a block and store its share."""
    assert _work is not None
    _work(block)
