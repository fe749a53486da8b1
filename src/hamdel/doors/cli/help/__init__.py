"""Help in the reader's language, by the same way to the screen as everything else."""

from __future__ import annotations

import sys
from typing import Any

from hamdel.doors.cli import screen
from hamdel.render.text.directed import Way, unmarked
from hamdel.render.text.pieces import plain

__all__ = ["Helped", "show"]

_IN_FILES = 80  # columns


class Helped:
    """For a command or a group of typer: what it says of itself."""

    def get_help_option(self, ctx: Any) -> Any:
        """Return the option that shows help."""
        option = super().get_help_option(ctx)  # type: ignore[misc]  # of the class that this one is mixed into
        if option is not None:
            option.callback = _shown
            option.help = "Show this message and exit."
        return option

    def get_help(self, ctx: Any) -> str:
        """Return help as plain text, for whoever asks for that."""
        from hamdel.doors.cli.help.page import help_lines  # here, for a command that is run needs no help

        return unmarked(plain(help_lines(self, ctx, screen.language(), Way.PLAIN, _IN_FILES))).rstrip("\n")


def _shown(ctx: Any, param: Any, value: bool) -> None:
    """Show a command's help and end."""
    if value and not ctx.resilient_parsing:
        show(ctx)
        ctx.exit()


def show(ctx: Any, stream: Any = None) -> None:
    """Print a command's help.

    Args:
        ctx: the command's.
        stream: standard output by default.
    """
    from hamdel.doors.cli.help.page import help_lines

    place = screen.place(stream or sys.stdout)
    lines = help_lines(ctx.command, ctx, screen.language(), place.way, place.width or _IN_FILES)
    place.show(lines)
