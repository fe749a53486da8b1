"""Options that commands share, in groups: a dataclass whose fields are options, taken as one parameter."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import MISSING, fields, is_dataclass
from functools import wraps
from inspect import Parameter, Signature, signature
from typing import Any, get_type_hints

__all__ = ["grouped"]


def grouped(command: Callable[..., None]) -> Callable[..., None]:
    """Return a command as typer wants it: each parameter that is a group stands for the options in it.

    Args:
        command: a parameter whose type is a dataclass has as its value one of that class, made of the options; they
            stand in its place, in the order of the fields.
    """
    hints = get_type_hints(command, include_extras=True)
    groups: dict[str, tuple[type, list[str]]] = {}
    options: list[Parameter] = []
    for parameter in signature(command).parameters.values():
        kind = hints[parameter.name]
        if isinstance(kind, type) and is_dataclass(kind):
            found = list(_options(kind))
            groups[parameter.name] = (kind, [one.name for one in found])
            options += found
        else:
            options.append(parameter.replace(annotation=kind))

    @wraps(command)
    def alone(**values: Any) -> None:
        made = {name: kind(**{key: values.pop(key) for key in keys}) for name, (kind, keys) in groups.items()}
        command(**values, **made)

    alone.__signature__ = Signature(options)  # type: ignore[attr-defined]  # typer reads this
    alone.__annotations__ = {one.name: one.annotation for one in options}  # and this
    return alone


def _options(group: type) -> Iterator[Parameter]:
    """Yield a group's fields as parameters."""
    hints = get_type_hints(group, include_extras=True)
    for field in fields(group):
        default = Parameter.empty if field.default is MISSING else field.default
        yield Parameter(field.name, Parameter.KEYWORD_ONLY, default=default, annotation=hints[field.name])
