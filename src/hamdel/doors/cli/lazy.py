"""Commands that are imported when they are asked for: making all of them takes longer than showing one check's page."""

from __future__ import annotations

from collections import UserDict
from collections.abc import Mapping
from importlib import import_module
from typing import Any, ClassVar

import typer
from typer.core import TyperCommand, TyperGroup

from hamdel.doors.cli.help import Helped
from hamdel.doors.cli.plain_values import PlainValues

__all__ = ["LazyGroup"]


class LazyGroup(Helped, PlainValues, TyperGroup):
    """A group that makes a command when it is run, or when help lists it.

    Attributes:
        places: where each command is, by its name, as ``module:name`` of a function or of a `typer.Typer`.
    """

    places: ClassVar[Mapping[str, str]] = {}

    def __init__(self, *args: Any, **extra: Any) -> None:
        super().__init__(*args, **extra)
        self.commands = _Commands(self.places)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find a command, or one of two words: its first word is a command by itself."""
        pair = " ".join(args[:2])
        return super().resolve_command(ctx, [pair, *args[2:]] if pair in self.places else args)

    def list_commands(self, ctx: Any) -> list[str]:
        """Name the commands without making them."""
        return list(self.places)


class _Command(Helped, PlainValues, TyperCommand):
    """A command of its own."""


class _Commands(UserDict[str, Any]):
    """Commands by name; a place stands for one until it is asked for."""

    def __getitem__(self, name: str) -> Any:
        found = self.data[name]
        if isinstance(found, str):
            found = self.data[name] = _made(name, found)
        return found


def _made(name: str, place: str) -> Any:
    module, _, attribute = place.partition(":")
    found = getattr(import_module(module), attribute)
    if isinstance(found, typer.Typer):
        return typer.main.get_group(found)
    alone = typer.Typer(add_completion=False, rich_markup_mode=None)
    alone.command(name, cls=_Command)(found)
    return typer.main.get_command(alone)
