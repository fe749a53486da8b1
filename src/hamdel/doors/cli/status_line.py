"""One line at a terminal that is written over and goes again: how far something is."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from types import TracebackType

from hamdel.base.harmless import harmless
from hamdel.doors.cli import bidi_terminal
from hamdel.doors.cli.screen import Place, place
from hamdel.render.text.bidi import isolated
from hamdel.render.text.directed import directed
from hamdel.render.text.pieces import Piece, plain
from hamdel.render.text.wide import cell_width

__all__ = ["StatusLine", "bar"]

_CELLS = 20


def bar(share: float) -> str:
    """A bar that is full to a share between 0 and 1; it grows in the direction of what is around it."""
    full = round(min(max(share, 0.0), 1.0) * _CELLS)
    return "█" * full + "░" * (_CELLS - full)


class StatusLine:
    """A context whose end, happy or not, clears the line; standard error that is no terminal shows nothing."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._used = 0
        self._place: Place | None = None
        #: Whether anybody sees it.
        self.seen = sys.stderr is not None and sys.stderr.isatty()

    def __enter__(self) -> StatusLine:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._place and self._used:
            self._write(" " * self._used)
            self._write("")
        self._used = 0
        self._stack.close()

    def show(self, text: str) -> None:
        """Show a text in the place of the one before; only as much of it as fits on one line."""
        if not self.seen:
            return
        if self._place is None:
            self._place = place(sys.stderr)  # not before, for the terminal may be asked what it is
            # For all of the time: a terminal turns the line that its cursor is on.
            self._stack.enter_context(bidi_terminal.turned(self._place.way, sys.stderr))
        room = (self._place.width or 80) - 1  # the last column would begin a new line
        line = next(directed(isolated(Piece(text)), self._place.way, room), ())
        shown = plain([line]).rstrip("\n")
        used = cell_width(shown)
        self._write(shown + " " * max(0, self._used - used))
        self._used = max(self._used, used)

    def _write(self, text: str) -> None:
        sys.stderr.write("\r" + harmless(text))
        sys.stderr.flush()
