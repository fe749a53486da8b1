"""``hamdel stdio``: questions and answers of another program, one JSON object a line."""

from __future__ import annotations

import logging
import signal
from types import FrameType

from hamdel.doors.cli.conversation import NoArchiveOption, PersonalOption
from hamdel.doors.cli.exits import ExitCode
from hamdel.doors.cli.logs import begin_log
from hamdel.doors.cli.options import ArchiveOption, ConfigOption, LabelsOption, LangOption, NoConfigOption, settings
from hamdel.doors.cli.pipes import take_stdin, take_stdout
from hamdel.doors.cli.screen import complain

__all__ = ["stdio"]


def stdio(  # noqa: PLR0913 - typer reads one parameter for each option
    *,
    archive: ArchiveOption = None,
    no_archive: NoArchiveOption = False,
    lang: LangOption = None,
    config: ConfigOption = None,
    no_config: NoConfigOption = False,
    show_personal_data: PersonalOption = False,
    labels: LabelsOption = None,
) -> None:
    """Answer another program over standard input and output: JSON-RPC 2.0, one object a line.

    Ends when standard input ends. src/hamdel/doors/stdio/PROTOCOL.md describes the messages.
    """
    settings(config, no_config, lang=lang)  # what is wrong with them is said before anybody waits for an answer
    from hamdel.doors.keeper import Keeper, Place
    from hamdel.doors.requests import LabelFile
    from hamdel.doors.stdio.methods import Methods
    from hamdel.doors.stdio.server import Server

    begin_log(logging.WARNING, "hamdel: %(message)s")
    signal.signal(signal.SIGTERM, _stop)
    options = (("lang", lang),) if lang else ()
    place = Place(None, config, not no_config, options, archive, no_archive)
    keeper = Keeper()
    methods = Methods(keeper, place, show_personal_data, complain, LabelFile(labels) if labels else None)
    output = take_stdout()
    try:
        Server(methods, take_stdin(), output).run()
    finally:
        keeper.close()


def _stop(_: int, __: FrameType | None) -> None:
    raise SystemExit(ExitCode.CLEAN)
