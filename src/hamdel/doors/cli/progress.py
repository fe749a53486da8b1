"""How far a long run has come: one line on standard error, for people at a terminal only."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING, TypeVar

from hamdel.base.harmless import harmless
from hamdel.model import Lang
from hamdel.render.text.figures import percent, whole

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress

__all__ = ["Bar", "Progress"]

_QUIET = 200  # a run of so many is over before anybody looks
_EVERY = 50
_FORMS = {Lang.FA: "{n} مورد …", Lang.EN: "{n} cases …"}
_ROWS = {Lang.FA: "{n} ردیف", Lang.EN: "{n} rows"}
_RATE = {Lang.FA: "، {n} ردیف در ثانیه", Lang.EN: ", {n} rows/s"}
_LOG_EVERY = 30  # seconds
_T = TypeVar("_T")


class Progress:
    """A context whose end, happy or not, clears the line."""

    def __init__(self, lang: Lang) -> None:
        self._form = _FORMS[lang]
        self._lang = lang
        self._wanted = sys.stderr is not None and sys.stderr.isatty()
        self._shown = 0

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._shown:
            self._write(" " * self._shown + "\r")

    def over(self, items: Iterable[_T]) -> Iterator[_T]:
        """Yield the items, and say now and then how many there were."""
        for number, item in enumerate(items):
            if self._wanted and number >= _QUIET and number % _EVERY == 0:
                text = self._form.format(n=whole(number, self._lang))
                self._shown = len(text)
                self._write(text + "\r")
            yield item

    def _write(self, text: str) -> None:
        sys.stderr.write(text)
        sys.stderr.flush()


class Bar:
    """A bar for input that is read, with the rate and the time left; a terminal shows it.

    Args:
        name: of the file.
        size: bytes.
        lang: of the words.
        log: write a plain line now and then where there is no terminal.
    """

    def __init__(self, name: str, size: int, lang: Lang, *, log: bool = False) -> None:
        self._name = name = harmless(name)
        self._size = size
        self._lang = lang
        self._began = self._told = monotonic()
        self._bar: RichProgress | None = None
        there = sys.stderr is not None
        self._log = log and there and not sys.stderr.isatty()
        if there and sys.stderr.isatty():
            self._bar = _rich_bar()
            self._task = self._bar.add_task(name, total=size, rows="")

    def __enter__(self) -> Bar:
        if self._bar:
            self._bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._bar:
            self._bar.stop()

    def show(self, position: int, rows: int, fresh: int | None = None) -> None:
        """Show how far the input is read.

        Args:
            position: bytes.
            rows: that were read.
            fresh: those of this run, when others were read before it was interrupted.
        """
        if self._bar:
            self._bar.update(self._task, completed=position, rows=self._words(rows, rows if fresh is None else fresh))
        elif self._log and monotonic() - self._told >= _LOG_EVERY:
            self._told = monotonic()
            done = percent(position / self._size if self._size else 1.0, self._lang)
            sys.stderr.write(f"{self._name}: {done}  {self._words(rows, rows if fresh is None else fresh)}\n")
            sys.stderr.flush()

    def _words(self, rows: int, fresh: int) -> str:
        """The rows, and how many there are in a second."""
        words = _ROWS[self._lang].format(n=whole(rows, self._lang))
        elapsed = monotonic() - self._began
        if not fresh or elapsed < 1:
            return words
        return words + _RATE[self._lang].format(n=whole(round(fresh / elapsed), self._lang))


def _rich_bar() -> RichProgress:
    from rich.console import Console  # here, for only a long run at a terminal needs it
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[rows]}"),
        TimeRemainingColumn(),
    )
    return Progress(*columns, console=Console(file=sys.stderr), transient=True)
