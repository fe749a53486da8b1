"""``hamdel checks`` and ``hamdel explain``: what hamdel looks for, and why."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from hamdel.checks import explained as catalogue
from hamdel.doors.cli.completing import check_ids, own_check_ids
from hamdel.doors.cli.exits import ExitCode
from hamdel.doors.cli.groups import grouped
from hamdel.doors.cli.options import Format, FormatOption, SettingsOptions
from hamdel.doors.cli.screen import open_screen, write
from hamdel.errors import InputError
from hamdel.model import Severity
from hamdel.phrasebank import CheckDef, load_checks
from hamdel.render.check.check_json import to_dict
from hamdel.render.check.check_text import page, table
from hamdel.render.text.json_text import dumps
from hamdel.settings.config import Config, validate_checks

__all__ = ["checks", "explain"]


@grouped
def checks(  # noqa: PLR0913 - typer reads one parameter for each option
    test: Annotated[
        str | None,
        typer.Argument(
            metavar="[ID]", help="With --test: only this check.", show_default=False, autocompletion=own_check_ids
        ),
    ] = None,
    *,
    new: Annotated[
        str,
        typer.Option("--new", metavar="FAMILY/NAME", help="Write a check of your own to fill in.", show_default=False),
    ] = "",
    tested: Annotated[bool, typer.Option("--test", help="Try the examples of your own checks.")] = False,
    folder: Annotated[
        Path | None,
        typer.Option("--in", metavar="FOLDER", help="Your own checks; the settings' by default.", show_default=False),
    ] = None,
    output: FormatOption = Format.TEXT,
    given: SettingsOptions,
) -> None:
    """List all checks with their severity, as your settings have it; or make and test your own.

    With --test it exits with 1 when a check isn't what its examples say.
    """
    chosen = given.load()
    if new or tested:
        _own(new, test or "", chosen, folder)
        return
    if test or folder:
        raise InputError("a name and --in go with --new or --test; `hamdel explain ID` shows one check")
    known = load_checks(chosen.phrasebanks, examples=False)
    validate_checks(chosen, known)
    levels = {id_: chosen.severity_of(id_, check.severity) for id_, check in known.items()}
    if output is Format.JSON:
        _write_json(known, levels)
        return
    open_screen().show(table(known.values(), levels, chosen.lang))


def _own(new: str, only: str, config: Config, folder: Path | None) -> None:
    """Make a check, or try those that there are.

    Raises:
        Exit: a check isn't what its examples say.
    """
    from hamdel.doors.cli import own_checks  # here, for few make checks

    if new:
        own_checks.make(new, config, folder)
    elif not own_checks.test(only, config, folder):
        raise typer.Exit(ExitCode.FINDINGS)


@grouped
def explain(
    check_id: Annotated[
        str, typer.Argument(metavar="ID", help="A check, such as respect/blame.", autocompletion=check_ids)
    ],
    *,
    given: SettingsOptions,
) -> None:
    """Show one check: why it exists, its sources, examples and rewrites."""
    chosen = given.load()
    found = catalogue.explain(check_id, chosen)
    screen = open_screen()
    lines = page(
        found.check, found.level, found.sources, chosen.lang, screen.width, measured=found.measured, told=found.told
    )
    screen.show(lines)


def _write_json(known: Mapping[str, CheckDef], levels: Mapping[str, Severity | None]) -> None:
    write(dumps([to_dict(check, levels[id_]) for id_, check in known.items()]))
