"""What takes seconds, told to whoever wants to show it: nobody, unless a door says so."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

__all__ = ["Told", "nobody", "shown_by", "slow_work"]

#: Is told which share of the work is done, from 0 to 1.
Told = Callable[[float], None]
_Teller = Callable[[], AbstractContextManager[Told | None]]
_tellers: list[_Teller] = [nullcontext]


def shown_by(teller: _Teller) -> None:
    """Let slow work be shown, in this process and from now on.

    Args:
        teller: returns a context that is entered while it lasts; its value is told how far it is.
    """
    _tellers[0] = teller


@contextmanager
def slow_work() -> Iterator[Told]:
    """Show what is done in this context, and look for no unlinked objects: of a million new ones nearly all stay.

    Yields:
        What is to be told how far the work is.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        with _tellers[0]() as told:
            yield told or nobody
    finally:
        if collects:
            gc.enable()


def nobody(share: float) -> None:
    """Be told, and show nothing."""
