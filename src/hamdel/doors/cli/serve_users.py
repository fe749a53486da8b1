"""``hamdel serve add-user``, ``remove-user`` and ``list-users``: who may use a team's server."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hamdel.doors.cli.screen import write
from hamdel.doors.http.people import Role, read_users
from hamdel.doors.http.people import add_user as add
from hamdel.doors.http.people import remove_user as remove

__all__ = ["add_user", "list_users", "remove_user"]

_Name = Annotated[str, typer.Argument(metavar="NAME", help="The user.")]
_Users = Annotated[Path, typer.Option("--users", metavar="FILE", help="The users file.", show_default=False)]


def add_user(
    name: _Name,
    users: _Users,
    role: Annotated[Role, typer.Option(help="What they may do: a lead may audit and see labels, too.")] = Role.AGENT,
    agent: Annotated[
        str, typer.Option(metavar="NAME", help="What the archive calls them; the user's name by default.")
    ] = "",
) -> None:
    """Add a user and print their token, once: only a digest of it is stored."""
    write(f"{add(users, name, role, agent)}\n")


def remove_user(name: _Name, users: _Users) -> None:
    """Remove a user; a running server takes their token no more."""
    remove(users, name)


def list_users(users: _Users) -> None:
    """List the users with their roles."""
    for name, user in read_users(users).items():
        write(f"{name}\t{user.role.value}\t{user.agent}\n")
