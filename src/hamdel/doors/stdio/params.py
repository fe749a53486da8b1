"""Parameters by name, checked against what a method takes."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from hamdel.base.toml_file import nearest
from hamdel.doors.stdio.messages import Code, Refusal, is_id

__all__ = ["TALK", "Taken", "boolean", "id_", "number", "path", "settings", "take", "text", "texts"]

Taken = dict[str, Any]
Reader = Callable[[Any], Any]


def take(params: Mapping[str, Any], readers: Mapping[str, Reader], *needed: str) -> Taken:
    """Return the parameters that were given, each read.

    Args:
        params: as they came; null stands for "not given".
        readers: what reads each parameter that a method takes.
        needed: names that must be given.

    Raises:
        Refusal: one is unknown, missing or of the wrong kind.
    """
    taken = {}
    for name, value in params.items():
        if name not in readers:
            hint = nearest(name, list(readers)) or f"; there are {', '.join(readers)}" if readers else ""
            raise Refusal(Code.INVALID_PARAMS, f'no parameter is called "{name[:80]}"{hint}')
        if value is not None:
            taken[name] = _read(readers[name], name, value)
    missing = [name for name in needed if name not in taken]
    if missing:
        raise Refusal(Code.INVALID_PARAMS, f"{missing[0]} is missing")
    return taken


def _read(reader: Reader, name: str, value: Any) -> Any:
    try:
        return reader(value)
    except TypeError as error:
        raise Refusal(Code.INVALID_PARAMS, f"{name} must be {error}") from None


def text(value: Any) -> str:
    """Take a text."""
    if not isinstance(value, str):
        raise TypeError("a text")
    return value


def path(value: Any) -> Path:
    """Take a path; made absolute, for the working directory isn't the other program's business."""
    try:
        os.fsencode(text(value))
    except ValueError:
        raise TypeError("a path") from None
    if "\0" in value:
        raise TypeError("a path")
    return Path(value).absolute()


def texts(value: Any) -> tuple[str, ...]:
    """Take a list of texts."""
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise TypeError("a list of texts")
    return tuple(value)


def boolean(value: Any) -> bool:
    """Take true or false."""
    if not isinstance(value, bool):
        raise TypeError("true or false")
    return value


def number(least: float, most: float, *, whole: bool = True) -> Reader:
    """Take a number between two bounds, both included."""
    kind = "a whole number" if whole else "a number"

    def read(value: Any) -> Any:
        known = isinstance(value, int if whole else int | float) and not isinstance(value, bool)
        if not known or not least <= value <= most:
            raise TypeError(f"{kind} from {least:g} to {most:g}")
        return value

    return read


def id_(value: Any) -> Any:
    """Take the id of a message."""
    if not is_id(value):
        raise TypeError("the id of a request")
    return value


def settings(value: Any) -> dict[str, Any]:
    """Take an object with settings."""
    if not isinstance(value, dict):
        raise TypeError("an object")
    return value


#: What may be known of a conversation.
TALK: dict[str, Reader] = {
    "draft": text,
    "customer": text,
    "past": texts,
    "audience": text,
    "channel": text,
    "turn": number(1, 2**31),
    "customer_id": text,
    "agent": text,
    "same_customer": boolean,
    "document": text,
    "show_personal_data": boolean,
}
