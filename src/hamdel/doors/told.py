"""Errors in the language of the person who reads them: the one place that words them.

Code raises English, which programs rely on; ``errors.toml`` beside this file has the Persian.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from hamdel.model import Lang
from hamdel.render.text.bidi import ltr

__all__ = ["language", "speak", "told", "worded"]

_SLOT = re.compile(r"\{\d*\}")
_PERSIAN = re.compile("[\u0600-\u06ff]")
_LONGEST = 2000  # characters of a message that are looked up
_MOST_CUTS = 10  # places where it may be cut; each is tried
_spoken: list[Lang] = []


def speak(lang: Lang | None) -> None:
    """Note the language of messages; None forgets it, and the environment decides."""
    _spoken[:] = [lang] if lang else []


def language(env: Mapping[str, str] | None = None) -> Lang:
    """The language of messages: what was noted, else ``HAMDEL_LANG``, else Persian."""
    if _spoken:
        return _spoken[0]
    value = (os.environ if env is None else env).get("HAMDEL_LANG", "")
    return Lang(value) if value in list(Lang) else Lang.FA


def told(message: str, lang: Lang) -> str:
    """Return a message in a language; what nobody translated stays English.

    Args:
        message: in English, as it was raised; foreign parts of a Persian one are set from left to right.
        lang: the language.
    """
    if lang is Lang.EN:
        return message
    return worded(message) or message


def worded(message: str) -> str | None:
    """Return a message in Persian; None when a part of it isn't known."""
    cuts = message.count("; ") + message.count(": ")
    return _Wording().of(message) if len(message) <= _LONGEST and cuts <= _MOST_CUTS else None


@cache
def _catalogue() -> list[tuple[str, list[str], str]]:
    """English, its parts between slots, and Persian: those that say most come first."""
    import tomllib  # here, for hardly anybody is told of an error

    known: dict[str, str] = tomllib.loads(Path(__file__).with_name("errors.toml").read_text("utf-8"))["words"]
    found = [(english, _SLOT.split(english), persian) for english, persian in known.items()]
    return sorted(found, key=lambda one: -sum(map(len, one[1])))


def _pattern(parts: list[str]) -> str:
    """What a message looks like; a slot right behind another is a hint, which may be missing."""
    slots = ("(.*?)" if part or not number else "((?:; .*)?)" for number, part in enumerate(parts[:-1]))
    return "".join(re.escape(part) + slot for part, slot in zip(parts, slots, strict=False)) + re.escape(parts[-1])


def _has_parts(value: str) -> bool:
    return ": " in value or "; " in value.removeprefix("; ")


class _Wording:
    """One look-up; each part of the message is looked up once."""

    def __init__(self) -> None:
        self._known: dict[str, str | None] = {}

    def of(self, text: str) -> str | None:
        if text not in self._known:
            self._known[text] = None  # while it is looked up
            self._known[text] = (
                self._whole(text, joined=True)
                or self._clauses(text)
                or self._whole(text, joined=False)
                or self._after_place(text)
                or self._whole(text, joined=True, loose=True)
                or self._whole(text, joined=False, loose=True)
            )
        return self._known[text]

    def _whole(self, text: str, *, joined: bool, loose: bool = False) -> str | None:
        """A message that is in the catalogue, with clauses of its own or without.

        Args:
            text: the message.
            joined: whether the wanted one has clauses.
            loose: whether what is put in may have parts of its own; or "can't be written: the disk is full" would be
                told by the wording for "address can't be «x»".
        """
        for english, parts, persian in _catalogue():
            if ("; " in english) != joined or not all(part in text for part in parts):
                continue
            found = re.fullmatch(_pattern(parts), text, re.DOTALL)
            if found and (loose or not any(map(_has_parts, found.groups()))):
                return persian.format(*(self._slot(value) for value in found.groups()))
        return None

    def _slot(self, value: str) -> str:
        """A name or number; a hint in it, such as "did you mean …", is worded, too."""
        if value.startswith("; "):
            return f"؛ {self._slot(value[2:])}"
        return self.of(value) or (value if _PERSIAN.search(value) or not value.strip() else ltr(value))

    def _after_place(self, text: str) -> str | None:
        """What follows a file, a line or a key."""
        place = text.find(": ")
        while place >= 0:
            if rest := self.of(text[place + 2 :]):
                return f"{ltr(text[:place])}: {rest}"
            place = text.find(": ", place + 1)
        return None

    def _clauses(self, text: str) -> str | None:
        place = text.rfind("; ")
        while place >= 0:
            if (last := self.of(text[place + 2 :])) and (first := self.of(text[:place])):
                return f"{first}{'' if first.endswith('؟') else '؛'} {last}"
            place = text.rfind("; ", 0, place)
        return None

