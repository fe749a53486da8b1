"""``hamdel watch``: drafts are checked again whenever they are saved.

Files are looked at twice a second: that works on every system, on network drives and in containers, and needs no
dependency; a look at a few hundred files takes a millisecond or two.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hamdel.doors.cli.conversation import ConversationOptions
from hamdel.doors.cli.groups import grouped
from hamdel.doors.cli.options import SettingsOptions, SuppressionsOption, suppressions_file
from hamdel.doors.cli.screen import complain, open_screen, remark
from hamdel.errors import InputError
from hamdel.model import Lang
from hamdel.model.files import Trouble
from hamdel.render.text.bidi import isolated, ltr
from hamdel.render.text.pieces import Piece, Role

if TYPE_CHECKING:
    from hamdel.checker import About, Checker
    from hamdel.doors.cli.many.finding import Found
    from hamdel.doors.cli.many.suppressions import Suppressions

__all__ = ["changes", "watch"]

_PAUSE = 0.5  # seconds between two looks
_WATCHING = {
    Lang.FA: f"هر بار که ذخیره کنید دوباره بررسی می‌شود؛ پایان با {ltr('Ctrl-C')}",
    Lang.EN: "each save is checked again; Ctrl-C ends it",
}
_Stamp = tuple[int, int, int]


@grouped
def watch(  # noqa: PLR0913 - typer reads one parameter for each option
    files: Annotated[
        list[str], typer.Argument(metavar="FILE|FOLDER", help="Drafts, and folders with drafts.", show_default=False)
    ],
    *,
    about: ConversationOptions,
    given: SettingsOptions,
    show_all: Annotated[
        bool, typer.Option("--all", help="Show every finding, suggestions too; five graver ones by default.")
    ] = False,
    field: Annotated[
        list[str] | None,
        typer.Option("--field", metavar="NAME", help="Column or key of the texts in macros.", show_default=False),
    ] = None,
    suppressions: SuppressionsOption = None,
) -> None:
    """Check drafts, and check them again whenever they are saved; Ctrl-C ends it.

    Example: `hamdel watch reply.txt --customer "سفارشم نرسیده"`.
    """
    if "-" in files:
        raise InputError("standard input can't be watched; name a file or a folder")
    chosen = about.load(given)
    talk = about.asked(None).about
    fields = tuple(field or ())
    store = suppressions_file(suppressions, new=True)
    _suppressed(suppressions_file(suppressions))  # what is wrong with it is said before anything is checked
    if sys.stderr is not None and sys.stderr.isatty():
        remark([isolated(Piece(_WATCHING[chosen.lang], Role.QUIET))])
    with about.checker(chosen) as checker:
        for changed in changes(tuple(files), bool(fields), lambda: time.sleep(_PAUSE), store):
            _check(changed, fields, checker, talk, store, show_all=show_all)


def _suppressed(path: Path | None) -> Suppressions | None:
    """What may stay as the file has it now, for somebody may write it meanwhile.

    Raises:
        InputError: it isn't one of ours.
    """
    if path is None or not os.path.lexists(path):
        return None
    from hamdel.doors.cli.many.suppressions import Suppressions  # here, for most have none

    return Suppressions.read(path)


def _check(  # noqa: PLR0913 - as many as there are
    found: list[Found | Trouble],
    fields: tuple[str, ...],
    checker: Checker,
    talk: About,
    store: Path | None,
    *,
    show_all: bool,
) -> None:
    """Check what has changed and show it."""
    from hamdel.doors.cli.many.checking import check_files, texts_of
    from hamdel.render.files import listing
    from hamdel.render.report.terminal import View

    try:
        kept = _suppressed(store)
    except InputError as error:  # being written, perhaps; the next save shows
        complain(str(error))
        kept = None
    outcome = check_files(texts_of(found, fields), checker, talk, kept)
    screen = open_screen()
    screen.show(listing.render(outcome, checker.config.lang, View(show_all, False, screen.styled, screen.width)))
    for trouble in outcome.troubles:
        complain(trouble.message)


def changes(
    names: tuple[str, ...], macros: bool, wait: Callable[[], None], beside: Path | None = None
) -> Iterator[list[Found | Trouble]]:
    """Yield all files at first, then those that are new or were saved since the last look, without an end.

    Args:
        names: of files and folders.
        macros: whether files of macros in folders are wanted.
        wait: between two looks.
        beside: a file that says something of all of them; when it changes, all have.
    """
    from hamdel.doors.cli.many.finding import find_files

    last: dict[str, _Stamp | None] = {}
    first, said = True, None
    while True:
        before, said = said, _stamp(os.fspath(beside)) if beside else None
        if before != said:
            last = {}
        now: dict[str, _Stamp | None] = {}
        changed: list[Found | Trouble] = []
        for one in find_files(names, macros=macros):
            key = one.message if isinstance(one, Trouble) else one.name
            now[key] = None if isinstance(one, Trouble) else _stamp(one.name)
            if key not in last or last[key] != now[key]:
                changed.append(one)
        if changed or first:
            yield changed
        last, first = now, False
        wait()


def _stamp(name: str) -> _Stamp | None:
    """What changes when a file is saved, also by a new file that takes its place; None while it isn't there."""
    try:
        found = os.stat(name)  # noqa: PTH116 - a name that is none is no error here
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
