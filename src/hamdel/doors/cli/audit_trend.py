"""``hamdel audit trend``: audits one after another."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hamdel.doors.cli.groups import grouped
from hamdel.doors.cli.options import SettingsOptions
from hamdel.doors.cli.screen import open_screen
from hamdel.errors import InputError

__all__ = ["trend"]


@grouped
def trend(
    folders: Annotated[list[Path], typer.Argument(metavar="FOLDER…", help="Folders of finished audits, two at least.")],
    *,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE.html", help="Draw it on a page, too.", show_default=False)
    ] = None,
    given: SettingsOptions,
) -> None:
    """Show what changed from audit to audit, and what became of what was advised.

    The audits are put into the order of their first replies.
    """
    lang = given.load().lang
    from hamdel.audit.trail import read_trail  # here, for --help needs neither it
    from hamdel.base.atomic import write_atomically
    from hamdel.render.audit.trail_page import render, shown  # nor jinja2

    trail = read_trail(folders, lang)
    if out:
        try:
            write_atomically(out, render(trail).encode("utf-8", "replace"))
        except OSError as error:
            raise InputError(f"{out}: the page can't be written: {error.strerror or error}") from error
    open_screen().show(shown(trail, out))
