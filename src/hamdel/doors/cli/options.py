"""Options that several commands share, and the settings that they lead to."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from hamdel.model import Lang
from hamdel.settings.config import Config, archive_folder, load_config

__all__ = [
    "ArchiveOption",
    "ConfigOption",
    "Format",
    "FormatOption",
    "LangOption",
    "NoConfigOption",
    "Preset",
    "archive_folder",
    "settings",
]


class Format(StrEnum):
    TEXT = "text"
    JSON = "json"


class Preset(StrEnum):
    """Programs whose exports `hamdel.exports.presets` knows; here too, for help must not import it."""

    ZENDESK = "zendesk"
    CHATWOOT = "chatwoot"
    INTERCOM = "intercom"
    FRESHDESK = "freshdesk"
    TELEGRAM = "telegram"
    GOOGLE_PLAY = "google-play"


LangOption = Annotated[
    Lang | None,
    typer.Option("--lang", help="Language of messages; fa unless set otherwise.", show_default=False),
]
ConfigOption = Annotated[
    Path | None,
    typer.Option(
        "--config",
        metavar="FILE",
        help="Settings; the nearest hamdel.toml or [tool.hamdel] by default.",
        show_default=False,
    ),
]
FormatOption = Annotated[Format, typer.Option("--format", help="For people or programs.")]
ArchiveOption = Annotated[
    Path | None,
    typer.Option(
        "--archive", metavar="FOLDER", help="The archive of past replies; yours by default.", show_default=False
    ),
]
NoConfigOption = Annotated[bool, typer.Option("--no-config", help="Use no settings file.")]


def settings(config: Path | None, no_config: bool, **options: Any) -> Config:
    """Load the settings that a command's options ask for.

    Raises:
        ConfigError: a settings file or an environment variable is wrong.
    """
    return load_config(config, search=not no_config, options=options)
