"""What takes seconds, told to whoever wants to show it: nobody, unless a door says so."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

__all__ = ["shown_by", "slow_work"]

_Teller = Callable[[], AbstractContextManager[object]]
_tellers: list[_Teller] = [nullcontext]


def shown_by(teller: _Teller) -> None:
    """Let slow work be shown, in this process and from now on.

    Args:
        teller: returns a context that is entered while it lasts.
    """
    _tellers[0] = teller


@contextmanager
def slow_work() -> Iterator[None]:
    """Show what is done in this context, and look for no unlinked objects: of a million new ones nearly all stay."""
    collects = gc.isenabled()
    gc.disable()
    try:
        with _tellers[0]():
            yield
    finally:
        if collects:
            gc.enable()
