"""Parameters by name: what each may hold, as JSON Schema says it and as it is read."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from hamdel.base.deadline import LONGEST
from hamdel.base.digits import persian_digits
from hamdel.base.nearest import nearest
from hamdel.doors.requests.errors import refused
from hamdel.model.fields import CONVERSATION, Field, Holds

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
    """A text of a bounded length; one that is too long has an error of its own."""
    return Param(name, {"type": "string", "maxLength": longest}, _short(name, longest), "متن", "a text")


def _short(name: str, longest: int) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        given: str = _of(str, value)
        if len(given) > longest:
            size, most = f"{len(given):,}", f"{longest:,}"
            fa = {"size_fa": _persian(size), "most_fa": _persian(most)}
            raise refused("too_long", where=name, name=name, size=size, most=most, **fa)
        return given

    return read


def _persian(number: str) -> str:
    return persian_digits(number).replace(",", "٬")


def choice(name: str, values: Sequence[str]) -> Param:
    """One of a few texts."""
    named = ", ".join(values)

    def read(value: Any) -> str:
        if value not in values:
            raise TypeError
        return str(value)

    return Param(name, {"type": "string", "enum": list(values)}, read, f"یکی از {named}", f"one of {named}")


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
    short = _short(name, LONGEST)
    return Param(name, schema, lambda value: tuple(map(short, _of(list, value))), "فهرستی از متن‌ها", "a list of texts")


def boolean(name: str) -> Param:
    """True or false."""
    return Param(name, {"type": "boolean"}, lambda value: _of(bool, value), "true یا false", "true or false")


def number(name: str, least: float, most: float, *, whole: bool = True) -> Param:
    """A number between two bounds, both included."""
    schema = {"type": "integer" if whole else "number", "minimum": least, "maximum": most}

    def read(value: Any) -> Any:
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
            raise TypeError
        if whole and value != int(value):
            raise TypeError
        return int(value) if whole else value  # 2.0 is a whole number, too

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
