"""Questions to a person at a terminal: by number or by name, asked again when an answer can't be one."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TypeVar

from hamdel.base.digits import persian_digits
from hamdel.doors.cli.screen import complain, place, say
from hamdel.errors import InputError
from hamdel.model import Lang
from hamdel.render.text.bidi import isolated
from hamdel.render.text.pieces import Piece

__all__ = ["ask_choice", "ask_line", "ask_text", "ask_yes", "is_answered_by_somebody"]

_T = TypeVar("_T")
_TRIES = 3
_LATIN = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "0123456789" * 2)
_AGAIN = {
    Lang.FA: "یکی از شماره‌ها را بنویسید، یا فقط Enter بزنید.",
    Lang.EN: "write one of the numbers, or press Enter.",
}
_FIRST = {Lang.FA: "(Enter یعنی نخستین)", Lang.EN: "(Enter: the first)"}
_YES = {"y", "yes", "ب", "بله", "آره", "بلی"}
_YES_NO = {Lang.FA: "{question} (بله یا خیر؛ Enter یعنی خیر)", Lang.EN: "{question} (y or n; Enter is n)"}


def is_answered_by_somebody() -> bool:
    """Whether a person can read a question and answer it."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stdout is not None and sys.stdout.isatty()


def ask_choice(question: str, choices: Sequence[tuple[_T, str]], lang: Lang) -> _T:
    """Ask for one of a few; Enter takes the first.

    Args:
        question: in the language.
        choices: values, and what each is called.
        lang: of the numbers.

    Raises:
        InputError: nobody answers, or not so that it can be understood.
    """
    numbers = [persian_digits(str(n)) if lang is Lang.FA else str(n) for n in range(1, len(choices) + 1)]
    listed = [(Piece("  "), *isolated(Piece(f"{n}) {name}"))) for n, (_, name) in zip(numbers, choices, strict=True)]
    say(f"{question} {_FIRST[lang]}")
    place(sys.stdout).show(listed)
    known = {str(n): value for n, (value, _) in enumerate(choices, 1)} | {"": choices[0][0]}
    known |= {text.casefold(): value for value, name in choices for text in (str(value), name)}

    def read(answer: str) -> _T:
        try:
            return known[answer.translate(_LATIN).casefold()]
        except KeyError:
            raise InputError(_AGAIN[lang]) from None

    return _asked(read)


def ask_text(question: str, read: Callable[[str], _T]) -> _T:
    """Ask for a text that ``read`` accepts.

    Raises:
        InputError: nobody answers, or nothing that is accepted.
    """
    say(question)
    return _asked(read)


def ask_yes(question: str, lang: Lang) -> bool:
    """Ask whether to do something; whatever isn't a yes is a no.

    Raises:
        InputError: nobody answers.
    """
    say(_YES_NO[lang].format(question=question))
    return _asked(lambda answer: answer.casefold() in _YES)


def ask_line() -> str:
    """Read a line that somebody writes; an empty text when nobody does any more."""
    sys.stdout.write("> ")  # on the line of the answer, whose direction is the terminal's business
    sys.stdout.flush()
    return sys.stdin.readline()


def _asked(read: Callable[[str], _T]) -> _T:
    for left in reversed(range(_TRIES)):
        line = ask_line()
        if not line:
            raise InputError("standard input ended before all was answered; nothing was written")
        try:
            return read(line.strip())
        except InputError as error:
            if not left:
                raise
            complain(str(error))
    raise AssertionError  # the last try returns or raises
