"""``hamdel check``: drafts in, findings out."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from hamdel.doors.cli.conversation import (
    CLIPBOARD,
    STDIN,
    Asked,
    ConversationOptions,
    FailOnOption,
    PersonalOption,
    clipboard_draft,
    draft_name,
    is_failure,
)
from hamdel.doors.cli.exits import ExitCode
from hamdel.doors.cli.groups import grouped
from hamdel.doors.cli.options import SettingsOptions, SuppressionsOption, suppressions_file
from hamdel.doors.cli.screen import complain, open_screen, say, write
from hamdel.errors import InputError
from hamdel.model import Report
from hamdel.settings.config import Config, FailOn

__all__ = ["check"]


class Format(StrEnum):
    TEXT = "text"
    JSON = "json"
    LINE = "line"
    SARIF = "sarif"
    GITHUB = "github"
    JUNIT = "junit"


_ALONE = (Format.TEXT, Format.JSON, Format.LINE)


@dataclass(frozen=True, slots=True)
class FilesOptions:
    """Which texts of many files are checked, and which of their findings may stay; a group of options."""

    field: Annotated[
        list[str] | None,
        typer.Option(
            "--field",
            metavar="NAME",
            help="Column or key of the texts in CSV, JSON and YAML; may be repeated.",
            show_default=False,
        ),
    ] = None
    suppressions: SuppressionsOption = None
    suppress_all: Annotated[
        bool, typer.Option("--suppress-all", help="Let all findings of these files stay; only new ones show then.")
    ] = False
    prune: Annotated[
        bool, typer.Option("--prune-suppressions", help="Forget suppressions that are no longer needed.")
    ] = False

    clipboard: Annotated[bool, typer.Option("--clipboard", help="Check what the clipboard holds.")] = False

    @property
    def plain(self) -> bool:
        """Whether nothing is asked for that a single draft doesn't know."""
        return not (self.field or self.suppress_all or self.prune)

    @property
    def store(self) -> Path | None:
        """The suppressions file, if there is one or one is asked for.

        Raises:
            InputError: the one that is named isn't there.
        """
        return suppressions_file(self.suppressions, new=self.suppress_all)


@grouped
def check(  # noqa: PLR0913 - typer reads one parameter for each option
    files: Annotated[
        list[str] | None,
        typer.Argument(metavar="FILE|FOLDER|-", help="Drafts; standard input by default.", show_default=False),
    ] = None,
    *,
    about: ConversationOptions,
    output: Annotated[
        Format, typer.Option("--format", help="For people, programs, editors or continuous integration.")
    ] = Format.TEXT,
    fail_on: FailOnOption = None,
    given: SettingsOptions,
    show_all: Annotated[
        bool, typer.Option("--all", help="Show every finding, suggestions too; five graver ones by default.")
    ] = False,
    html: Annotated[bool, typer.Option("--html", help="Open the findings in the browser instead.")] = False,
    show_personal_data: PersonalOption = False,
    many: FilesOptions,
) -> None:
    """Check Persian drafts: one, or all of files and folders.

    What is quoted in a draft (`>` lines, what follows «… نوشت:») is the customer's message. In folders, text,
    Markdown and .eml files are drafts, and with --field macros in CSV, JSON and YAML.

    Examples: `hamdel check reply.txt --customer "سفارشم نرسیده"`, `pbpaste | hamdel check --format json`,
    `hamdel check macros/ replies.csv --field body --format github`.
    """
    chosen = about.load(given, fail_on=fail_on)
    if html and output is not Format.TEXT:
        raise InputError("--html opens a page and --format writes; take one of them")
    names = list(files or ())
    show = _Show(output, show_all, show_personal_data, html)
    alone = output in _ALONE and many.plain and _is_one(names)
    if html and not alone:
        raise InputError("--html opens a page about one draft; name one")
    raise typer.Exit((_check_one if alone else _check_many)(names, about, chosen, show, many))


@dataclass(frozen=True, slots=True)
class _Show:
    output: Format
    show_all: bool
    show_personal: bool
    html: bool = False


def _is_one(names: list[str]) -> bool:
    return not names or (len(names) == 1 and not os.path.isdir(names[0]))  # noqa: PTH112 - no name is an error here


def _check_one(
    names: list[str], about: ConversationOptions, chosen: Config, show: _Show, many: FilesOptions
) -> ExitCode:
    """Check one draft and show its report as it is."""
    if many.clipboard:
        talk = about.asked(CLIPBOARD, clipboard_draft(names[0] if names else None))
    else:
        talk = about.asked(draft_name(names[0] if names else None))
    if talk.name.lower().endswith(".eml"):
        talk = replace(talk, draft=_mail(talk))
    kept = _Kept(many.store, talk.name if names else "")
    with about.checker(chosen) as checker:
        report = kept.without(checker.check(talk.draft, **talk.about))
    if show.html:
        _open(report, show)
    else:
        _emit(report, talk.name, show)
    kept.tell(report)
    failed = is_failure(report.worst(), chosen.fail_on) or kept.unneeded(chosen)
    return ExitCode.FINDINGS if failed else ExitCode.CLEAN


def _mail(talk: Asked) -> str:
    """The text of a mail, whose file may hold it packed."""
    from hamdel.doors.cli.many.reading import read_mail  # here, for few drafts are one

    return read_mail(talk.name).draft


class _Kept:
    """The findings of one file that may stay.

    Args:
        path: of the suppressions file; None for none.
        file: the draft's; empty for what is in none.
    """

    def __init__(self, path: Path | None, file: str) -> None:
        self._store: Any = None
        self._file = file
        if path and file not in ("", STDIN):
            from hamdel.doors.cli.many.suppressions import Suppressions  # here, for most have none

            self._store = Suppressions.read(path)

    def without(self, report: Report) -> Report:
        """Return the report without them."""
        return self._store.hide(self._file, report) if self._store else report

    def unneeded(self, chosen: Config) -> bool:
        """Tell whether some hide nothing, so that the file has to be pruned."""
        return bool(self._store and self._store.unneeded and chosen.fail_on is not FailOn.NEVER)

    def tell(self, report: Report) -> None:
        """Say on standard error how many there are."""
        if self._store:
            from hamdel.doors.cli.many.command import tell

            tell(self._store.outcome(), report.lang)


def _check_many(
    names: list[str], about: ConversationOptions, chosen: Config, show: _Show, many: FilesOptions
) -> ExitCode:
    """Check all texts of files and folders."""
    from hamdel.doors.cli.many import command  # here, for most runs are about one draft

    if STDIN in names and about.customer == STDIN:
        raise InputError("draft and customer can't both come from standard input; name a file for one")
    wanted = command.Wanted(
        names=tuple(names) if names or many.clipboard else (draft_name(None),),
        fields=tuple(many.field or ()),
        store=many.store,
        suppress_all=many.suppress_all,
        prune=many.prune,
        clipboard=clipboard_draft(names[0] if names else None) if many.clipboard else None,
        output=show.output,
        show_all=show.show_all,
        show_personal=show.show_personal,
    )
    return command.run(wanted, about, chosen)


def _emit(report: Report, name: str, show: _Show) -> None:
    """Print the report; each renderer is imported only when it is used."""
    if show.output is Format.JSON:
        from hamdel.render.report import json_report

        write(json_report.render(report, show_personal=show.show_personal))
    elif show.output is Format.LINE:
        from hamdel.render.report import line

        write(line.render(report, name, show_personal=show.show_personal))
    else:
        from hamdel.render.report import terminal

        screen = open_screen()
        view = terminal.View(show.show_all, show.show_personal, screen.styled, screen.width)
        screen.show(terminal.render(report, view))


def _open(report: Report, show: _Show) -> None:
    """Show the report in the browser; where none starts, say where the page is."""
    from hamdel.doors.cli.opened_page import open_page
    from hamdel.render.report import html, terminal

    view = terminal.View(show.show_all, show.show_personal, styled=True)
    path, opened = open_page(html.render(terminal.render(report, view), report.lang))
    if opened:
        say(str(path))
    else:
        complain(f"{path}: no browser could be started; open this page yourself")
