"""An audit on Spark: the driver reads, executors examine and compare, the driver stores what they give back.

Blocks are read, numbered and keyed here, as in any run, and go out as they are read; what comes back are the very files
that a worker of this machine would have stored. Tables are put together from those by the same code, so they can't
differ, ``--resume`` goes on with either engine, and what Spark tries twice is stored once.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import ExitStack, closing
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

import hamdel
from hamdel.archive.join import Join, near_groups
from hamdel.audit.blocks import Block
from hamdel.audit.examine import Rules
from hamdel.audit.folder import Packed, Shards
from hamdel.audit.manifest import rules_settings
from hamdel.audit.spark_log import reason_of
from hamdel.audit.spark_session import Place, opened_session
from hamdel.errors import AuditError

__all__ = ["SparkEngine"]

_WAVES = 2  # under way at once: one is read and sent while the other is worked on
_BLOCKS = 4  # of a wave, for each core
_BYTES = 64 << 20  # of a wave
_WORTH = 20_000  # texts that are worth sending to other machines
_SHARES = 2  # of a comparison, for each core
_SAME = "all executors need this very hamdel, its data and your own checks' folders; see docs/spark.md"

_Blocks = list[tuple[Block, bytes]]


class SparkEngine:
    """Examines blocks, and compares texts, on a Spark cluster; used in a ``with``, at whose end the session stops.

    Args:
        place: where; the session is opened when there is work for it.
        worth: texts from which on executors compare them, not this machine; None takes what is worth it.
    """

    def __init__(self, place: Place, worth: int | None = None) -> None:
        self._place = place
        self._worth = worth if worth is not None else _WORTH
        self._here = place.local and worth is None  # the same cores, and nothing to send
        self._stack = ExitStack()

    def __enter__(self) -> SparkEngine:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    @cached_property
    def _session(self) -> Any:
        return self._stack.enter_context(opened_session(self._place))

    @property
    def _context(self) -> Any:
        return self._session.sparkContext

    @cached_property
    def _cores(self) -> int:
        return max(1, int(self._context.defaultParallelism))

    def examined(self, blocks: Iterator[Block], rules: Rules, shards: Shards) -> Iterator[Block]:
        """Examine blocks, and yield each when its share is stored, wave by wave.

        Raises:
            AuditError: Spark failed, or an executor can't take part.
        """
        told = pickle.dumps((hamdel.__version__, rules_settings(rules.config), pickle.dumps(rules)))
        with closing(self._waves(blocks, _examining(told))) as waves:
            for wave, rows in waves:
                by_number = {block.number: block for block, _ in wave}
                for row in rows:
                    if row["number"] < 0:
                        raise AuditError(f"an executor can't take part: {row['refused']}; {_SAME}")
                    block = by_number.pop(row["number"])
                    shards.store(block.number, Packed(row["replies"], row["findings"], row["rejected"]))
                    yield block
                if by_number:
                    raise AuditError(f"Spark gave nothing back for {len(by_number)} blocks; go on with --resume")

    def _waves(self, blocks: Iterator[Block], work: Callable[..., Any]) -> Generator[tuple[_Blocks, Any]]:
        """Send blocks out and yield them with what came back; a few waves are under way at once."""
        waiting: dict[Future[Any], _Blocks] = {}
        context = self._context  # opened here, once, and not by two threads
        pool = ThreadPoolExecutor(_WAVES, "hamdel-spark")
        try:
            for wave in self._gathered(blocks):
                waiting[pool.submit(self._examine, wave, work)] = wave
                if len(waiting) >= _WAVES:
                    yield from _finished(waiting)
            while waiting:
                yield from _finished(waiting)
        except BaseException:
            context.cancelAllJobs()
            raise
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    def _gathered(self, blocks: Iterable[Block]) -> Iterator[_Blocks]:
        """Blocks in waves, pickled: texts may hold what Arrow's can't, halves of surrogate pairs."""
        wave: _Blocks = []
        size = 0
        for block in blocks:
            data = pickle.dumps(block)
            wave.append((block, data))
            size += len(data)
            if len(wave) >= _BLOCKS * self._cores or size >= _BYTES:
                yield wave
                wave, size = [], 0
        if wave:
            yield wave

    def _examine(self, wave: _Blocks, work: Callable[..., Any]) -> list[dict[str, Any]]:
        import pyarrow as pa

        from hamdel.audit.spark_executor import EXAMINED

        first, last = wave[0][0].number, wave[-1][0].number
        table = pa.table({"block": pa.array([data for _, data in wave], pa.binary())})
        return self._run(table, work, EXAMINED, f"hamdel: blocks {first} to {last}")

    def _run(self, table: Any, work: Callable[..., Any], columns: str, name: str) -> list[dict[str, Any]]:
        """Run a job, a task for each row of a table, and return the rows that it gives.

        Raises:
            AuditError: it failed.
        """
        from pyspark.errors import PySparkException

        self._context.setJobDescription(name)
        try:
            rows: list[dict[str, Any]] = (
                self._session.createDataFrame(table).mapInArrow(work, columns).toArrow().to_pylist()
            )
        except (PySparkException, OSError, _java_error()) as error:
            raise AuditError(f"Spark failed: {reason_of(error)}; what was done is kept: go on with --resume") from error
        return rows

    def near_groups(self, texts: Sequence[str], cutoff: float, *, workers: int) -> npt.NDArray[np.int64]:
        """Do what `hamdel.archive.join.near_groups` does, with shares of the comparison on executors when that pays.

        Raises:
            AuditError: Spark failed.
        """
        if self._here or len(texts) < max(self._worth, 1):
            return near_groups(texts, cutoff, workers=workers)
        join = Join(texts, cutoff)
        links = self._links(texts, cutoff) if join.compiled else None
        return near_groups(texts, cutoff, workers=workers) if links is None else join.groups(links)

    def _links(self, texts: Sequence[str], cutoff: float) -> list[npt.NDArray[np.int64]] | None:
        """What executors found near; None when one of them has no kernel."""
        import pyarrow as pa

        from hamdel.audit.spark_executor import LINKED

        of = _SHARES * self._cores
        sent = self._context.broadcast(list(texts))
        try:
            table = pa.table({"share": pa.array(range(of), pa.int64())})
            rows = self._run(table, _linking(sent, cutoff, of), LINKED, "hamdel: near copies")
        finally:
            sent.destroy()
        if any(row["share"] < 0 for row in rows):
            return None
        return [_whole(row["rows"], row["links"], len(texts)) for row in rows]


def _finished(waiting: dict[Future[Any], _Blocks]) -> Iterator[tuple[_Blocks, Any]]:
    """Yield the waves that are done, when one is."""
    done, _ = wait(waiting, return_when=FIRST_COMPLETED)
    for one in done:
        yield waiting.pop(one), one.result()


def _whole(rows: bytes, links: bytes, count: int) -> npt.NDArray[np.int64]:
    """A share's links, of all rows."""
    every = np.arange(count)
    every[np.frombuffer(rows, np.int64)] = np.frombuffer(links, np.int64)
    return every


# What executors run begins here and not in a module of hamdel's, for there may be none: functions within functions are
# sent as they are, all others by name.


def _examining(told: bytes) -> Callable[[Iterator[Any]], Iterator[Any]]:
    version = hamdel.__version__

    def examine(batches: Iterator[Any]) -> Iterator[Any]:
        import os

        os.environ.setdefault("POLARS_MAX_THREADS", "1")  # as many processes as cores are at work already
        try:
            from hamdel.audit import spark_executor
        except ImportError as error:
            import pyarrow

            reason = f"there is no hamdel {version} with all that it needs ({error.name} is missing)"
            row = {"number": [-1], "replies": [b""], "findings": [b""], "rejected": [b""], "refused": [reason]}
            yield pyarrow.RecordBatch.from_pydict(row)
            return
        yield from spark_executor.examine(batches, told)

    return examine


def _linking(sent: Any, cutoff: float, of: int) -> Callable[[Iterator[Any]], Iterator[Any]]:
    def link(batches: Iterator[Any]) -> Iterator[Any]:
        from hamdel.audit import spark_executor

        yield from spark_executor.link(batches, sent.value, cutoff, of)

    return link


def _java_error() -> type[BaseException]:
    from py4j.protocol import Py4JError

    error: type[BaseException] = Py4JError
    return error
