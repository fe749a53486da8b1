"""How much work one text may cost: doors that stay open give a bound, and long loops ask whether it is passed.

Work is counted in seconds of the processor that this thread has had, so that a busy machine makes no text too long. It
ends where a loop asks, between two things that are whole: nothing that is kept is left half done.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from hamdel.errors import TooLateError, TooLongError

__all__ = ["LONGEST", "SECONDS", "bounded", "look", "require_short", "within"]

#: Characters of a text that a door takes which stays open for others.
LONGEST = 50_000
#: Seconds of work on one text there.
SECONDS = 2.0


#: Of so many questions one looks at the clock, which some systems take a while to tell.
_EACH = 32


class _Local(threading.local):
    end: float | None = None
    asked = 0


_local = _Local()


@contextmanager
def within(seconds: float | None = None) -> Iterator[None]:
    """Bound the work that is done inside.

    Args:
        seconds: of this thread on the processor; `SECONDS` when None.
    """
    before, _local.asked = _local.end, 0
    _local.end = time.thread_time() + (SECONDS if seconds is None else seconds)
    try:
        yield
    finally:
        _local.end = before


def bounded() -> bool:
    """Tell whether the work has a bound."""
    return _local.end is not None


def look() -> None:
    """Let the work go on unless its bound is passed.

    Raises:
        TooLateError: it is.
    """
    if _local.end is None:
        return
    _local.asked += 1
    if _local.asked % _EACH == 1 and time.thread_time() > _local.end:
        raise TooLateError(f"checking this text takes more than {SECONDS:g} seconds; check it in parts")


def require_short(name: str, text: str) -> None:
    """See that a text is one that somebody may have typed.

    Args:
        name: what it is.
        text: the text.

    Raises:
        TooLongError: it is longer than `LONGEST`.
    """
    if len(text) > LONGEST:
        raise TooLongError(f"{name} has {len(text):,} characters; {LONGEST:,} are read at most: check it in parts")
