"""What commands take, in the words of the code; typer's own words for it differ between its versions."""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from enum import Enum
from typing import Any

__all__ = ["arguments", "choices", "default_of", "names", "paragraphs", "range_of", "usage"]


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a docstring, each on one line."""
    return [" ".join(part.split()) for part in inspect.cleandoc(text).split("\n\n")]


def names(param: Any) -> str:
    """An argument or option with what it takes."""
    if param.param_type_name == "argument":
        name = str(param.metavar or param.name.upper()).strip("[]")
        values = "" if param.metavar else choices(param)
        return f"{name} {values}" if values.startswith("<") else name
    written = ", ".join(sorted(param.opts, key=len)) + "".join(f" / {name}" for name in param.secondary_opts)
    return written + ("" if param.is_flag else f" {param.metavar or choices(param)}")


def usage(param: Any) -> str:
    """An argument, as it stands in the usage line."""
    name = names(param).partition(" <")[0]
    many = "..." if param.nargs < 0 and not name.endswith("…") else ""
    return (name if param.required else f"[{name}]") + many


def arguments(params: Iterable[Any]) -> list[str]:
    """The arguments among some parameters, as they stand in the usage line."""
    return [usage(param) for param in params if param.param_type_name == "argument"]


def choices(param: Any) -> str:
    """What an option without a word for it takes: its values, or its type."""
    described = getattr(param, "type_descriptor", None)
    kind = getattr(described, "annotation", None)
    values = [member.value for member in kind] if isinstance(kind, type) and issubclass(kind, Enum) else None
    values = values or getattr(getattr(param, "type", None), "choices", None)  # as typers before 0.20 have them
    return f"<{'|'.join(values)}>" if values else "VALUE"


def default_of(param: Any, context: Any) -> str:
    """The value that is taken when none is given, where help names it; an empty text otherwise."""
    if not getattr(param, "show_default", False) or param.required:
        return ""
    value = param.get_default(context, call=False)
    if value is None or isinstance(value, bool) or callable(value):
        return ""
    return str(value.value if isinstance(value, Enum) else value)


def range_of(param: Any) -> tuple[Any, Any]:
    """The least and the greatest number that a parameter takes; None where there is none."""
    kind = getattr(param, "type", None)  # as typers before 0.20 have them
    return tuple(getattr(param, end, None) or getattr(kind, end, None) for end in ("min", "max"))  # type: ignore[return-value]
