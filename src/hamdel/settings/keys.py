"""The keys of a settings file and of the environment: what they may hold, and errors that say so."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from hamdel.base.nearest import nearest
from hamdel.base.toml_file import TomlFile, shown
from hamdel.errors import ConfigError
from hamdel.model import Audience, Channel, Lang, Severity
from hamdel.model.fields import CONVERSATION
from hamdel.settings.trust import distrust, is_within_reach

__all__ = ["LEARNED", "OF_A_TALK", "Address", "FailOn", "choice_of", "from_environment", "from_file"]


class Address(StrEnum):
    """How the brand speaks to its customers: «شما» or, for youth brands, «تو»."""

    SHOMA = "shoma"
    TU = "tu"


class FailOn(StrEnum):
    """From which severity on ``hamdel check`` fails."""

    ERROR = "error"
    WARNING = "warning"
    NEVER = "never"


_CHOICES: dict[str, type[StrEnum]] = {
    "audience": Audience,
    "channel": Channel,
    "address": Address,
    "lang": Lang,
    "fail_on": FailOn,
}
#: Settings that a program may choose for its conversations.
OF_A_TALK = (*(field.name for field in CONVERSATION.values() if field.choices), "address", "lang")
_ARCHIVE = "HAMDEL_ARCHIVE"
# Values of a setting, no words to be found in texts; and settings are read before any table.
_ALIASES = {"شما": "shoma", "تو": "tu"}
_FOLDERS = ("phrasebanks", "templates")
_SELECTORS = ("enable", "disable")
_KEYS = [*_CHOICES, *_FOLDERS, "archive", "learned", "approved", "allow", "limit", "checks", "severity"]
_APPROVED = "approved"  # this folder beside the settings needn't be named
#: What a team taught; this file beside the settings needn't be named, either.
LEARNED = "hamdel.learned.json"
_LEVELS = [*Severity, "off"]


def from_file(file: TomlFile, table: tuple[str, ...], *, named: bool = True) -> dict[str, Any]:
    """Checked values from a file, by the names of Config's fields.

    Args:
        file: the settings file.
        table: where in it our settings are: ``()`` or ``("tool", "hamdel")``.
        named: whether the user named the file; one that was found may only name paths that
            `hamdel.settings.trust` allows.

    Raises:
        ConfigError: a key is unknown or a value can't be used.
    """
    data = file.data
    for part in table:
        data = data[part]
    values: dict[str, Any] = {"source": file.path}
    place = _Place(file, table, named)
    if (file.path.parent / _APPROVED).is_dir():
        values["approved"] = (_beside(place, _APPROVED),)
    if (file.path.parent / LEARNED).is_file() and not distrust(file.path.parent / LEARNED):
        values["learned"] = _beside(place, LEARNED)
    for key, value in data.items():
        values |= dict(_entry(place, key, value))
    return values


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in a file we are, to name it in errors."""

    file: TomlFile
    table: tuple[str, ...]
    named: bool

    def __truediv__(self, key: str) -> _Place:
        return _Place(self.file, (*self.table, key), self.named)

    def __str__(self) -> str:
        return self.file.place(*self.table)


def _entry(parent: _Place, key: str, value: Any) -> Iterator[tuple[str, Any]]:
    """Config fields from one top-level key."""
    place = parent / key
    if key in _CHOICES:
        yield key, _choice(f"{place}: {key}", _CHOICES[key], value)
    elif key in _FOLDERS:
        yield key, tuple(_folder(place, name) for name in _texts(place, value))
    elif key == "learned":
        yield key, _existing(place, _text(place, value)) if value != "off" else None
    elif key == "archive":
        yield key, _beside(place, _text(place, value))
    elif key == "approved":
        yield key, tuple(_existing(place, name) for name in _texts(place, value))
    elif key == "allow":
        yield key, _texts(place, value)
    elif key == "limit":
        yield key, _limit(place, value)
    elif key == "checks":
        yield from _checks(place, value)
    elif key == "severity":
        yield key, {check: _level(place / check, level) for check, level in _table(place, value).items()}
    else:
        raise _unknown(place, _KEYS)


def _checks(place: _Place, value: Any) -> Iterator[tuple[str, Any]]:
    for key, names in _table(place, value).items():
        if key not in _SELECTORS:
            raise _unknown(place / key, list(_SELECTORS))
        yield key, _texts(place / key, names)


def _unknown(place: _Place, known: list[str]) -> ConfigError:
    name = place.table[-1]
    hint = nearest(name, known) or f"; known keys are {', '.join(known)}"
    return ConfigError(f'{place}: unknown key "{name}"{hint}')


def choice_of(key: str, value: Any, place: str) -> StrEnum:
    """A checked value of ``audience``, ``channel``, ``address``, ``lang`` or ``fail_on`` that another program sends.

    Args:
        key: which of them.
        value: what was sent.
        place: what to call it in an error.

    Raises:
        ConfigError: the value isn't one of the allowed ones.
    """
    return _choice(place, _CHOICES[key], value)


def _choice(place: str, kind: type[StrEnum], value: Any) -> StrEnum:
    """A value of a closed list."""
    allowed = [member.value for member in kind]
    text = _ALIASES.get(value, value) if isinstance(value, str) and kind is Address else value
    if isinstance(text, str) and text in allowed:
        return kind(text)
    named = [*_ALIASES, *allowed] if kind is Address else allowed
    raise ConfigError(f"{place} can't be {_quoted(value)}; use one of {', '.join(named)}")


def _level(place: _Place, value: Any) -> Severity | None:
    """A severity, or None for ``"off"``."""
    if isinstance(value, str) and value in _LEVELS:
        return None if value == "off" else Severity(value)
    name = place.table[-1]
    allowed = ", ".join(_LEVELS)
    raise ConfigError(f'{place}: severity of "{name}" can\'t be {_quoted(value)}; use one of {allowed}')


def _texts(place: _Place, value: Any) -> tuple[str, ...]:
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(value)
    raise ConfigError(f'{place}: {place.table[-1]} must be a list of texts, like ["…"], not {_quoted(value)}')


def _table(place: _Place, value: Any) -> dict[str, Any]:
    if isinstance(value, dict):
        return value
    raise ConfigError(f"{place}: {place.table[-1]} must be a table, not {_quoted(value)}")


def _text(place: _Place, value: Any) -> str:
    if isinstance(value, str) and value:
        return value
    raise ConfigError(f"{place}: {place.table[-1]} must be a text, not {_quoted(value)}")


def _limit(place: _Place, value: Any) -> int | str:
    """How long a reply may be: a number of characters, or the name of a place."""
    if (isinstance(value, int) and not isinstance(value, bool) and value > 0) or (isinstance(value, str) and value):
        return value
    raise ConfigError(f'{place}: limit must be a number of characters or a place such as "sms", not {_quoted(value)}')


def _beside(place: _Place, name: str) -> Path:
    """A path, relative to the file that names it."""
    try:
        path = place.file.path.parent / Path(name).expanduser()
        if "\0" in name:
            raise ValueError("a NUL is in no name")
        near = place.named or is_within_reach(path, place.file.path)
    except (OSError, RuntimeError, ValueError) as error:  # nobody's home, a loop of links, a NUL
        raise ConfigError(f"{place}: {name!r} can't be used as a path: {error}") from None
    if near:
        return path
    raise ConfigError(
        f"{place}: {shown(path)} is neither in the folder of these settings nor in your home; "
        f"name the file with --config if you trust it"
    )


def _existing(place: _Place, name: str) -> Path:
    path = _beside(place, name)
    if not os.path.exists(path):  # noqa: PTH110 - unlike pathlib's, it doesn't raise where we may not look
        raise ConfigError(f"{place}: {place.table[-1]}: there is no {shown(path)}")
    return path


def _folder(place: _Place, name: str) -> Path:
    """A folder, relative to the file that names it."""
    path = _beside(place, name)
    if not os.path.isdir(path):  # noqa: PTH112 - the same
        raise ConfigError(f"{place}: {place.table[-1]}: {shown(path)} is not a folder")
    return path


def _quoted(value: Any) -> str:
    """A value as it may stand in an error line."""
    text = f'"{value}"' if isinstance(value, str) else str(value)
    return text if len(text) <= 40 else f"{text[:39]}…"


def from_environment(env: Mapping[str, str]) -> dict[str, Any]:
    """Values from ``HAMDEL_…`` variables; empty ones count as not set.

    Raises:
        ConfigError: a variable has a value that can't be used.
    """
    names = {key: f"HAMDEL_{key.upper()}" for key in _CHOICES}
    values: dict[str, Any] = {
        key: _choice(name, _CHOICES[key], env[name]) for key, name in names.items() if env.get(name)
    }
    if env.get(_ARCHIVE):
        values["archive"] = Path(env[_ARCHIVE]).expanduser()
    return values
