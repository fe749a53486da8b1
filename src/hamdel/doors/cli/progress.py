"""How far a long run has come: one line on standard error, for people at a terminal only."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from math import ceil
from time import monotonic
from types import TracebackType
from typing import TypeVar

from hamdel.base.harmless import harmless
from hamdel.doors.cli.screen import remark
from hamdel.doors.cli.status_line import StatusLine, bar
from hamdel.model import Lang
from hamdel.render.text.bidi import ltr, visible
from hamdel.render.text.figures import percent, whole
from hamdel.render.text.pieces import Piece

__all__ = ["Bar", "Progress"]

_QUIET = 200  # a run of so many is over before anybody looks
_EVERY = 50
_FORMS = {Lang.FA: "تا اینجا {n} مورد …", Lang.EN: "{n} cases …"}
_ROWS = {Lang.FA: "{n} ردیف", Lang.EN: "{n} rows"}
_RATE = {Lang.FA: "، {n} ردیف در ثانیه", Lang.EN: ", {n} rows/s"}
_LEFT = {Lang.FA: "، حدود {time} مانده", Lang.EN: ", about {time} left"}
_UNITS = {
    Lang.FA: ((3600, "{n} ساعت"), (60, "{n} دقیقه"), (1, "{n} ثانیه")),
    Lang.EN: ((3600, "{n} h"), (60, "{n} min"), (1, "{n} s")),
}
_LOG_EVERY = 30  # seconds
_SHOW_EVERY = 0.1  # seconds
_T = TypeVar("_T")


class Progress:
    """A context whose end, happy or not, clears the line."""

    def __init__(self, lang: Lang) -> None:
        self._form = _FORMS[lang]
        self._lang = lang
        self._line = StatusLine()

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._line.__exit__(kind, error, at)

    def over(self, items: Iterable[_T]) -> Iterator[_T]:
        """Yield the items, and say now and then how many there were."""
        for number, item in enumerate(items):
            if number >= _QUIET and number % _EVERY == 0:
                self._line.show(self._form.format(n=whole(number, self._lang)))
            yield item


class Bar:
    """A bar for input that is read, with the rate and the time left; a terminal shows it.

    Args:
        name: of the file.
        size: bytes.
        lang: of the words.
        log: write a plain line now and then where there is no terminal.
    """

    def __init__(self, name: str, size: int, lang: Lang, *, log: bool = False) -> None:
        self._name = harmless(name)
        self._size = size
        self._lang = lang
        self._began = self._told = monotonic()
        self._line = StatusLine()
        self._log = log and sys.stderr is not None and not self._line.seen

    def __enter__(self) -> Bar:
        self._show(0.0, 0, 0)  # the first rows may take a while
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._line.__exit__(kind, error, at)

    def show(self, position: int, rows: int, fresh: int | None = None) -> None:
        """Show how far the input is read.

        Args:
            position: bytes.
            rows: that were read.
            fresh: those of this run, when others were read before it was interrupted.
        """
        every = _SHOW_EVERY if self._line.seen else _LOG_EVERY
        if not (self._line.seen or self._log) or monotonic() - self._told < every:
            return
        self._told = monotonic()
        self._show(position / self._size if self._size else 1.0, rows, rows if fresh is None else fresh)

    def _show(self, share: float, rows: int, fresh: int) -> None:
        words = self._words(rows, fresh)
        if self._line.seen:
            left = self._left(share)
            done = f"{bar(share)} {percent(share, self._lang)}{self._comma}{words}{left}"
            self._line.show(f"{ltr(visible(self._name))}: {done}")
        elif self._log and rows:
            remark([(Piece(f"{self._name}: {percent(share, self._lang)}  {words}"),)])

    @property
    def _comma(self) -> str:
        return "، " if self._lang is Lang.FA else ", "

    def _words(self, rows: int, fresh: int) -> str:
        """The rows, and how many there are in a second."""
        words = _ROWS[self._lang].format(n=whole(rows, self._lang))
        elapsed = monotonic() - self._began
        if not fresh or elapsed < 1:
            return words
        return words + _RATE[self._lang].format(n=whole(round(fresh / elapsed), self._lang))

    def _left(self, share: float) -> str:
        """How long the rest may take; nothing in the first seconds, which tell little."""
        elapsed = monotonic() - self._began
        if elapsed < 2 or not 0 < share < 1:
            return ""
        seconds = ceil(elapsed * (1 - share) / share)
        unit, form = next(one for one in _UNITS[self._lang] if seconds >= one[0])
        return _LEFT[self._lang].format(time=form.format(n=whole(ceil(seconds / unit), self._lang)))
