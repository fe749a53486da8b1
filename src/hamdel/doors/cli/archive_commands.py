"""``hamdel archive``: its commands are in `hamdel.cli.archive` and `hamdel.cli.archive_care`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import typer

from hamdel.cli.lazy import LazyGroup

__all__ = ["archive"]


class _Commands(LazyGroup):
    places: ClassVar[Mapping[str, str]] = {
        "import": "hamdel.cli.archive:import_",
        "add": "hamdel.cli.archive:add",
        "search": "hamdel.cli.archive:search",
        "stats": "hamdel.cli.archive:stats",
        "forget": "hamdel.cli.archive_care:forget",
        "verify": "hamdel.cli.archive_care:verify",
        "compact": "hamdel.cli.archive_care:compact",
    }


archive = typer.Typer(
    name="archive",
    cls=_Commands,
    help="Remember what was sent, masked and on this machine only, so that no reply is a copy of an earlier one.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)
