"""``hamdel audit``: what a team's past replies really look like."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hamdel.doors.cli.audit_engine import EngineOptions
from hamdel.doors.cli.audit_guards import interruptible, require_packages
from hamdel.doors.cli.exits import ExitCode
from hamdel.doors.cli.exported import ExportOptions
from hamdel.doors.cli.groups import grouped
from hamdel.doors.cli.options import SettingsOptions
from hamdel.doors.cli.screen import complain, open_screen
from hamdel.errors import InputError

if TYPE_CHECKING:
    from hamdel.audit.folder import Folder
    from hamdel.audit.request import Request
    from hamdel.audit.run import Order
    from hamdel.exports import Table
    from hamdel.settings.config import Config

__all__ = ["Results", "audit"]

_SAMPLE = ".jsonl"
_FOLDER = "hamdel-audit"
_SHOWN_ROLES = ("agent", "customer", "time", "channel", "message", "csat", "thread")


@dataclass(frozen=True, slots=True)
class Results:
    """What an audit is to give besides its tables; a group, see `hamdel.doors.cli.groups`."""

    compare: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="An earlier audit to compare with.", show_default=False)
    ] = None
    fail_on: Annotated[
        list[str] | None,
        typer.Option(metavar="LIMIT", help='Exit with 1 beyond it: "error>0", "respect/blame>2%".', show_default=False),
    ] = None
    sample: Annotated[int, typer.Option(min=1, help="Replies to draw for labelling, with --sample-out.")] = 100
    sample_out: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write a random sample that hamdel evaluate reads.", show_default=False),
    ] = None
    no_clusters: Annotated[
        bool, typer.Option("--no-clusters", help="Don't look for near copies, whose time grows faster than the input.")
    ] = False
    rank_agents: Annotated[
        bool, typer.Option("--rank-agents", help="Put agents with the highest rates of errors first.")
    ] = False
    agent_pages: Annotated[
        bool, typer.Option("--agent-pages", help="Write a page for each agent's own use: strengths, one thing to try.")
    ] = False

    def wishes(self) -> dict[str, Any]:
        """Return them by the names that `hamdel.audit.request.Request` has for them."""
        return {
            "compare": self.compare,
            "fail_on": self.fail_on or (),
            "sample": (self.sample_out, self.sample) if self.sample_out else None,
            "clusters": not self.no_clusters,
            "ranked": self.rank_agents,
            "agent_pages": self.agent_pages,
        }


@dataclass(frozen=True, slots=True)
class _Running:
    """How an audit runs, and what it keeps; a group, see `hamdel.doors.cli.groups`."""

    workers: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Processes; one a core by default.", show_default=False)
    ] = None
    part: Annotated[
        str | None,
        typer.Option(
            metavar="I/N", help="Examine one of N parts only; hamdel audit merge joins them.", show_default=False
        ),
    ] = None
    resume: Annotated[bool, typer.Option("--resume", help="Go on with a run that was interrupted.")] = False
    force: Annotated[bool, typer.Option("--force", help="Replace the audit in the folder.")] = False
    anonymous_agents: Annotated[
        bool, typer.Option("--anonymous-agents", help="Number agents instead of naming them.")
    ] = False
    keep_personal_data: Annotated[
        bool, typer.Option("--keep-personal-data", help="Mask nothing; the folder then needs protection.")
    ] = False


def _list_presets(wanted: bool) -> None:
    """Show the programs whose exports are known, and end."""
    if not wanted:
        return
    from hamdel.doors.told import language
    from hamdel.exports.presets import all_presets
    from hamdel.render.audit.audit_columns import presets as shown

    lang = language()
    rows = [(one.name, one.title, one.forms, *one.told(lang), one.unproven) for one in all_presets().values()]
    open_screen().show(shown(rows, lang))
    raise typer.Exit


@grouped
def audit(  # noqa: PLR0913 - each is a group of options
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE…", help="Exported replies: CSV, TSV, JSON, JSONL, XML, Parquet, XLSX, SQLite, SQL, zip, text."
        ),
    ],
    *,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="FOLDER",
            help="Where report and tables go; hamdel-audit here by default. FILE.jsonl only draws a sample.",
            show_default=False,
        ),
    ] = None,
    presets: Annotated[
        bool,
        typer.Option(
            "--presets", callback=_list_presets, is_eager=True, help="List the programs that are known, and exit."
        ),
    ] = False,
    export: ExportOptions,
    results: Results,
    running: _Running,
    engine: EngineOptions,
    given: SettingsOptions,
) -> None:
    """Audit past replies: a page for people, tables for analysts.

    Columns are guessed from the header, and the program from what it exports. Memory doesn't grow with the number of
    rows; an interrupted run goes on with --resume.
    """
    require_packages()
    request = _request(files, export, results, running, given.load())
    out = out or _folder(resume=running.resume, force=running.force)
    only_sample = out.suffix == _SAMPLE
    engine.refuse({"--workers": running.workers, f"--out FILE{_SAMPLE}": only_sample})
    with interruptible():
        from hamdel.audit.sample import refuse_labelled

        for path in filter(None, (results.sample_out, out if only_sample else None)):
            if not running.force:
                refuse_labelled(path)
        if only_sample:
            _refuse(results, f"--out must name a folder, for FILE{_SAMPLE} takes a sample only", part=running.part)
            _sample(request.order(), out, results.sample)
        elif request.part:
            _refuse(results, "give it to hamdel audit merge")
            _make_part(request, out, engine, resume=running.resume, force=running.force)
        else:
            _audit(request, out, engine, resume=running.resume, force=running.force)


def _folder(*, resume: bool, force: bool) -> Path:
    """Where an audit goes when nobody says: a folder of this name, numbered beside those of earlier audits."""
    number, path = 1, Path(_FOLDER)
    while not (resume or force) and path.exists():
        number += 1
        path = Path(f"{_FOLDER}-{number}")
    return path


def _request(files: list[Path], export: ExportOptions, results: Results, running: _Running, config: Config) -> Request:
    from hamdel.audit.request import Request  # here, for --help needs no polars

    return Request(
        files,
        export.columns(),
        config,
        keep_personal=running.keep_personal_data,
        anonymous=running.anonymous_agents,
        workers=running.workers,
        part=running.part,
        **results.wishes(),
    )


def _refuse(results: Results, hint: str, part: str | None = None) -> None:
    """Refuse options that only a whole audit can follow."""
    options = {"--compare": results.compare, "--fail-on": results.fail_on, "--sample-out": results.sample_out}
    given = [name for name, value in (options | {"--part": part}).items() if value]
    if given:
        raise InputError(f"{given[0]} goes with an audit: {hint}")


def _sample(order: Order, path: Path, size: int) -> None:
    """Draw a sample without an audit."""
    from hamdel.audit.blocks import Reader
    from hamdel.audit.sample import draw_rows, write_sample
    from hamdel.identifiers import mask_identifiers
    from hamdel.render.audit.audit_screen import sample_drawn

    shows = iter((_shows_columns(order), None))  # the input is read twice, its columns are shown once
    mask = str if order.rules.keep else mask_identifiers
    lines = list(draw_rows(lambda: Reader(order.files, order.columns, opened=next(shows)), mask, size))
    if not lines:
        raise InputError(f"{', '.join(map(str, order.files))}: no replies in it")
    write_sample(path, lines)
    open_screen().show(sample_drawn(path, len(lines), order.rules.config.lang))


def _audit(request: Request, out: Path, engine: EngineOptions, *, resume: bool, force: bool) -> None:
    from hamdel.audit.run import open_folder
    from hamdel.doors.cli.audit_report import conclude

    with engine.opened(request.config.lang) as spark:
        wishes, order = request.wishes(), replace(request.order(), engine=spark)
        if wishes.checker.note:
            complain(wishes.checker.note)
        folder, finished = open_folder(order, out, resume=resume, force=force)
        if not finished:
            _examine(order, folder)
        passed = conclude(folder, wishes, finished=finished, grouping=spark.near_groups if spark else None)
    if passed:
        raise typer.Exit(ExitCode.FINDINGS)


def _make_part(request: Request, out: Path, engine: EngineOptions, *, resume: bool, force: bool) -> None:
    from hamdel.audit.run import open_folder
    from hamdel.render.audit.audit_parts import part_done

    with engine.opened(request.config.lang) as spark:
        order = replace(request.order(), engine=spark)
        folder, _ = open_folder(order, out, resume=resume, force=force)
        _examine(order, folder)
    open_screen().show(part_done(out, str(order.part), order.rules.config.lang))


def _examine(order: Order, folder: Folder) -> None:
    """Make the tables, and show which columns were taken and how far it is."""
    from hamdel.audit.run import make_tables
    from hamdel.doors.cli.progress import Bar

    size = sum(path.stat().st_size for path in order.files)
    tables: list[Table] = []
    with Bar(order.files[0].name, size, order.rules.config.lang, log=True) as bar:
        shows = _shows_columns(order, tables)
        make_tables(order, folder, lambda done: bar.show(done.position, done.rows, done.fresh), shows)
    _show_left_out(tables, order)


def _show_left_out(tables: Iterable[Table], order: Order) -> None:
    """Show how much of the input is no reply, and why."""
    from hamdel.render.audit.audit_columns import left_out

    counts: Counter[str] = Counter()
    for table in tables:
        counts.update({str(why): count for why, count in table.left_out.items()})
    open_screen().show(left_out(counts, order.rules.config.lang))


def _shows_columns(order: Order, tables: list[Table] | None = None) -> Callable[[Path, Table], None]:
    """What shows the columns that were taken of a file, and keeps the file's table for later."""
    from hamdel.exports.columns import OPTIONS
    from hamdel.identifiers import mask_identifiers
    from hamdel.render.audit.audit_columns import columns as shown

    options = {role: OPTIONS[role] for role in _SHOWN_ROLES}

    def show(path: Path, table: Table) -> None:
        if tables is not None:
            tables.append(table)
        name = mask_identifiers(path.name) if len(order.files) > 1 else ""
        told = table.told.provenance
        open_screen().show(shown(table.shown_columns, options, order.rules.config.lang, told, name))

    return show
