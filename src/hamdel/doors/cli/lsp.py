"""``hamdel lsp``: a language server for editors, on standard input and output."""

from __future__ import annotations

import io
import logging
import sys
from pathlib import Path
from typing import Annotated

import typer

from hamdel.doors.cli.conversation import NoArchiveOption
from hamdel.doors.cli.logs import begin_log
from hamdel.doors.cli.options import ArchiveOption, ConfigOption, LabelsOption, LangOption
from hamdel.doors.cli.pipes import take_stdin, take_stdout
from hamdel.errors import HamdelError

__all__ = ["lsp"]

#: Seconds after which the thread that checks lets the editor's messages through; Python's own 5 ms is felt.
_SWITCH = 0.001


def lsp(  # noqa: PLR0913 - typer reads one parameter for each option
    *,
    archive: ArchiveOption = None,
    no_archive: NoArchiveOption = False,
    lang: LangOption = None,
    config: ConfigOption = None,
    labels: LabelsOption = None,
    verbose: Annotated[bool, typer.Option("--verbose", help="Log what goes on, without texts, on stderr.")] = False,
    stdio: Annotated[bool, typer.Option("--stdio", hidden=True)] = False,  # many editors' clients add it
) -> None:
    """Serve an editor over standard input and output (Language Server Protocol).

    Your editor starts it; `editors/` has a ready setup for each. Needs the extra `lsp`.
    """
    try:
        from hamdel.doors.lsp.features import make_server
    except ModuleNotFoundError as error:
        name = (error.name or "").partition(".")[0]
        raise HamdelError(f"hamdel lsp needs {name}; install it with: pip install 'hamdel[lsp]'") from error
    from hamdel.doors.keeper import Keeper
    from hamdel.doors.lsp.settings import EditorSettings
    from hamdel.doors.requests import LabelFile, default_labels

    begin_log(logging.INFO if verbose else logging.ERROR, "hamdel: %(levelname)s: %(message)s")
    # pygls would log every message as a whole, and so the drafts; `hamdel.doors.lsp.protocol` names them instead.
    logging.getLogger("pygls").setLevel(logging.WARNING if verbose else logging.CRITICAL)
    settings = EditorSettings(
        (("lang", lang),) if lang else (), _absolute(config), _absolute(archive), no_archive=no_archive
    )
    sys.setswitchinterval(_SWITCH)
    output = take_stdout()
    noted = LabelFile(_absolute(labels) or default_labels())
    make_server(Keeper(defaults=True), settings, noted).start_io(io.BufferedReader(take_stdin()), output)


def _absolute(path: Path | None) -> Path | None:
    return path.absolute() if path else None
