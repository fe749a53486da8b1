"""``hamdel checks`` and ``hamdel explain``: what hamdel looks for, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import typer

from hamdel.checks import explained as catalogue
from hamdel.doors.cli.groups import grouped
from hamdel.doors.cli.options import Format, FormatOption, SettingsOptions
from hamdel.doors.cli.screen import open_screen, write
from hamdel.model import Severity
from hamdel.phrasebank import CheckDef, load_checks
from hamdel.render.check.check_json import to_dict
from hamdel.render.check.check_text import page, table
from hamdel.render.text.json_text import dumps
from hamdel.settings.config import validate_checks

__all__ = ["checks", "explain"]


@grouped
def checks(
    output: FormatOption = Format.TEXT,
    *,
    given: SettingsOptions,
) -> None:
    """List all checks with their severity, as your settings have it."""
    chosen = given.load()
    known = load_checks(chosen.phrasebanks, examples=False)
    validate_checks(chosen, known)
    levels = {id_: chosen.severity_of(id_, check.severity) for id_, check in known.items()}
    if output is Format.JSON:
        _write_json(known, levels)
        return
    open_screen().show(table(known.values(), levels, chosen.lang))


@grouped
def explain(
    check_id: Annotated[str, typer.Argument(metavar="ID", help="A check, such as respect/blame.")],
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
