"""A page of help: lines in two columns, broken between words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from hamdel.base.digits import persian_digits
from hamdel.doors.cli.help import params
from hamdel.doors.cli.help.words import HelpWords
from hamdel.model import Lang
from hamdel.render.text.bidi import isolated, ltr
from hamdel.render.text.directed import Way
from hamdel.render.text.pieces import Line, Piece
from hamdel.render.text.wide import cell_width

__all__ = ["help_lines"]

_WIDEST = 100  # columns; longer lines are hard to follow
_LEAST = 24  # columns that a description needs beside a name
_NAMES = 30  # columns of the longest name that has its description beside it
_CODE = re.compile(r"`([^`]+)`")
_ALL_CODE = re.compile(r"`[^`]+`")
_RLI, _PDI = "\u2067", "\u2069"
#: Which turn a line as a whole, so that names can stand at the right.
_TURNING = (Way.TURNED, Way.BARE, Way.CELLS, Way.WORDS)

_Row = tuple[str, str]


def help_lines(command: Any, context: Any, lang: Lang, way: Way, width: int) -> list[Line]:
    """Return the help of a command.

    Args:
        command: click's, or typer's own of it.
        context: in which it is run.
        lang: of the words; names of commands, options and values are the same in both.
        way: how lines reach the screen.
        width: of the screen, in columns.
    """
    return list(_Page(command, context, lang, way, width).lines())


class _Page:
    def __init__(self, command: Any, context: Any, lang: Lang, way: Way, width: int) -> None:
        self._command = command
        self._context = context
        self._lang = lang
        self._path = _path(context)
        self._words = HelpWords(self._path, lang)
        self._turns = lang is Lang.FA and way in _TURNING
        self._width = min(width, _WIDEST) - 2
        self._params = [one for one in command.get_params(context) if not getattr(one, "hidden", False)]

    def lines(self) -> Iterator[Line]:
        yield from self._usage()
        before = ""
        for text in self._words.paragraphs(params.paragraphs(self._command.help or "")):
            if not (self._is_example(before) and self._is_example(text)):
                yield ()
            yield from self._paragraph(text)
            before = text
        for title, rows in self._sections():
            if rows:
                yield ()
                yield self._turned(self._directed(self._words.title(title)))
                yield from self._columns(rows)
        if self._command.epilog:
            yield ()
            yield from self._paragraph(self._words.epilog(self._command.epilog))

    def _usage(self) -> Iterator[Line]:
        below = ["COMMAND", "[ARGS]..."] if self._below() else []
        words = [self._context.command_path, "[OPTIONS]", *params.arguments(self._params), *below]
        yield self._turned((Piece(self._words.title("usage") + " "), Piece(ltr(" ".join(words)))))

    def _below(self) -> list[str]:
        return self._command.list_commands(self._context) if hasattr(self._command, "list_commands") else []

    def _sections(self) -> Iterator[tuple[str, list[_Row]]]:
        for title, kind in (("arguments", "argument"), ("options", "option")):
            yield title, [self._row(one) for one in self._params if one.param_type_name == kind]
        yield "commands", [(name, self._summary(name)) for name in self._below()]

    def _summary(self, name: str) -> str:
        known = self._words.summary(f"{self._path} {name}".strip())
        if known is None:
            found = self._command.get_command(self._context, name)
            known = params.paragraphs(found.help or "")[0] if found else ""
        return known

    def _row(self, param: Any) -> _Row:
        """An option or argument with its help, and what there is to say of its value."""
        said = [self._words.of(" ".join((getattr(param, "help", None) or "").split()))]
        least, most = (self._number(end) for end in params.range_of(param))
        if default := params.default_of(param, self._context):
            said.append(self._words.title("default", self._value(default)))
        if least and most:
            said.append(self._words.title("between", least, most))
        elif least or most:
            said.append(self._words.title("from" if least else "to", least or most))
        if param.required and param.param_type_name == "option":
            said.append(self._words.title("required"))
        return params.names(param), " ".join(filter(None, said))

    def _number(self, value: Any) -> str:
        text = "" if value is None else str(value)
        return persian_digits(text) if self._lang is Lang.FA else text

    def _value(self, text: str) -> str:
        return f"`{text}`" if self._lang is Lang.FA else text

    def _columns(self, rows: Sequence[_Row]) -> Iterator[Line]:
        """Names, and beside them what they mean; below them where there is no room."""
        widths = [width for name, _ in rows if (width := cell_width(name)) <= _NAMES]
        first = max(widths, default=0)
        narrow = self._width - first - 4 < _LEAST
        start = 6 if narrow else first + 4
        for name, text in rows:
            parts = self._wrapped(text, self._width - start)
            used = 2 + cell_width(name)
            if narrow or used + 2 > start:
                yield self._turned((Piece("  "), Piece(ltr(name))))
            elif parts:
                yield self._turned((Piece("  "), Piece(ltr(name)), Piece(" " * (start - used)), *parts.pop(0)))
            for part in parts:
                yield self._turned((Piece(" " * start), *part))

    def _paragraph(self, text: str) -> Iterator[Line]:
        if self._is_example(text):
            yield (Piece("    "), Piece(ltr(text[1:-1])))
            return
        for part in self._wrapped(text, self._width - 2):
            yield self._turned((Piece("  "), *part))

    def _is_example(self, text: str) -> bool:
        return self._lang is Lang.FA and bool(_ALL_CODE.fullmatch(text))

    def _turned(self, line: Line) -> Line:
        """A line that runs from right to left whatever stands in it, where the screen can do that."""
        return (Piece(_RLI), *line, Piece(_PDI)) if self._turns else line

    def _wrapped(self, text: str, room: int) -> list[Line]:
        """A text in lines of at most so many columns, none of which begins with a digit."""
        words = (_kept_whole(text) if self._lang is Lang.FA else text).split(" ") if text else []
        lines: list[list[str]] = []
        used = room  # columns of the last line
        for word in words:
            width = cell_width(word)
            if used + 1 + width <= room:
                lines[-1].append(word)
                used += 1 + width
            else:
                begun = [word]
                if word.lstrip("\u2066")[:1].isdecimal() and lines and len(lines[-1]) > 1:
                    begun.insert(0, lines[-1].pop())
                lines.append(begun)
                used = cell_width(" ".join(begun))
        return [self._directed(" ".join(line).replace("\0", " ")) for line in lines]

    def _directed(self, text: str) -> Line:
        """A part of a Persian text may hold more Latin than Persian, and is Persian still."""
        return (Piece(_RLI), Piece(text), Piece(_PDI)) if self._lang is Lang.FA else isolated(Piece(text))


def _kept_whole(text: str) -> str:
    """Code, from left to right, with a mark for its spaces, at which no line may end."""
    return _CODE.sub(lambda found: ltr(found[1].replace(" ", "\0")), text)


def _path(context: Any) -> str:
    """The names of a command below the program's."""
    found: list[str] = []
    while context.parent is not None:
        found.insert(0, context.info_name)
        context = context.parent
    return " ".join(found)
