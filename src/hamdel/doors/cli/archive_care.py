"""``hamdel archive forget``, ``verify`` and ``compact``."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from hamdel.doors.cli import asking, screen
from hamdel.doors.cli.archive_tools import open_archive, say, seconds_of
from hamdel.doors.cli.groups import grouped
from hamdel.doors.cli.options import ArchiveOption, SettingsOptions, archive_folder
from hamdel.errors import InputError
from hamdel.model import Lang

__all__ = ["compact", "forget", "verify"]


@grouped
def forget(  # noqa: PLR0913 - typer reads one parameter for each option
    *,
    place: ArchiveOption = None,
    customer: Annotated[str, typer.Option(metavar="ID", help="What this customer got.", show_default=False)] = "",
    agent: Annotated[str, typer.Option(metavar="NAME", help="What this agent sent.", show_default=False)] = "",
    before: Annotated[
        str, typer.Option(metavar="DATE", help="What was sent before, Jalali or Gregorian.", show_default=False)
    ] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask.")] = False,
    given: SettingsOptions,
) -> None:
    """Remove replies for good, from all files. Of several conditions, all must hold."""
    chosen = given.load()
    if not (customer or agent or before):
        raise InputError("nothing to forget; name --customer, --agent or --before")
    seconds = seconds_of(before) if before else 0
    with open_archive(archive_folder(place, chosen), write_to=True) as past:
        count = past.writer.count(customer=customer, agent=agent, before=seconds)
        if not count:
            say("unknown", chosen.lang)
            raise typer.Exit(1)
        if not (yes or _agreed(count, chosen.lang)):
            say("kept", chosen.lang)
            return
        say("forgotten", chosen.lang, n=past.forget(customer=customer, agent=agent, before=seconds))


def _agreed(count: int, lang: Lang) -> bool:
    from hamdel.render.archive import said

    if sys.stdin is None or not sys.stdin.isatty():
        raise InputError(f"this removes {count} replies for good; say --yes if you are sure")
    return asking.ask_yes(said("forget", lang, n=count), lang)


@grouped
def verify(
    *,
    place: ArchiveOption = None,
    given: SettingsOptions,
) -> None:
    """Read the whole archive and say what is damaged; exits with 1 when something is."""
    from hamdel.archive.overview import problems

    chosen = given.load()
    with open_archive(archive_folder(place, chosen), finish=False) as past:
        found = list(problems(past.record))
    screen.say(*found)
    if found:
        raise typer.Exit(1)
    say("sound", chosen.lang)


@grouped
def compact(
    *,
    place: ArchiveOption = None,
    given: SettingsOptions,
) -> None:
    """Make search files anew and give unused space back."""
    chosen = given.load()
    with open_archive(archive_folder(place, chosen), write_to=True) as past:
        past.compact()
    say("compacted", chosen.lang)
