"""``hamdel archive``: its commands are in `hamdel.doors.cli.archive` and `hamdel.doors.cli.archive_care`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import typer

from hamdel.doors.cli.lazy import LazyGroup

__all__ = ["archive"]


class _Commands(LazyGroup):
    places: ClassVar[Mapping[str, str]] = {
        "import": "hamdel.doors.cli.archive:import_",
        "add": "hamdel.doors.cli.archive:add",
        "search": "hamdel.doors.cli.archive:search",
        "stats": "hamdel.doors.cli.archive:stats",
        "forget": "hamdel.doors.cli.archive_care:forget",
        "verify": "hamdel.doors.cli.archive_care:verify",
        "compact": "hamdel.doors.cli.archive_care:compact",
    }


archive = typer.Typer(
    name="archive",
    cls=_Commands,
    help="Remember what was sent, masked and on this machine only, so that no reply is a copy of an earlier one.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)
