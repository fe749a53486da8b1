"""Options that several commands share, and the settings that they lead to."""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from hamdel.base.resources import module_names
from hamdel.base.slow_work import shown_by
from hamdel.doors.cli.bidi_terminal import Bidi, choose
from hamdel.doors.cli.building import building
from hamdel.doors.cli.completing import presets
from hamdel.doors.told import speak
from hamdel.errors import InputError
from hamdel.model import Lang
from hamdel.settings.config import Config, archive_folder, load_config

__all__ = [
    "ArchiveOption",
    "BidiOption",
    "ConfigOption",
    "DateOrder",
    "DateOrderOption",
    "Format",
    "FormatOption",
    "LabelsOption",
    "LangOption",
    "NoConfigOption",
    "PresetOption",
    "SettingsOptions",
    "SuppressionsOption",
    "TeamOption",
    "archive_folder",
    "settings",
    "suppressions_file",
]


class Format(StrEnum):
    TEXT = "text"
    JSON = "json"


class DateOrder(StrEnum):
    """Orders of day and month, as `hamdel.exports.dates` knows them; here too, for help must not import it."""

    DMY = "dmy"
    MDY = "mdy"


LangOption = Annotated[
    Lang | None,
    typer.Option("--lang", help="Language of messages; fa unless set otherwise.", show_default=False),
]
BidiOption = Annotated[
    Bidi | None,
    typer.Option(
        "--bidi",
        help="Who orders Persian on the screen; auto asks the terminal. Pipes and files get it as it is written.",
        show_default=False,
    ),
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
LabelsOption = Annotated[
    Path | None,
    typer.Option(
        "--labels", metavar="FILE", help="Where «this isn't right» is noted, as cases for evaluate.", show_default=False
    ),
]
# Their files are named, not read, for help must not import them.
_PROGRAMS = ", ".join(name.replace("_", "-") for name in module_names("exports/presets"))
PresetOption = Annotated[
    str | None,
    typer.Option(
        "--preset",
        metavar="NAME",
        help=f"The program that exported it, where it isn't recognised: {_PROGRAMS}; none for a plain table.",
        show_default=False,
        autocompletion=presets,
    ),
]
TeamOption = Annotated[
    list[str] | None,
    typer.Option(
        "--team", metavar="NAME", help="Who answers, where the export doesn't say; may be repeated.", show_default=False
    ),
]
DateOrderOption = Annotated[
    DateOrder | None,
    typer.Option("--date-order", help="Of dates such as 05/12/2024, where none of them tells.", show_default=False),
]
_SUPPRESSIONS = "hamdel-suppressions.json"
SuppressionsOption = Annotated[
    Path | None,
    typer.Option(
        "--suppressions",
        metavar="FILE",
        help=f"Findings that may stay; {_SUPPRESSIONS} here by default.",
        show_default=False,
    ),
]
NoConfigOption = Annotated[bool, typer.Option("--no-config", help="Use no settings file.")]


@dataclass(frozen=True, slots=True)
class SettingsOptions:
    """Which settings a command follows; a group, see `hamdel.doors.cli.groups`."""

    lang: LangOption = None
    config: ConfigOption = None
    no_config: NoConfigOption = False
    bidi: BidiOption = None

    def load(self, **options: Any) -> Config:
        """Load the settings, with what further options say in their place.

        Raises:
            ConfigError: a settings file or an environment variable is wrong.
        """
        choose(self.bidi)
        return settings(self.config, self.no_config, lang=self.lang, **options)


def settings(config: Path | None, no_config: bool, **options: Any) -> Config:
    """Load the settings that a command's options ask for.

    Raises:
        ConfigError: a settings file or an environment variable is wrong.
    """
    speak(options.get("lang"))  # what is wrong with a settings file is told in the language that was asked for
    chosen = load_config(config, search=not no_config, options=options)
    speak(chosen.lang)
    shown_by(partial(building, chosen.lang))
    return chosen


def suppressions_file(named: Path | None, *, new: bool = False) -> Path | None:
    """The suppressions file, if there is one or one is asked for.

    Args:
        named: the one that the option names.
        new: whether it may be written.

    Raises:
        InputError: the one that is named isn't there.
    """
    path = named or Path(_SUPPRESSIONS)
    if os.path.lexists(path) or new:
        return path
    if named:
        raise InputError(f"{path}: no such file; --suppress-all writes it")
    return None
