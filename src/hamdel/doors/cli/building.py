"""The first start on a machine compiles the word lists; whoever waits for it at a terminal sees how far it is."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from math import ceil
from time import monotonic
from typing import TYPE_CHECKING

from hamdel.base.digits import persian_digits
from hamdel.model import Lang

if TYPE_CHECKING:
    from threading import Event

    from hamdel.base.slow_work import Told

__all__ = ["building"]

_TOLD = {
    Lang.FA: "همدل: واژه‌ها آماده می‌شوند، فقط همین بار نخست {bar} {left}",
    Lang.EN: "hamdel: preparing the words, this first time only {bar} {left}",
}
_LEFT = {Lang.FA: "حدود {seconds} ثانیه", Lang.EN: "about {seconds} s"}
_EVERY = 0.25  # seconds
_EXPECTED = 5.0  # seconds, before anything is measured
_FIRST = 0.32  # the share after which the first is told
_MOST = 0.95  # of the bar, before it is over


@contextmanager
def building(lang: Lang) -> Iterator[Told | None]:
    """Show on standard error, at a terminal only, how much is done and how long the rest takes; it goes when it's over.

    Yields:
        What is to be told the share that is done.
    """
    if sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    from threading import Event, Thread  # here, for every command imports this module

    over, shares = Event(), [0.0]
    clock = Thread(target=_show, args=(lang, over, shares), daemon=True)
    clock.start()
    try:
        yield shares.append
    finally:
        over.set()
        clock.join()


def _show(lang: Lang, over: Event, shares: list[float]) -> None:
    from hamdel.doors.cli.status_line import StatusLine

    begun, shown = monotonic(), 0.0
    with StatusLine() as line:
        while True:
            elapsed = monotonic() - begun
            whole = _whole(shares[-1], elapsed)
            shown = max(shown, shares[-1], min(elapsed / whole, _MOST))  # a bar that goes back is no bar
            line.show(_line(lang, shown, whole - elapsed))
            if over.wait(_EVERY):
                break


def _whole(share: float, elapsed: float) -> float:
    """How many seconds it takes in all, as far as can be told.

    Args:
        share: that is done for sure; nothing is told of the first third.
        elapsed: seconds.
    """
    return max(elapsed / max(share, _FIRST), _EXPECTED if not share else 0.0, elapsed + 1)


def _line(lang: Lang, share: float, left: float) -> str:
    """What is shown: the bar, and the seconds that are left."""
    from hamdel.doors.cli.status_line import bar

    seconds = str(max(1, ceil(left)))
    told = _LEFT[lang].format(seconds=persian_digits(seconds) if lang is Lang.FA else seconds)
    return _TOLD[lang].format(bar=bar(share), left=told)
