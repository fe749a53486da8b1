"""Where output goes: a terminal with colours, a pipe, or nowhere any more."""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TextIO

from hamdel.base.harmless import harmless
from hamdel.doors.cli import bidi_terminal
from hamdel.doors.told import language, told
from hamdel.render.text.bidi import isolated, ltr
from hamdel.render.text.directed import Way, directed
from hamdel.render.text.pieces import Line, Piece, Role, plain

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

__all__ = [
    "Place",
    "Screen",
    "complain",
    "drop_output",
    "language",
    "open_screen",
    "place",
    "pour",
    "remark",
    "say",
    "use_utf8",
    "write",
]

_STYLES = {
    Role.PLAIN: "",
    Role.ERROR: "bold red",
    Role.WARNING: "bold magenta",
    Role.SUGGESTION: "bold cyan",
    Role.GOOD: "green",
    Role.CHECK: "cyan",
    Role.HEADING: "bold",
    Role.MARK: "underline red",  # not bold: kitty draws letters of another font as a run of its own
    Role.QUIET: "dim",
}


@dataclass(frozen=True, slots=True)
class Screen:
    """Standard output as it is now.

    Attributes:
        console: rich's, when the output can show styles; None otherwise.
        width: of the terminal; None for anything else.
        way: how text from right to left reaches it.
    """

    console: Console | None = None
    width: int | None = None
    way: Way = Way.PLAIN

    @property
    def styled(self) -> bool:
        """Whether colours and underlines can be seen."""
        return self.console is not None

    def show(self, lines: Iterable[Line]) -> None:
        """Print lines, with the styles of their roles where they can be seen."""
        with bidi_terminal.turned(self.way):
            ready = (part for line in lines for part in directed(line, self.way, self.width))
            if self.console is None:
                write(plain(ready))
                return
            for line in ready:
                self.console.print(_styled(line), soft_wrap=True)
            sys.stdout.flush()


def open_screen() -> Screen:
    """Look at standard output; rich decides about colours (``NO_COLOR``, ``FORCE_COLOR``, ``TERM``)."""
    on_terminal = sys.stdout.isatty()
    if not on_terminal and not os.environ.get("FORCE_COLOR"):
        bidi_terminal.chosen()  # a wrong value is told wherever the output goes
        return Screen()
    from rich.console import Console  # here, for a pipe needs none of it

    console = Console(file=sys.stdout, highlight=False, emoji=False, markup=False)
    styled = console.is_terminal and not console.no_color and console.color_system is not None
    way = bidi_terminal.way() if on_terminal else Way.PLAIN
    return Screen(console if styled else None, console.width if on_terminal else None, way)


def _styled(line: Line) -> Text:
    from rich.text import Text

    return Text.assemble(*((harmless(piece.text), _STYLES[piece.role]) for piece in line))


def use_utf8() -> None:
    """Persian needs UTF-8 also where a Windows pipe or ``LC_ALL=C`` says otherwise."""
    for stream, errors in ((sys.stdout, "replace"), (sys.stderr, "backslashreplace")):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)


def write(text: str) -> None:
    """Print what programs read, at once, so that a closed pipe is noticed here and not when Python shuts down.

    Args:
        text: without anything that steers a terminal; sentences for people go to `say`.
    """
    sys.stdout.write(harmless(text))
    sys.stdout.flush()


def pour(text: str) -> None:
    """Print a draft, which programs get as it is.

    At a terminal it can be read; where that orders words itself it can be copied, too, for no line is broken.
    """
    if not sys.stdout.isatty():
        sys.stdout.write(text)
        sys.stdout.flush()
        return
    here = place(sys.stdout)
    if here.way in (Way.CELLS, Way.WORDS):
        here.show(isolated(Piece(line)) for line in text.splitlines())
    else:
        replace(here, width=None).show((Piece(line),) for line in text.splitlines())


def complain(message: str) -> None:
    """Say on standard error what went wrong, in one line of the reader's language; personal data in it is masked.

    Args:
        message: in English, as it was raised.
    """
    from hamdel.identifiers import mask_identifiers  # here, for hardly anybody is told of an error

    said = told(mask_identifiers(message), language())
    remark([isolated(Piece(ltr("hamdel")), Piece(f": {said}"))])


def remark(lines: Iterable[Line]) -> None:
    """Say on standard error what goes with the output but isn't part of it."""
    place(sys.stderr).show(lines)


def say(*texts: str) -> None:
    """Print sentences for people, without styles: one a line, each in the direction of its letters."""
    place(sys.stdout).show(isolated(Piece(line)) for text in texts for line in text.splitlines())


@dataclass(frozen=True, slots=True)
class Place:
    """Where lines go that need no colours; looking at it imports no rich.

    Attributes:
        stream: standard output or standard error.
        width: of the terminal; None for anything else.
        way: how text from right to left reaches it.
    """

    stream: TextIO
    width: int | None
    way: Way

    def show(self, lines: Iterable[Line]) -> None:
        """Print lines."""
        with bidi_terminal.turned(self.way, self.stream):
            ready = plain(part for line in lines for part in directed(line, self.way, self.width))
            self.stream.write(harmless(ready))
            self.stream.flush()


def place(stream: TextIO) -> Place:
    """Look at a stream.

    Raises:
        ConfigError: ``HAMDEL_BIDI`` has a value that doesn't exist, and the stream is a terminal.
    """
    if not stream.isatty():
        return Place(stream, None, Way.PLAIN)
    return Place(stream, shutil.get_terminal_size().columns, bidi_terminal.way())


def drop_output() -> None:
    """After the reader has gone: let Python's own flush at the end go nowhere."""
    with suppress(OSError, ValueError):  # standard output may be no real file
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
