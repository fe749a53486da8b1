"""``hamdel improve``: a whole better draft, beside the old one, with the reasons."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer

from hamdel.doors.cli.clipboard import fill_clipboard
from hamdel.doors.cli.completing import situations
from hamdel.doors.cli.conversation import (
    CLIPBOARD,
    ClipboardOption,
    ConversationOptions,
    FileArgument,
    clipboard_draft,
    draft_name,
)
from hamdel.doors.cli.groups import grouped
from hamdel.doors.cli.options import SettingsOptions
from hamdel.doors.cli.screen import open_screen, pour, write
from hamdel.model import Improved
from hamdel.render.text.bidi import isolated, ltr
from hamdel.render.text.pieces import Piece
from hamdel.settings.config import Config

__all__ = ["improve"]


class Format(StrEnum):
    TEXT = "text"
    JSON = "json"
    DRAFT = "draft"


@grouped
def improve(  # noqa: PLR0913 - typer reads one parameter for each option
    file: FileArgument = None,
    *,
    situation: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Start from the skeleton of a situation; see --situations.",
            autocompletion=situations,
        ),
    ] = None,
    situations: Annotated[bool, typer.Option("--situations", help="List the situations and exit.")] = False,
    clipboard: ClipboardOption = False,
    about: ConversationOptions,
    output: Annotated[
        Format, typer.Option("--format", help="For people, for programs, or nothing but the better draft.")
    ] = Format.TEXT,
    given: SettingsOptions,
) -> None:
    """Rewrite a draft: its facts and order stay, what may hurt is repaired, what is missing is added.

    What only you can know stays a visible […]; fill it in before you send the text.

    Examples: `hamdel improve reply.txt --customer "سفارشم نرسیده"`,
    `hamdel improve --situation late-delivery --customer message.txt`.
    """
    chosen = about.load(given)
    if situations:
        _list(chosen)
        raise typer.Exit
    talk = about.asked(CLIPBOARD, clipboard_draft(file)) if clipboard else about.asked(_name(file, situation))
    with about.checker(chosen) as checker:
        improved = checker.improve(talk.draft, situation=situation, **talk.about)
    if clipboard:
        fill_clipboard(improved.text)
    _emit(improved, output)


def _name(file: str | None, situation: str | None) -> str | None:
    """The file to read; none is needed for a situation, unless somebody pipes a draft in.

    Raises:
        InputError: there is neither a draft nor a situation.
    """
    if file is None and situation is not None and (sys.stdin is None or sys.stdin.isatty()):
        return None
    return draft_name(file)


def _list(config: Config) -> None:
    """Print the situations with their titles."""
    from hamdel.wording.skeletons import Skeletons

    skeletons = Skeletons(config.templates)
    screen = open_screen()
    gap = Piece("\t" if screen.width is None else "  ")  # programs split at tabs
    screen.show(
        (Piece(ltr(name)), gap, *isolated(Piece(skeletons.title(name, config.lang)))) for name in skeletons.names()
    )


def _emit(improved: Improved, output: Format) -> None:
    if output is Format.DRAFT:
        pour(improved.text)
    elif output is Format.JSON:
        from hamdel.render.report.edits_json import improved_to_dict
        from hamdel.render.text.json_text import dumps

        write(dumps(improved_to_dict(improved)))
    else:
        from hamdel.render.report import improvement

        screen = open_screen()
        screen.show(improvement.render(improved, width=screen.width))
