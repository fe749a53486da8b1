"""What an editor may set, in its section ``hamdel`` or as ``initializationOptions``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from hamdel.base.nearest import nearest
from hamdel.doors.keeper import Place
from hamdel.errors import ConfigError
from hamdel.model import Severity
from hamdel.model.fields import CONVERSATION
from hamdel.settings.keys import OF_A_TALK, choice_of

__all__ = ["KEYS", "EditorSettings", "read_settings"]

_LONGEST_DELAY = 60_000
#: The texts of a conversation that an editor may set for all documents, by their names there.
_TEXTS = {CONVERSATION[name].camel: name for name in ("customer_id", "agent")}
#: Clients send their whole section; the program to start and the protocol's trace in it are their own affair.
_EDITORS_OWN = ("path", "trace")


@dataclass(frozen=True, slots=True)
class EditorSettings:
    """Settings of an editor; those of ``hamdel.toml`` that it sets too win over the file.

    Attributes:
        options: names and values of such settings.
        config: a settings file to use for all documents, in place of the nearest one.
        archive: the folder of the archive of past replies.
        no_archive: compare with no archive.
        customer_id, agent: as in the archive.
        delay: seconds without typing before a check.
        least: findings below this severity aren't shown.
    """

    options: tuple[tuple[str, Any], ...] = ()
    config: Path | None = None
    archive: Path | None = None
    no_archive: bool = False
    customer_id: str = ""
    agent: str = ""
    delay: float = 0.15
    least: Severity = Severity.SUGGESTION

    def place(self, folder: Path) -> Place:
        """Return where the settings for a document in ``folder`` come from."""
        return Place(folder, self.config, True, self.options, self.archive, self.no_archive)


def read_settings(values: object, base: EditorSettings, root: Path) -> tuple[EditorSettings, list[str]]:
    """Read what an editor sent.

    Args:
        values: what it sent: a mapping, with or without a key ``hamdel`` around it; null for nothing.
        base: what holds where nothing is said.
        root: what relative paths start from.

    Returns:
        The settings, and a line for each value that can't be used.
    """
    if isinstance(values, Mapping) and isinstance(values.get("hamdel"), Mapping):
        values = values["hamdel"]
    if not isinstance(values, Mapping):
        return base, [] if values is None else ["hamdel: settings must be an object"]
    found, problems = base, []
    for key, value in values.items():
        try:
            found = _with(found, str(key), value, root)
        except ConfigError as error:
            problems.append(str(error))
    return found, problems


def _with(settings: EditorSettings, key: str, value: Any, root: Path) -> EditorSettings:
    """The settings with one more value; null is nobody's choice."""
    if key in _EDITORS_OWN:
        return settings
    if key in OF_A_TALK:
        kept = tuple(pair for pair in settings.options if pair[0] != key)
        chosen = () if value in (None, "") else ((key, choice_of(key, value, f"hamdel.{key}")),)
        return replace(settings, options=(*kept, *chosen))
    if key not in _READERS:
        hint = nearest(key, list(KEYS)) or f"; known are {', '.join(KEYS)}"
        raise ConfigError(f'hamdel.{key}: unknown setting "{key}"{hint}')
    if value is None:
        return replace(settings, **_DEFAULTS[key])
    return replace(settings, **_READERS[key](value, root))


def _config(value: Any, root: Path) -> dict[str, Any]:
    return {"config": root / Path(_text("config", value)).expanduser() if value else None}


def _archive(value: Any, root: Path) -> dict[str, Any]:
    if value is False:
        return {"archive": None, "no_archive": True}
    if value is True or value == "":
        return {"archive": None, "no_archive": False}
    return {"archive": root / Path(_text("archive", value)).expanduser(), "no_archive": False}


def _delay(value: Any, _: Path) -> dict[str, Any]:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= _LONGEST_DELAY:
        raise ConfigError(f"hamdel.delay: must be milliseconds from 0 to {_LONGEST_DELAY}, not {value!r}")
    return {"delay": value / 1000}


def _least(value: Any, _: Path) -> dict[str, Any]:
    allowed = [severity.value for severity in Severity]
    if value not in allowed:
        raise ConfigError(f"hamdel.least: can't be {value!r}; use one of {', '.join(allowed)}")
    return {"least": Severity(value)}


def _text(key: str, value: Any) -> str:
    if isinstance(value, str):
        return value
    raise ConfigError(f"hamdel.{key}: must be a text, not {value!r}")


def _field(key: str, name: str, value: Any, _: Path) -> dict[str, Any]:
    return {name: _text(key, value)}


_READERS: dict[str, Callable[[Any, Path], dict[str, Any]]] = {
    "config": _config,
    "archive": _archive,
    **{key: partial(_field, key, name) for key, name in _TEXTS.items()},
    "delay": _delay,
    "least": _least,
}
_DEFAULTS: dict[str, dict[str, Any]] = {
    "config": {"config": None},
    "archive": {"archive": None, "no_archive": False},
    **{key: {name: ""} for key, name in _TEXTS.items()},
    "delay": {"delay": EditorSettings().delay},
    "least": {"least": EditorSettings().least},
}
#: All names of settings.
KEYS = (*OF_A_TALK, *_READERS)
