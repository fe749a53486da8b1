"""What the commands of ``hamdel archive`` share: opening it, reading a date, saying what was done."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from hamdel.base.files import is_there
from hamdel.doors.cli import screen
from hamdel.errors import ArchiveError, InputError
from hamdel.model import Lang

if TYPE_CHECKING:
    from hamdel.archive.archive import Archive

__all__ = ["open_archive", "say", "seconds_of"]


def open_archive(folder: Path, *, make: bool = False, write_to: bool = False, finish: bool = True) -> Archive:
    """Open the archive; only `import` and `add` make one.

    Raises:
        ArchiveError: there is none, or it can't be opened.
    """
    from hamdel.archive.archive import Archive  # here, for it imports numpy and rapidfuzz
    from hamdel.archive.schema import RECORD

    if not make and is_there(folder) == folder.is_dir() and not is_there(folder / RECORD):
        raise ArchiveError(
            f"{folder}: no archive here; `hamdel archive import FILE` makes one, --archive names another"
        )
    return Archive(folder, write=write_to, finish=finish)


def say(what: str, lang: Lang, **values: int | str) -> None:
    from hamdel.render.archive import said

    screen.say(said(what, lang, **values))


def seconds_of(value: str) -> int:
    """Seconds since 1970.

    Raises:
        InputError: that isn't a date.
    """
    from hamdel.exports.dates import parse_time

    seconds = parse_time(value)
    if seconds is None:
        raise InputError(f'can\'t read the date "{value}"; write 1403/02/23 or 2024-05-12')
    return seconds
