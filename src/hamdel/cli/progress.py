"""How far a long run has come: one line on standard error, for people at a terminal only."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import TYPE_CHECKING, TypeVar

from hamdel.model import Lang
from hamdel.render.figures import whole

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress

__all__ = ["Bar", "Progress"]

_QUIET = 200  # a run of so many is over before anybody looks
_EVERY = 50
_FORMS = {Lang.FA: "{n} مورد …", Lang.EN: "{n} cases …"}
_ROWS = {Lang.FA: "{n} ردیف", Lang.EN: "{n} rows"}
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
    """A bar for a file that is read, with the time left; for people at a terminal only.

    Args:
        name: of the file.
        size: bytes.
        lang: of the word for rows.
    """

    def __init__(self, name: str, size: int, lang: Lang) -> None:
        self._lang = lang
        self._bar: RichProgress | None = None
        if sys.stderr is not None and sys.stderr.isatty():
            self._bar = _rich_bar()
            self._task = self._bar.add_task(name, total=size, rows="")

    def __enter__(self) -> Bar:
        if self._bar:
            self._bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._bar:
            self._bar.stop()

    def show(self, position: int, rows: int) -> None:
        """Show how far the file is read."""
        if self._bar:
            self._bar.update(self._task, completed=position, rows=_ROWS[self._lang].format(n=whole(rows, self._lang)))


def _rich_bar() -> RichProgress:
    from rich.console import Console  # here, for only a long run at a terminal needs it
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[rows]}"),
        TimeRemainingColumn(),
    )
    return Progress(*columns, console=Console(file=sys.stderr), transient=True)
