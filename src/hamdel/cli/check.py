"""``hamdel check``: one draft in, findings out."""

from __future__ import annotations

import os
import re
import sys
from contextlib import AbstractContextManager, nullcontext
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hamdel.cli.exits import ExitCode
from hamdel.cli.options import ArchiveOption, ConfigOption, LangOption, NoConfigOption, archive_folder, settings
from hamdel.cli.quick_spacy import import_spacy
from hamdel.cli.screen import open_screen, write
from hamdel.config import Config, FailOn
from hamdel.errors import InputError
from hamdel.model import Audience, Channel, Report, Severity
from hamdel.reading import read_past, read_stdin, read_text

if TYPE_CHECKING:
    from hamdel.archive.archive import Archive

__all__ = ["check"]

_STDIN = "-"
_LOOKS_LIKE_PATH = re.compile(r"\S+\.(?:txt|md|text|eml|html?|csv|jsonl?|log|docx?)", re.IGNORECASE)


class Format(StrEnum):
    TEXT = "text"
    JSON = "json"
    LINE = "line"


def check(  # noqa: PLR0913 - typer reads one parameter for each option
    file: Annotated[
        str | None,
        typer.Argument(metavar="FILE|-", help="The draft; standard input by default.", show_default=False),
    ] = None,
    *,
    customer: Annotated[
        str,
        typer.Option(metavar="FILE|TEXT", help="The customer's message, or a file with it.", show_default=False),
    ] = "",
    past: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Earlier replies: .txt, one a line, or .jsonl.", show_default=False),
    ] = None,
    audience: Annotated[Audience | None, typer.Option(help="Who reads it; consumer unless set otherwise.")] = None,
    channel: Annotated[Channel | None, typer.Option(help="Where it is sent; chat unless set otherwise.")] = None,
    turn: Annotated[int | None, typer.Option(min=1, metavar="N", help="1 for the first reply, 2 … later.")] = None,
    archive: ArchiveOption = None,
    no_archive: Annotated[bool, typer.Option("--no-archive", help="Compare with no archive of past replies.")] = False,
    customer_id: Annotated[
        str, typer.Option(metavar="ID", help="The customer, as in the archive.", show_default=False)
    ] = "",
    agent: Annotated[
        str, typer.Option(metavar="NAME", help="Who answers, as in the archive.", show_default=False)
    ] = "",
    output: Annotated[Format, typer.Option("--format", help="For people, programs or editors.")] = Format.TEXT,
    lang: LangOption = None,
    fail_on: Annotated[
        FailOn | None, typer.Option(help="Least severity that exits with 1; warning unless set otherwise.")
    ] = None,
    config: ConfigOption = None,
    no_config: NoConfigOption = False,
    show_all: Annotated[
        bool, typer.Option("--all", help="Show every finding, suggestions too; five graver ones by default.")
    ] = False,
    show_personal_data: Annotated[
        bool, typer.Option("--show-personal-data", help="Don't mask card numbers, phones and the like.")
    ] = False,
) -> None:
    """Check one Persian draft.

    A draft that begins with `>` lines carries the customer's message in them.

    Examples: `hamdel check reply.txt --customer "سفارشم نرسیده"`, `pbpaste | hamdel check --format json`.
    """
    chosen = settings(config, no_config, audience=audience, channel=channel, lang=lang, fail_on=fail_on)
    name = _draft_name(file)
    message = _customer(customer, draft_from_stdin=name == _STDIN)
    earlier = read_past(past) if past else ()
    draft = read_stdin() if name == _STDIN else read_text(name)

    import_spacy()
    from hamdel.checker import Checker  # here, for it imports spaCy

    with nullcontext() if no_archive or earlier else _archive(archive, chosen) as opened:
        report = Checker(chosen, opened).check(
            draft, customer=message, past=earlier, turn=turn, customer_id=customer_id, agent=agent
        )
    _emit(report, name, output, show_all=show_all, show_personal=show_personal_data)
    raise typer.Exit(_exit_code(report, chosen.fail_on))


def _archive(option: Path | None, config: Config) -> AbstractContextManager[Archive | None]:
    """The archive to compare with, to be closed; only one that an option names must be there.

    Raises:
        ArchiveError: it isn't, or it can't be opened.
    """
    folder = archive_folder(option, config)
    if option is None and not folder.exists():
        return nullcontext()
    from hamdel.archive.archive import Archive  # here, for many have none

    return Archive(folder)


def _draft_name(file: str | None) -> str:
    """The file to read; standard input when none is named and somebody pipes something in.

    Raises:
        InputError: a person at a terminal has named no file.
    """
    if file is not None:
        return file
    if sys.stdin is not None and sys.stdin.isatty():
        raise InputError("no draft; name a file (hamdel check reply.txt) or pipe text in (… | hamdel check)")
    return _STDIN


def _customer(value: str, *, draft_from_stdin: bool) -> str:
    """The customer's message: what a file says, else the text itself.

    Raises:
        InputError: it looks like a file that isn't there, or standard input is asked for twice.
    """
    if value == _STDIN:
        if draft_from_stdin:
            raise InputError("draft and customer can't both come from standard input; name a file for one")
        return read_stdin()
    # os.path, not pathlib: a long message is no error here, just no file
    if os.path.exists(value) or _LOOKS_LIKE_PATH.fullmatch(value):  # noqa: PTH110
        return read_text(value)
    return value


def _emit(report: Report, name: str, output: Format, *, show_all: bool, show_personal: bool) -> None:
    """Print the report; each renderer is imported only when it is used."""
    if output is Format.JSON:
        from hamdel.render import json_report

        write(json_report.render(report, show_personal=show_personal))
    elif output is Format.LINE:
        from hamdel.render import line

        write(line.render(report, name, show_personal=show_personal))
    else:
        from hamdel.render import terminal

        screen = open_screen()
        view = terminal.View(show_all, show_personal, screen.styled, screen.width)
        screen.show(terminal.render(report, view))


def _exit_code(report: Report, fail_on: FailOn) -> ExitCode:
    worst = report.worst()
    if worst is None or fail_on is FailOn.NEVER:
        return ExitCode.CLEAN
    return ExitCode.FINDINGS if worst.rank <= Severity(fail_on.value).rank else ExitCode.CLEAN
