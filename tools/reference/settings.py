"""What can be set: in hamdel.toml, in the environment, in an editor."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import fields
from enum import StrEnum

from hamdel.model import Severity
from hamdel.settings import config
from hamdel.settings.config import Config
from tools.reference.markdown import code, table

__all__ = ["page"]

#: What fields of these types hold, for people.
_HOLDS = {
    "tuple[Path, ...]": "a list of paths",
    "tuple[str, ...]": "a list of texts",
    "Path | None": "a path",
    "int | str": "a number, or a name",
    "Mapping[str, Severity | None]": code(*Severity, "off"),
}
_IN_FILE = {"enable": "[checks] enable", "disable": "[checks] disable", "severity": "[severity] …"}


def page() -> str:
    """Return a table of all settings, and the settings file that has them all."""
    _, _, block = inspect.cleandoc(config.__doc__ or "").partition("Keys::\n\n")
    whole = inspect.cleandoc(block.partition("\n\nEnvironment:")[0])
    rows = table(("key", "values", "default", "environment"), _rows())
    return f"{rows}\nAll of them, with what they mean:\n\n```toml hamdel.toml\n{whole}\n```\n"


def _rows() -> Iterator[tuple[str, str, str, str]]:
    defaults = Config()
    for field in fields(Config):
        if field.name != "source":
            name, default = field.name, getattr(defaults, field.name)
            values = [member.value for member in type(default)] if isinstance(default, StrEnum) else []
            variable = f"HAMDEL_{name.upper()}"
            yield (
                code(_IN_FILE.get(name, name)),
                code(*values) if values else _HOLDS[str(field.type)],
                code(default) if default else "",
                code(variable) if values or name == "archive" else "",
            )
