"""Settings: defaults ◄ ``hamdel.toml`` or ``[tool.hamdel]`` ◄ environment ◄ options.

The nearest file wins: hamdel looks in the working directory, then in its parents. It must be the user's or root's, and
may only name paths in its own folder or the user's home; a file that is named with ``--config`` is trusted. Keys::

    audience = "consumer"            # or "business"
    channel = "chat"                 # "email", "social"
    address = "شما"                  # or "تو", for youth brands; "shoma" and "tu" mean the same
    lang = "fa"                      # "en": the language of messages
    fail_on = "warning"              # "error", "never": what makes `hamdel check` exit with 1
    phrasebanks = ["our-checks"]     # folders with more checks, relative to this file
    templates = ["our-templates"]    # folders with suggestion templates that replace hamdel's
    archive = "our-archive"          # folder of the archive of past replies; yours alone by default
    approved = ["our-macros"]        # files and folders with replies that may be sent as they are, whoever got them;
                                     # "approved" beside this file by default
    learned = "ours.json"            # what `hamdel learn` learned; "hamdel.learned.json" beside this file by default;
                                     # "off" for nothing
    allow = ["واژه"]                 # words that are never flagged
    limit = "google-play"            # where replies are cut: "app-store", "sms", …, or a number of characters

    [checks]
    enable = ["respect", "empathy"]  # only these run: ids, families or patterns such as "respect/*"
    disable = ["typography/*"]       # these don't, even when they are enabled

    [severity]
    "respect/blame" = "error"        # "warning", "suggestion", "off"

Environment: ``HAMDEL_LANG``, ``HAMDEL_AUDIENCE``, ``HAMDEL_CHANNEL``, ``HAMDEL_FAIL_ON``, ``HAMDEL_ADDRESS``,
``HAMDEL_ARCHIVE``.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from hamdel.base.files import read_regular
from hamdel.base.nearest import nearest
from hamdel.base.resources import archive_dir
from hamdel.base.toml_file import TomlFile, read_toml, shown
from hamdel.errors import ConfigError
from hamdel.model import Audience, Channel, Lang, Severity
from hamdel.settings.keys import Address, FailOn, from_environment, from_file
from hamdel.settings.trust import distrust

__all__ = ["Address", "Config", "FailOn", "archive_folder", "load_config", "no_such_check", "validate_checks"]


@dataclass(frozen=True, slots=True)
class Config:
    """What a user can set; see the module's docstring for each key.

    Attributes:
        archive: its folder; None for the default place.
        learned: the file with what the team taught; None for nothing.
        limit: characters that a reply may have, or the place that says how many; empty to go by the channel.
        severity: by check id; None switches the check off.
        source: the file that the settings come from, if any.
    """

    audience: Audience = Audience.CONSUMER
    channel: Channel = Channel.CHAT
    address: Address = Address.SHOMA
    lang: Lang = Lang.FA
    fail_on: FailOn = FailOn.WARNING
    phrasebanks: tuple[Path, ...] = ()
    templates: tuple[Path, ...] = ()
    archive: Path | None = None
    approved: tuple[Path, ...] = ()
    learned: Path | None = None
    allow: tuple[str, ...] = ()
    limit: int | str = ""
    enable: tuple[str, ...] = ()
    disable: tuple[str, ...] = ()
    severity: Mapping[str, Severity | None] = field(default_factory=dict, hash=False)
    source: Path | None = None

    def severity_of(self, check: str, default: Severity) -> Severity | None:
        """The severity to report a check with; None when it is switched off.

        Args:
            check: the check's id.
            default: the severity that the check's own file gives it.
        """
        if self.enable and not _selected(check, self.enable):
            return None
        if self.disable and _selected(check, self.disable):
            return None
        return self.severity.get(check, default)


def load_config(
    file: Path | None = None,
    *,
    search: bool = True,
    start: Path | None = None,
    env: Mapping[str, str] | None = None,
    options: Mapping[str, Any] | None = None,
) -> Config:
    """Put the settings together.

    Args:
        file: the file to use instead of searching for one.
        search: whether to look for a file when none is named.
        start: the folder to begin the search in; the working directory by default.
        env: the environment; ``os.environ`` by default.
        options: values that win over everything else; None means "not given".

    Raises:
        ConfigError: a key is unknown or a value can't be used; the message names the place and
            what is allowed. Or a file that was found is somebody else's, see `hamdel.settings.trust`.
    """
    found = _open(file) if file else _find(start or Path.cwd()) if search else None
    values = from_file(*found, named=file is not None) if found else {}
    values |= from_environment(os.environ if env is None else env)
    values |= {key: value for key, value in (options or {}).items() if value is not None}
    return Config(**values)


def archive_folder(option: Path | None, config: Config) -> Path:
    """Where the archive is: the option, else the settings, else the user's data directory."""
    return option or config.archive or archive_dir()


def validate_checks(config: Config, known: Collection[str]) -> None:
    """Make sure that every check a config names exists.

    Args:
        config: the settings.
        known: the ids of all checks.

    Raises:
        ConfigError: an id, family or pattern matches nothing; the nearest id is named.
    """
    families = sorted({check.partition("/")[0] for check in known})
    for name in (*config.enable, *config.disable, *config.severity):
        exact = name in config.severity
        if name in known if exact else any(_selected(check, (name,)) for check in known):
            continue
        place = read_toml(config.source).place_of_text(name) if config.source else "settings"
        raise ConfigError(f"{place}: {no_such_check(name, (*known, *families))}")


def no_such_check(name: str, known: Iterable[str]) -> str:
    """Say that no check is called ``name``, and which of ``known`` may be meant."""
    hint = nearest(name, list(known)) or "; `hamdel checks` lists them all"
    return f'no check is called "{name}"{hint}'


def _selected(check: str, selectors: Collection[str]) -> bool:
    """Whether one of the ids, families or patterns covers a check."""
    family = check.partition("/")[0]
    return any(selector in (check, family) or fnmatchcase(check, selector) for selector in selectors)


def _find(start: Path) -> tuple[TomlFile, tuple[str, ...]] | None:
    """The nearest settings from a folder upwards."""
    start = start.absolute()
    for folder in (start, *start.parents):
        if _is_file(own := folder / "hamdel.toml"):
            _refuse_foreign(own)
            return read_toml(own), ()
        if _is_file(shared := folder / "pyproject.toml") and (found := _find_in(shared)):
            return found
    return None


def _refuse_foreign(path: Path) -> None:
    """Follow nobody's settings but the user's.

    Raises:
        ConfigError: they are somebody else's.
    """
    reason = distrust(path)
    if reason:
        raise ConfigError(
            f"{shown(path)}: {reason}, so its settings aren't used; name it with --config if you trust it, "
            "or leave it out with --no-config"
        )


def _is_file(path: Path) -> bool:
    """Whether it is a file that we may look at; parents of the working directory may be closed to us."""
    try:
        return path.is_file()
    except OSError:
        return False


def _find_in(pyproject: Path) -> tuple[TomlFile, tuple[str, ...]] | None:
    """Our settings in a project's file, if any; a broken file of somebody else's is none of our business."""
    try:
        file = read_toml(pyproject)
    except ConfigError:
        if _is_readable_and_ours(pyproject):
            _refuse_foreign(pyproject)
            raise
        return None
    if _own_table(file) is None:
        return None
    _refuse_foreign(pyproject)
    return _in_project(file)


def _is_readable_and_ours(pyproject: Path) -> bool:
    """Whether a broken file has a line that opens our table."""
    try:
        return b"[tool.hamdel" in read_regular(pyproject)
    except OSError:
        return False


def _own_table(file: TomlFile) -> object:
    """The value of ``tool.hamdel``; None when there is none."""
    tools = file.data.get("tool")
    return tools.get("hamdel") if isinstance(tools, dict) else None


def _open(path: Path) -> tuple[TomlFile, tuple[str, ...]]:
    """A settings file and the table in it that is ours."""
    file = read_toml(path.absolute())
    return _in_project(file) if path.name == "pyproject.toml" else (file, ())


def _in_project(file: TomlFile) -> tuple[TomlFile, tuple[str, ...]]:
    """A project's file and our table in it.

    Raises:
        ConfigError: there is no such table.
    """
    if not isinstance(_own_table(file), dict):
        raise ConfigError(f"{shown(file.path)}: has no [tool.hamdel] table; add one, or name a hamdel.toml")
    return file, ("tool", "hamdel")
