"""``hamdel audit merge``: the parts that ``hamdel audit --part`` made, as one audit."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from hamdel.doors.cli.audit import Results
from hamdel.doors.cli.audit_guards import interruptible, require_packages
from hamdel.doors.cli.exits import ExitCode
from hamdel.doors.cli.groups import grouped
from hamdel.doors.cli.options import SettingsOptions

__all__ = ["merge"]


@grouped
def merge(
    parts: Annotated[list[Path], typer.Argument(metavar="FOLDER…", help="The folders of all parts, in any order.")],
    *,
    out: Annotated[Path, typer.Option("--out", metavar="FOLDER", help="Where report and tables go; new or empty.")],
    force: Annotated[bool, typer.Option("--force", help="Replace the audit in the folder.")] = False,
    results: Results,
    given: SettingsOptions,
) -> None:
    """Make one audit of its parts.

    Tables and page are those of one run over the whole input. hamdel, its data and the settings must be the same for
    all parts, and here.
    """
    require_packages()
    with interruptible("stopped; the parts are as they were: merge them again"):
        from hamdel.audit.merge import merge_tables  # here, for --help needs no polars
        from hamdel.audit.request import Request
        from hamdel.audit.sample import refuse_labelled
        from hamdel.doors.cli.audit_report import conclude
        from hamdel.exports import Columns

        config = given.load()
        if results.sample_out and not force:
            refuse_labelled(results.sample_out)
        request = replace(Request((), Columns(), config), **results.wishes())
        wishes = request.wishes()
        if conclude(merge_tables(parts, config, out, force=force), wishes, finished=False):
            raise typer.Exit(ExitCode.FINDINGS)
