"""Groups of options: a command sees a value, typer sees options."""

from __future__ import annotations

from dataclasses import dataclass
from inspect import signature
from typing import Annotated

import pytest
import typer
from typer.testing import CliRunner

from hamdel.doors.cli.groups import grouped

RUNNER = CliRunner()


@dataclass(frozen=True)
class Colours:
    """A group."""

    red: Annotated[int, typer.Option(min=0, help="Of the first.")] = 0
    names: Annotated[list[str] | None, typer.Option("--name")] = None
    dark: Annotated[bool, typer.Option("--dark")] = False


@grouped
def paint(
    what: Annotated[str, typer.Argument()] = "wall",
    *,
    thick: Annotated[int, typer.Option()] = 1,
    colours: Colours,
    twice: Annotated[bool, typer.Option("--twice")] = False,
) -> None:
    """Paint it."""
    typer.echo(f"{what} {thick} {colours} {twice}")


def test_options_stand_in_a_groups_place() -> None:
    assert list(signature(paint).parameters) == ["what", "thick", "red", "names", "dark", "twice"]
    assert paint.__doc__ == "Paint it."


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("", "wall 1 Colours(red=0, names=None, dark=False) False"),
        ("door --red 3 --dark --twice", "door 1 Colours(red=3, names=None, dark=True) True"),
        ("--name a --name b --thick 2", "wall 2 Colours(red=0, names=['a', 'b'], dark=False) False"),
    ],
)
def test_a_command_gets_a_group_as_one_value(arguments: str, said: str) -> None:
    app = typer.Typer()
    app.command()(paint)
    assert RUNNER.invoke(app, arguments.split()).output == f"{said}\n"


def test_what_an_option_refuses_is_refused() -> None:
    app = typer.Typer()
    app.command()(paint)
    assert RUNNER.invoke(app, ["--red", "-1"]).exit_code == 2
