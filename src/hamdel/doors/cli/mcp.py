"""``hamdel mcp``: hamdel for assistants, over standard input and output."""

from __future__ import annotations

import logging
from typing import Any

from hamdel.doors.cli.conversation import PersonalOption
from hamdel.doors.cli.logs import begin_log
from hamdel.doors.cli.options import ArchiveOption, ConfigOption, LangOption, NoConfigOption, settings
from hamdel.doors.cli.screen import complain
from hamdel.errors import HamdelError

__all__ = ["mcp"]


def mcp(
    *,
    archive: ArchiveOption = None,
    lang: LangOption = None,
    config: ConfigOption = None,
    no_config: NoConfigOption = False,
    show_personal_data: PersonalOption = False,
) -> None:
    """Serve assistants: tools, prompts and resources of the Model Context Protocol, over standard input and output.

    Needs the extra `mcp`. Past replies are compared and searched only with --archive. docs/mcp.md has an example.
    """
    chosen = settings(config, no_config, lang=lang)
    made = _imported()
    from hamdel.doors.keeper import Keeper, Place
    from hamdel.doors.mcp.tools import Tools
    from hamdel.doors.requests import Requests

    begin_log(logging.WARNING, "hamdel: %(message)s")
    options = (("lang", lang),) if lang else ()
    keeper = Keeper()
    place = Place(None, config, not no_config, options, archive, archive is None)
    tools = Tools(Requests(keeper, place, show_personal_data, complain), chosen.lang, show_personal_data)
    try:
        made(tools, archive=archive is not None).run("stdio")
    finally:
        keeper.close()


def _imported() -> Any:
    """What makes the server.

    Raises:
        HamdelError: the extra isn't installed, or is too old.
    """
    try:
        from hamdel.doors.mcp.server import make_server
    except ImportError as error:
        if (error.name or "").startswith("hamdel"):
            raise
        raise HamdelError("hamdel mcp needs mcp 2 or later; install it with: pip install 'hamdel[mcp]'") from error
    return make_server
