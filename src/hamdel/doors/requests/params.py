"""Parameters by name: what each may hold, as JSON Schema says it and as it is read."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from hamdel.deadline import LONGEST
from hamdel.doors.requests.errors import refused
from hamdel.model.fields import CONVERSATION, Field, Holds
from hamdel.toml_file import nearest

__all__ = ["Param", "Taken", "boolean", "choice", "conversation", "number", "path", "record", "take", "text", "texts"]

Taken = dict[str, Any]
_MOST_TURNS = 2**31


@dataclass(frozen=True, slots=True)
class Param:
    """One parameter of a method.

    Attributes:
        name: its name.
        schema: its values, in JSON Schema 2020-12.
        read: makes a value of what JSON had; raises `TypeError` for what it can't be.
        fa, en: what must be given, as «باید … باشد» and "must be …" say it.
        needed: whether it must be given.
    """

    name: str
    schema: Mapping[str, Any]
    read: Callable[[Any], Any]
    fa: str
    en: str
    needed: bool = False

    def must(self) -> Param:
        """Return the same parameter, which must be given."""
        return replace(self, needed=True)


def take(params: Mapping[str, Any], known: Sequence[Param]) -> Taken:
    """Return the parameters that were given, each read.

    Args:
        params: as they came; null stands for "not given".
        known: those that the method takes.

    Raises:
        RequestError: one is unknown, missing or of the wrong kind.
    """
    by_name = {param.name: param for param in known}
    taken = {}
    for name, value in params.items():
        if name not in by_name:
            raise refused("unknown", where=name[:80], name=name[:80], **_hint(name, list(by_name)))
        if value is not None:
            taken[name] = _read(by_name[name], value)
    for param in known:
        if param.needed and param.name not in taken:
            raise refused("missing", where=param.name, name=param.name)
    return taken


def _hint(name: str, known: list[str]) -> dict[str, str]:
    """What could have been meant, in both languages."""
    if not known:
        return {"hint_fa": "", "hint_en": ""}
    near = nearest(name, known)
    if near:
        return {"hint_fa": f"؛ منظورتان «{near.split(chr(34))[1]}» بود؟", "hint_en": near}
    names = ", ".join(known)
    return {"hint_fa": f"؛ این‌ها هست: {names}", "hint_en": f"; there are {names}"}


def _read(param: Param, value: Any) -> Any:
    try:
        return param.read(value)
    except TypeError:
        raise refused("wrong", where=param.name, name=param.name, kind_fa=param.fa, kind_en=param.en) from None


def _of(kind: type, value: Any) -> Any:
    if not isinstance(value, kind):
        raise TypeError
    return value


def text(name: str, *, longest: int = LONGEST) -> Param:
    """A text; whether it is too long is looked at where the work begins, and has an error of its own."""
    return Param(name, {"type": "string", "maxLength": longest}, lambda value: _of(str, value), "متن", "a text")


def choice(name: str, values: Sequence[str]) -> Param:
    """One of a few texts; the checker looks whether it is one of them, for it names them."""
    return replace(text(name), schema={"type": "string", "enum": list(values)})


def path(name: str) -> Param:
    """A path, made absolute, for the working directory isn't the other program's business."""
    return Param(name, {"type": "string"}, _path, "مسیر", "a path")


def _path(value: Any) -> Path:
    try:
        os.fsencode(_of(str, value))
    except ValueError:
        raise TypeError from None
    if "\0" in value:
        raise TypeError
    return Path(value).absolute()


def texts(name: str) -> Param:
    """A list of texts."""
    schema = {"type": "array", "items": {"type": "string", "maxLength": LONGEST}}
    return Param(name, schema, _texts, "فهرستی از متن‌ها", "a list of texts")


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(_of(str, one) for one in _of(list, value))


def boolean(name: str) -> Param:
    """True or false."""
    return Param(name, {"type": "boolean"}, lambda value: _of(bool, value), "true یا false", "true or false")


def number(name: str, least: float, most: float, *, whole: bool = True) -> Param:
    """A number between two bounds, both included."""
    schema = {"type": "integer" if whole else "number", "minimum": least, "maximum": most}

    def read(value: Any) -> Any:
        known = isinstance(value, int if whole else int | float) and not isinstance(value, bool)
        if not known or not least <= value <= most:
            raise TypeError
        return value

    bounds_fa, bounds = f"از {least:g} تا {most:g}", f"from {least:g} to {most:g}"
    return Param(name, schema, read, f"عددی {bounds_fa}", f"a {'whole ' if whole else ''}number {bounds}")


def record(name: str) -> Param:
    """An object."""
    return Param(name, {"type": "object"}, lambda value: _of(dict, value), "شیء", "an object")


def conversation(*names: str) -> tuple[Param, ...]:
    """Parameters for fields of a conversation: those that are named, or all."""
    return tuple(_param(CONVERSATION[name]) for name in names or CONVERSATION)


def _param(field: Field) -> Param:
    if field.holds is Holds.CHOICE:
        assert field.choices is not None
        made = choice(field.name, list(field.choices))
    elif field.holds is Holds.COUNT:
        made = number(field.name, 1, _MOST_TURNS)
    else:
        made = {Holds.TEXT: text, Holds.TEXTS: texts, Holds.FLAG: boolean}[field.holds](field.name)
    schema = {**made.schema, "description": f"{field.fa}\n{field.en}"}
    return replace(made, schema=schema, needed=field.name == "draft")
