"""``hamdel serve``: the page and the API on this machine, or for a team; and who may use it."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, ClassVar

import typer

from hamdel.doors.cli.conversation import NoArchiveOption, PersonalOption
from hamdel.doors.cli.lazy import LazyGroup
from hamdel.doors.cli.logs import begin_log
from hamdel.doors.cli.options import ArchiveOption, ConfigOption, LabelsOption, LangOption, NoConfigOption, settings
from hamdel.doors.cli.screen import complain, say
from hamdel.errors import ConfigError, HamdelError

__all__ = ["serve"]

_LOOPBACK = "127.0.0.1"


class _Commands(LazyGroup):
    places: ClassVar[Mapping[str, str]] = {
        "add-user": "hamdel.doors.cli.serve_users:add_user",
        "remove-user": "hamdel.doors.cli.serve_users:remove_user",
        "list-users": "hamdel.doors.cli.serve_users:list_users",
    }


serve = typer.Typer(
    name="serve",
    cls=_Commands,
    invoke_without_command=True,
    add_completion=False,
    rich_markup_mode=None,
)


@serve.callback()
def _serve(  # noqa: PLR0913 - typer reads one parameter for each option
    context: typer.Context,
    *,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, metavar="N", help="8765, or a free one when that is taken.")
    ] = None,
    open_: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
    archive: ArchiveOption = None,
    no_archive: NoArchiveOption = False,
    labels: LabelsOption = None,
    practice: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.jsonl",
            help="Your own messages to practise on, one a line, masked on reading; hamdel's by default.",
            show_default=False,
        ),
    ] = None,
    lang: LangOption = None,
    config: ConfigOption = None,
    no_config: NoConfigOption = False,
    show_personal_data: PersonalOption = False,
    users: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A team's users; see add-user.", show_default=False)
    ] = None,
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="Listen elsewhere; needs --users.")] = _LOOPBACK,
    public_host: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="What browsers call this server behind a proxy.", show_default=False),
    ] = None,
    trusted_proxy: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Believe what this proxy says of who asks.", show_default=False)
    ] = "",
) -> None:
    """Check drafts in the browser, and over HTTP: the page, and an API that OpenAPI describes.

    Only this machine can reach it, and only with the token in the address that is printed. Needs the extra `serve`.
    With --archive, replies that are sent are remembered there.
    """
    if context.invoked_subcommand:
        return
    settings(config, no_config, lang=lang)  # what is wrong with them is said before anybody opens the page
    serving = _imported()
    _require_users(host, public_host or [], users)
    from hamdel.doors.keeper import Place
    from hamdel.doors.requests import default_labels

    begin_log(logging.WARNING, "hamdel: %(message)s")
    place = Place(None, config, not no_config, (("lang", lang),) if lang else (), archive, no_archive)
    options = serving.Options(
        place=place,
        host=host,
        port=port,
        users=users,
        public=tuple(public_host or ()),
        proxy=trusted_proxy,
        labels=labels or default_labels(),
        show_personal=show_personal_data,
        practice=practice,
    )
    serving.run(options, complain, _opening if open_ else _telling)


def _imported() -> Any:
    """The module that serves.

    Raises:
        HamdelError: the extra isn't installed.
    """
    try:
        import websockets  # noqa: F401 - uvicorn imports it, too late for a clear line

        from hamdel.doors.http import serving
    except ModuleNotFoundError as error:
        name = (error.name or "").partition(".")[0]
        raise HamdelError(f"hamdel serve needs {name}; install it with: pip install 'hamdel[serve]'") from error
    return serving


def _require_users(host: str, public: list[str], users: Path | None) -> None:
    """See that nobody else can reach a server without users.

    Raises:
        ConfigError: they could.
    """
    from hamdel.doors.http.rules import is_loopback

    if users is None and (public or not is_loopback(host)):
        what = f"--host {host}" if not is_loopback(host) else "--public-host"
        raise ConfigError(f"{what} lets others in: give each a token with --users FILE (hamdel serve add-user)")


def _telling(address: str) -> None:
    say(f"hamdel serve: {address}")


def _opening(address: str) -> None:
    import threading
    import webbrowser  # here, for few want it

    _telling(address)
    threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
