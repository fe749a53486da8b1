"""``hamdel browser``: what the browser extension needs on this machine."""

from __future__ import annotations

import signal
from collections.abc import Mapping
from enum import StrEnum
from types import FrameType
from typing import Annotated, ClassVar

import typer

from hamdel.doors.cli.exits import ExitCode
from hamdel.doors.cli.lazy import LazyGroup
from hamdel.doors.cli.options import ConfigOption, LangOption, NoConfigOption, settings
from hamdel.doors.cli.pipes import take_stdin, take_stdout
from hamdel.doors.cli.screen import say
from hamdel.errors import InputError
from hamdel.model import Lang

__all__ = ["browser"]


class Name(StrEnum):
    """Browsers, as `hamdel.doors.browser.places` knows them; here too, for help must not import it."""

    CHROME = "chrome"
    CHROMIUM = "chromium"
    EDGE = "edge"
    BRAVE = "brave"
    VIVALDI = "vivaldi"
    OPERA = "opera"
    FIREFOX = "firefox"


class _Commands(LazyGroup):
    places: ClassVar[Mapping[str, str]] = {
        "install": "hamdel.doors.cli.browser:install",
        "uninstall": "hamdel.doors.cli.browser:uninstall",
        "doctor": "hamdel.doors.cli.browser:doctor",
        "host": "hamdel.doors.cli.browser:host",
    }


browser = typer.Typer(
    name="browser",
    cls=_Commands,
    help="Let the browser extension reach hamdel: on this machine, without a server.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)


def install(
    *,
    browser: Annotated[
        list[Name] | None,
        typer.Option("--browser", help="Only this one, found or not; again for more.", show_default=False),
    ] = None,
    lang: LangOption = None,
    config: ConfigOption = None,
    no_config: NoConfigOption = False,
) -> None:
    """Tell the browsers that are found here how to start hamdel. What was there of it is replaced."""
    from hamdel.doors.browser import installing
    from hamdel.doors.browser.places import browsers

    chosen = settings(config, no_config, lang=lang)
    machine = installing.this_machine()
    wanted = [browsers()[name] for name in browser] if browser else installing.used(machine)
    if not wanted:
        raise InputError(_text("no_browser", chosen.lang, known=", ".join(Name)))
    for path in installing.install(machine, wanted):
        _say("written", chosen.lang, path=path)
    _say("next", chosen.lang, folder=machine.extension.as_posix())


def uninstall(*, lang: LangOption = None, config: ConfigOption = None, no_config: NoConfigOption = False) -> None:
    """Remove what install wrote, and nothing else."""
    from hamdel.doors.browser import installing

    chosen = settings(config, no_config, lang=lang)
    gone = installing.uninstall(installing.this_machine())
    for path in gone:
        _say("removed", chosen.lang, path=path)
    if not gone:
        _say("nothing", chosen.lang)


def doctor(*, lang: LangOption = None, config: ConfigOption = None, no_config: NoConfigOption = False) -> None:
    """Say what is there and how to mend what isn't; exits with 1 when something is wrong."""
    from hamdel.doors.browser.doctoring import examine
    from hamdel.doors.browser.installing import this_machine

    chosen = settings(config, no_config, lang=lang)
    wrong = False
    for remark in examine(this_machine()):
        _say(remark.key, chosen.lang, **remark.values)
        wrong = wrong or remark.wrong
    if wrong:
        raise typer.Exit(ExitCode.FINDINGS)


def host(
    caller: Annotated[list[str] | None, typer.Argument(metavar="CALLER…", show_default=False)] = None,
    *,
    config: ConfigOption = None,
    no_config: NoConfigOption = False,
) -> None:
    """What browsers start: answers hamdel's extension, and nobody else, until the browser closes the pipe."""
    from hamdel.doors.browser.callers import require_known

    require_known(caller or ())
    from hamdel.doors.browser.host import serve
    from hamdel.doors.keeper import Place
    from hamdel.doors.requests import LabelFile, default_labels

    signal.signal(signal.SIGTERM, _stop)
    output = take_stdout()
    serve(take_stdin(), output, Place(None, config, not no_config), LabelFile(default_labels()))


def _say(key: str, lang: Lang, **values: object) -> None:
    say(_text(key, lang, **values))


def _text(key: str, lang: Lang, **values: object) -> str:
    from hamdel.doors.browser.wording import said

    return said(key, lang, **values)


def _stop(_: int, __: FrameType | None) -> None:
    raise SystemExit(ExitCode.CLEAN)
