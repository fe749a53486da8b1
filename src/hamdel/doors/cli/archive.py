"""``hamdel archive import``, ``add``, ``search`` and ``stats``."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hamdel.base.text_files import read_stdin, read_text
from hamdel.doors.cli.archive_tools import open_archive, say, seconds_of
from hamdel.doors.cli.exported import column
from hamdel.doors.cli.groups import grouped
from hamdel.doors.cli.options import (
    ArchiveOption,
    DateOrderOption,
    Format,
    FormatOption,
    PresetOption,
    SettingsOptions,
    TeamOption,
    archive_folder,
)
from hamdel.doors.cli.screen import open_screen, write
from hamdel.model import Lang

if TYPE_CHECKING:
    from hamdel.archive.importing import Imported
    from hamdel.model.history import Match

__all__ = ["add", "import_", "search", "stats"]

_AT = 85.0

CustomerId = Annotated[
    str, typer.Option("--customer-id", metavar="ID", help="Who got it; only a digest is stored.", show_default=False)
]
AgentOption = Annotated[str, typer.Option("--agent", metavar="NAME", help="Who sent it.", show_default=False)]


@grouped
def import_(  # noqa: PLR0913 - typer reads one parameter for each option
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE…", help="Exported replies: as for hamdel audit, or text, one a line."),
    ],
    *,
    place: ArchiveOption = None,
    reply: Annotated[str | None, column("the replies")] = None,
    agent: Annotated[str | None, column("the agents")] = None,
    customer: Annotated[str | None, column("the customers' ids", "--customer-id", "--customer")] = None,
    time: Annotated[str | None, column("the times")] = None,
    channel: Annotated[str | None, column("the channels")] = None,
    preset: PresetOption = None,
    team: TeamOption = None,
    date_order: DateOrderOption = None,
    given: SettingsOptions,
) -> None:
    """Add many past replies; what is there already counts once, so a stopped import can be run again.

    Columns are guessed from the header unless they are named. Times may be Jalali. Exits with 1 when a file has no row
    that can be used.
    """
    from hamdel.archive.importing import import_rows
    from hamdel.doors.cli.progress import Bar
    from hamdel.exports import Columns, open_table
    from hamdel.exports.columns import OPTIONS, ROLES
    from hamdel.render.audit.audit_columns import columns as shown
    from hamdel.render.audit.audit_columns import left_out

    chosen = given.load()
    order = date_order and date_order.value
    columns = Columns(reply, agent, customer, time, channel, preset=preset, team=tuple(team or ()), date_order=order)
    useless = False
    with open_archive(archive_folder(place, chosen), make=True, write_to=True) as past:
        for file in files:
            with open_table(file, columns) as table:
                wanted = {role: OPTIONS[role] for role in ROLES}
                open_screen().show(shown(table.shown_columns, wanted, chosen.lang, table.told.provenance))
                with Bar(file.name, table.size, chosen.lang) as bar:
                    done = import_rows(past, table, lambda done: bar.show(table.position, done.rows))
                open_screen().show(left_out({str(why): n for why, n in table.left_out.items()}, chosen.lang))
            _report(done, file, chosen.lang)
            useless = useless or (not done.rows and done.rejected > 0)
    if useless:
        raise typer.Exit(1)


def _report(done: Imported, file: Path, lang: Lang) -> None:
    """Say what became of a file's rows."""
    counts = {name: getattr(done, name) for name in ("rows", "new", "known", "courtesy", "rejected")}
    from hamdel.exports.reasons import worded
    from hamdel.identifiers import mask_identifiers

    say("imported", lang, file=file.name, **counts)
    for row in done.reasons:
        say("rejected", lang, place=row.place, reason=mask_identifiers(worded(row.reason, lang).words))
    if done.rejected > len(done.reasons):
        say("more_rejected", lang, n=done.rejected - len(done.reasons))


@grouped
def add(  # noqa: PLR0913 - typer reads one parameter for each option
    file: Annotated[str, typer.Argument(metavar="FILE|-", help="The reply that was sent.")] = "-",
    *,
    place: ArchiveOption = None,
    customer_id: CustomerId = "",
    agent: AgentOption = "",
    channel: Annotated[str, typer.Option(metavar="NAME", help="Where it was sent.", show_default=False)] = "",
    time: Annotated[
        str, typer.Option(metavar="TIME", help="When, Jalali or Gregorian; now by default.", show_default=False)
    ] = "",
    given: SettingsOptions,
) -> None:
    """Add one reply, after it was sent."""
    chosen = given.load()
    text = read_stdin() if file == "-" else read_text(file)
    seconds = seconds_of(time) if time else None
    with open_archive(archive_folder(place, chosen), make=True, write_to=True) as past:
        from hamdel.language.parts import split
        from hamdel.masking.mask import mask

        parts = split(text)
        if not mask(parts.reply):
            say("quoted" if parts.quotes_only else "courtesy", chosen.lang)
            return
        new = past.add(text, customer=customer_id, agent=agent, channel=channel, time=seconds)
    say("added" if new else "known", chosen.lang)


@grouped
def search(  # noqa: PLR0913 - typer reads one parameter for each option
    text: Annotated[str, typer.Argument(metavar="TEXT|-", help="A reply, or what begins one.")],
    *,
    place: ArchiveOption = None,
    at: Annotated[float, typer.Option(min=50, max=100, help="Least likeness in per cent.")] = _AT,
    sentences: Annotated[bool, typer.Option("--sentences", help="Search each sentence by itself.")] = False,
    limit: Annotated[int, typer.Option(min=1, help="Show as many at most.")] = 10,
    output: FormatOption = Format.TEXT,
    given: SettingsOptions,
) -> None:
    """Find earlier replies that are near copies of a text; names, numbers, dates and courtesy don't count."""
    chosen = given.load()
    raw = read_stdin() if text == "-" else text
    with open_archive(archive_folder(place, chosen)) as past:
        found = past.sentence_matches(raw, at) if sentences else past.search(raw, at)
    _emit(found[:limit], output, chosen.lang)


def _emit(found: list[Match], output: Format, lang: Lang) -> None:
    from hamdel.render import archive as render
    from hamdel.render.text.json_text import dumps

    if output is Format.JSON:
        write(dumps([render.to_dict(match) for match in found]))
    else:
        open_screen().show(render.matches(found, lang))


@grouped
def stats(
    *,
    place: ArchiveOption = None,
    output: FormatOption = Format.TEXT,
    given: SettingsOptions,
) -> None:
    """Show how many replies there are, of whom and since when, and which are sent most often."""
    from hamdel.archive.overview import statistics
    from hamdel.render import archive as render
    from hamdel.render.text.json_text import dumps

    chosen = given.load()
    with open_archive(archive_folder(place, chosen)) as past:
        counted = statistics(past)
    if output is Format.JSON:
        write(dumps({**asdict(counted), "most_used": [render.to_dict(match) for match in counted.most_used]}))
    else:
        open_screen().show(render.statistics(counted, chosen.lang))
