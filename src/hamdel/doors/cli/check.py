"""``hamdel check``: one draft in, findings out."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from hamdel.doors.cli.conversation import (
    ConversationOptions,
    FailOnOption,
    FileArgument,
    PersonalOption,
    draft_name,
    is_failure,
)
from hamdel.doors.cli.exits import ExitCode
from hamdel.doors.cli.groups import grouped
from hamdel.doors.cli.options import SettingsOptions
from hamdel.doors.cli.screen import complain, open_screen, write
from hamdel.errors import InputError
from hamdel.model import Report

__all__ = ["check"]


class Format(StrEnum):
    TEXT = "text"
    JSON = "json"
    LINE = "line"


@grouped
def check(  # noqa: PLR0913 - typer reads one parameter for each option
    file: FileArgument = None,
    *,
    about: ConversationOptions,
    output: Annotated[Format, typer.Option("--format", help="For people, programs or editors.")] = Format.TEXT,
    fail_on: FailOnOption = None,
    given: SettingsOptions,
    show_all: Annotated[
        bool, typer.Option("--all", help="Show every finding, suggestions too; five graver ones by default.")
    ] = False,
    html: Annotated[bool, typer.Option("--html", help="Open the findings in the browser instead.")] = False,
    show_personal_data: PersonalOption = False,
) -> None:
    """Check one Persian draft.

    What is quoted in a draft (`>` lines, what follows «… نوشت:») is the customer's message.

    Examples: `hamdel check reply.txt --customer "سفارشم نرسیده"`, `pbpaste | hamdel check --format json`.
    """
    chosen = about.load(given, fail_on=fail_on)
    if html and output is not Format.TEXT:
        raise InputError("--html opens a page and --format writes; take one of them")
    talk = about.asked(draft_name(file))
    with about.checker(chosen) as checker:
        report = checker.check(talk.draft, **talk.about)
    if html:
        _open(report, show_all=show_all, show_personal=show_personal_data)
    else:
        _emit(report, talk.name, output, show_all=show_all, show_personal=show_personal_data)
    raise typer.Exit(ExitCode.FINDINGS if is_failure(report.worst(), chosen.fail_on) else ExitCode.CLEAN)


def _emit(report: Report, name: str, output: Format, *, show_all: bool, show_personal: bool) -> None:
    """Print the report; each renderer is imported only when it is used."""
    if output is Format.JSON:
        from hamdel.render.report import json_report

        write(json_report.render(report, show_personal=show_personal))
    elif output is Format.LINE:
        from hamdel.render.report import line

        write(line.render(report, name, show_personal=show_personal))
    else:
        from hamdel.render.report import terminal

        screen = open_screen()
        view = terminal.View(show_all, show_personal, screen.styled, screen.width)
        screen.show(terminal.render(report, view))


def _open(report: Report, *, show_all: bool, show_personal: bool) -> None:
    """Show the report in the browser; where none starts, say where the page is."""
    from hamdel.doors.cli.opened_page import open_page
    from hamdel.render.report import html, terminal

    view = terminal.View(show_all, show_personal, styled=True)
    path, opened = open_page(html.render(terminal.render(report, view), report.lang))
    if opened:
        write(f"{path}\n")
    else:
        complain(f"{path}: no browser could be started; open this page yourself")
