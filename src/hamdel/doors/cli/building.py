"""The first start on a machine compiles the word lists; whoever waits for it at a terminal is told so."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING

from hamdel.base.digits import persian_digits
from hamdel.model import Lang

if TYPE_CHECKING:
    from threading import Event

__all__ = ["building"]

_TOLD = {
    Lang.FA: "همدل: واژه‌نامه ساخته می‌شود؛ فقط همین بار نخست … {seconds} ثانیه",
    Lang.EN: "hamdel: building the lexicon, this first time only … {seconds} s",
}
_EVERY = 0.5  # seconds


@contextmanager
def building(lang: Lang) -> Iterator[None]:
    """Show on standard error, at a terminal only, how long it has taken so far; the line goes when it is over."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield
        return
    from threading import Event, Thread  # here, for every command imports this module

    over = Event()
    clock = Thread(target=_count, args=(lang, over), daemon=True)
    clock.start()
    try:
        yield
    finally:
        over.set()
        clock.join()


def _count(lang: Lang, over: Event) -> None:
    begun, shown = monotonic(), ""
    while True:
        shown = _line(lang, int(monotonic() - begun))
        sys.stderr.write("\r" + shown)
        sys.stderr.flush()
        if over.wait(_EVERY):
            break
    sys.stderr.write("\r" + " " * len(shown) + "\r")
    sys.stderr.flush()


def _line(lang: Lang, seconds: int) -> str:
    number = str(seconds)
    return _TOLD[lang].format(seconds=persian_digits(number) if lang is Lang.FA else number)
