"""Work for other processes, in order: tasks go out in small messages, answers come back as they were sent."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import Any, TypeVar

__all__ = ["in_order", "worker_pool"]

_AHEAD = 3  # tasks for each worker that wait

_Task = TypeVar("_Task")
_Answer = TypeVar("_Answer")


@contextmanager
def worker_pool(workers: int, start: Callable[..., None] | None = None, *given: Any) -> Iterator[ProcessPoolExecutor]:
    """Start processes that end with the block, or when this one is killed; Ctrl-C is left to this one.

    Args:
        workers: how many.
        start: called once in each of them.
        given: what it is called with.
    """
    pool = ProcessPoolExecutor(
        workers, mp_context=get_context("spawn"), initializer=_begin, initargs=(os.getpid(), start, given)
    )
    try:
        yield pool
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def in_order(
    pool: ProcessPoolExecutor, workers: int, function: Callable[[_Task], _Answer], tasks: Iterable[_Task]
) -> Iterator[tuple[_Task, _Answer]]:
    """Yield each task with its answer, in the order of the tasks; only a few are taken ahead.

    Args:
        pool: as `worker_pool` gives it.
        workers: how many it has.
        function: known to the workers by its name.
        tasks: what it is called with.
    """
    waiting: deque[tuple[_Task, Future[_Answer]]] = deque()
    for task in tasks:
        waiting.append((task, pool.submit(function, task)))
        if len(waiting) >= _AHEAD * workers:
            first, answer = waiting.popleft()
            yield first, answer.result()
    while waiting:
        first, answer = waiting.popleft()
        yield first, answer.result()


def _begin(parent: int, start: Callable[..., None] | None, given: tuple[Any, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _end_with_parent(parent)
    if start:
        start(*given)


def _end_with_parent(number: int) -> None:
    """Let a worker end when its parent is killed; otherwise it would wait for tasks for ever."""
    parent = parent_process()

    def wait() -> None:
        if parent:
            parent.join()
            os._exit(1)

    Thread(target=wait, daemon=True).start()
    if os.name == "posix" and os.getppid() != number:  # it was killed before we began to watch
        os._exit(1)
