"""A team's own messages for the practice page: real ones, masked as soon as they are read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hamdel.base.text_files import json_value, read_lines
from hamdel.errors import InputError
from hamdel.identifiers import mask_identifiers
from hamdel.model import Audience, Channel, Emotion

__all__ = ["EXERCISE", "read_exercises"]

_MOST = 2_000  # messages; a round has ten
_LONGEST = 5_000  # characters of a text
_CHOICES: Mapping[str, type[Channel | Audience | Emotion]] = {
    "channel": Channel,
    "audience": Audience,
    "emotion": Emotion,
}
#: A message as the page gets it, as a JSON schema.
EXERCISE = {
    "type": "object",
    "required": ["id", "situation", "emotion", "customer"],
    "properties": {
        "id": {"type": "string"},
        "situation": {"type": "string", "description": "A word of the team's own; empty when none was given."},
        "emotion": {"enum": [one.value for one in Emotion]},
        "customer": {"type": "string"},
        "reply": {"type": "string", "description": "One that does it well."},
        "channel": {"enum": [one.value for one in Channel]},
        "audience": {"enum": [one.value for one in Audience]},
    },
}


def read_exercises(path: Path) -> list[dict[str, str]]:
    """Read the messages of a file of JSON Lines; what is personal in them is masked and never kept.

    Args:
        path: each line is a text, or an object with a text as "customer" and, if one likes, "reply" (one that does it
            well), "situation", "emotion", "channel", "audience" and "id".

    Raises:
        InputError: the file can't be read, or a line can't be used, which is named.
    """
    found: list[dict[str, str]] = []
    for number, line in read_lines(str(path)):
        if not line.strip():
            continue
        place = f"{path}:{number}"
        if len(found) == _MOST:
            raise InputError(f"{place}: more than {_MOST} messages; leave some out")
        found.append(_exercise(json_value(line, place), place, number))
    if not found:
        raise InputError(f'{path}: has no message; write {{"customer": "…"}} on each line')
    return found


def _exercise(value: Any, place: str, number: int) -> dict[str, str]:
    """One message.

    Raises:
        InputError: it isn't one.
    """
    given = {"customer": value} if isinstance(value, str) else value
    if not isinstance(given, dict) or not _text(given, "customer", place):
        raise InputError(f'{place}: needs a text, or an object with a text as "customer"')
    texts = {name: mask_identifiers(_text(given, name, place)) for name in ("customer", "reply", "situation", "id")}
    chosen = {name: _choice(given, name, place) for name in _CHOICES}
    named = {"id": texts.pop("id") or f"own-{number}", "situation": texts.pop("situation")}
    return {"emotion": "neutral", **named, **{name: text for name, text in {**texts, **chosen}.items() if text}}


def _text(given: Mapping[str, Any], name: str, place: str) -> str:
    text = given.get(name) or ""
    if not isinstance(text, str) or len(text) > _LONGEST:
        raise InputError(f'{place}: "{name}" must be a text of at most {_LONGEST} characters')
    return text.strip()


def _choice(given: Mapping[str, Any], name: str, place: str) -> str:
    values = [one.value for one in _CHOICES[name]]
    value = given.get(name) or ""
    if value and value not in values:
        raise InputError(f'{place}: "{name}" must be one of {", ".join(values)}')
    return str(value)
