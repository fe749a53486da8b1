"""Skeletons of whole replies, one for each situation: what every good answer to it has, in the order that works."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from hamdel.base.files import read_regular
from hamdel.base.nearest import nearest
from hamdel.base.toml_file import shown
from hamdel.errors import InputError, TemplateError
from hamdel.model import Lang
from hamdel.wording.templates import Templates

__all__ = ["Skeletons"]

_FOLDER = "replies"
_TITLE = re.compile(r"\{#-?\s*title\.(fa|en):\s*(.*?)\s*-?#\}")
_SPACES = re.compile(r"[ \t]+")
_GAPS = re.compile(r"\n{3,}")
_BEFORE_MARK = re.compile(r" +(?=[.،؛؟!\n])")


class Skeletons:
    """Renders ``replies/<situation>.j2``; a team's own replace ours by name and may add situations.

    Args:
        folders: the team's template folders, first come first served; ours come last.
    """

    def __init__(self, folders: Sequence[Path] = ()) -> None:
        self._templates = Templates(folders)

    def names(self) -> tuple[str, ...]:
        """Return the situations in alphabetical order."""
        return self._templates.names(_FOLDER)

    def title(self, name: str, lang: Lang) -> str:
        """Return what a situation is called: the ``{# title.fa: … #}`` of its file, else its name.

        Raises:
            InputError: there is no such situation.
            TemplateError: its file can't be read.
        """
        path = self._path(name)
        try:
            text = read_regular(path).decode("utf-8-sig")
        except UnicodeDecodeError as cause:
            raise TemplateError(f"{shown(path)}: byte {cause.start} is not UTF-8; save the file as UTF-8") from cause
        except OSError as cause:
            raise TemplateError(f"{shown(path)}: {(cause.strerror or str(cause)).lower()}") from cause
        titles: dict[str, str] = dict(_TITLE.findall(text))
        return titles.get(lang, name)

    def render(self, name: str, values: Mapping[str, Any], *, recent: Sequence[str] = ()) -> str:
        """Return the reply to a situation, without superfluous white space.

        Args:
            name: the situation.
            values: the variables, the same as those of suggestions; one that isn't known shows as ``[…]``.
            recent: layouts of the agent's recent replies; of several wordings the one least like them is taken.

        Raises:
            InputError: there is no such situation; the nearest one is named.
            TemplateError: its template is wrong; file and line are named.
        """
        self._path(name)
        return _tidy(self._templates.render(f"{_FOLDER}/{name}", values, recent) or "")

    def _path(self, name: str) -> Path:
        names = self.names()
        path = self._templates.path(f"{_FOLDER}/{name}") if name in names else None
        if path is None:
            raise InputError(
                f'no situation is called "{name}"{nearest(name, list(names))} (there are {", ".join(names)})'
            )
        return path


def _tidy(text: str) -> str:
    """Single spaces, no space at the end of a line or before a mark, one empty line at most."""
    lines = (_BEFORE_MARK.sub("", _SPACES.sub(" ", line).strip()) for line in text.splitlines())
    return _GAPS.sub("\n\n", "\n".join(lines)).strip()
