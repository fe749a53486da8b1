"""Options' values that need no conversion, kept from typer's, which imports pydantic for it.

Recent typers make a pydantic adapter for each parameter, given or not, and importing pydantic takes as long as all the
rest of ``hamdel explain``. Most parameters aren't given, and most of the others are texts or members of an enum. What
is neither goes to typer as ever, and so does everything in a typer that works otherwise.
"""

from __future__ import annotations

from enum import Enum
from typing import Any

__all__ = ["PlainValues"]


_TEXTS = list[str]


class _Plain:
    """Stands in for a parameter's conversion.

    Args:
        kind: the parameter's annotation.
        convert: makes typer's own.
    """

    def __init__(self, kind: type, convert: Any) -> None:
        self._kind = kind
        self._convert = convert

    def itself(self) -> _Plain:
        """Return this, as typer asks for it."""
        return self

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """Return a value as the command wants it; named and called as typer's own."""
        if value is None or type(value) is self._kind:
            return value
        if self._kind == _TEXTS:
            return list(value)
        if issubclass(self._kind, Enum):
            for member in self._kind:
                if member.value == value:
                    return member
        return self._convert().coerce(value, param=param, ctx=ctx)


class PlainValues:
    """For a command or a group of typer: texts, lists of them, single enums and what isn't given pass as they are."""

    def get_params(self, ctx: Any) -> list[Any]:
        """Return the parameters, ``--help`` too."""
        params: list[Any] = super().get_params(ctx)  # type: ignore[misc]  # of the class that this one is mixed into
        for param in params:
            convert, described = getattr(param, "get_runtime_param", None), getattr(param, "type_descriptor", None)
            known = "get_runtime_param" in vars(param)
            if convert and described and not known and _is_plain(param, described):
                param.get_runtime_param = _Plain(described.annotation, convert).itself
        return params


def _is_plain(param: Any, described: Any) -> bool:
    """Tell whether a parameter has one value of one type, or texts, which nothing but its type decides on."""
    several = param.nargs != 1 or getattr(param, "multiple", False)
    own = getattr(described.parameter_info, "parser", None)
    kind = described.annotation
    return not own and (kind == _TEXTS if several else isinstance(kind, type) and kind != _TEXTS)
