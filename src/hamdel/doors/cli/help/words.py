"""The words of help, from the two files beside this one."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from hamdel.model import Lang

__all__ = ["ROOT", "HelpWords", "tables"]

#: What the program itself is called in the files.
ROOT = "hamdel"
_HERE = Path(__file__).parent


@cache
def tables(file: str, *wanted: str) -> dict[str, Any]:
    """Read a file of words.

    Args:
        file: its name.
        wanted: its tables; all by default. Help of one command needs two of twenty, and reading TOML takes time.
    """
    import tomllib  # here, for a command that is run needs no help

    text = (_HERE / file).read_text("utf-8")
    if wanted:
        parts = re.split(r"^(?=\[)", text, flags=re.MULTILINE)
        text = "".join(part for part in parts if part.startswith(tuple(f"[{name}]" for name in wanted)))
    return tomllib.loads(text)


class HelpWords:
    """What the help of a command says.

    Args:
        path: the command's names below the program's, such as ``archive import``; empty for the program.
        lang: the language.
    """

    def __init__(self, path: str, lang: Lang) -> None:
        self._path = path
        self._lang = lang
        self._common = tables("commands.toml", "titles", ROOT)
        self._known: dict[str, str] = {}
        if lang is Lang.FA:
            for table in tables("fa.toml", "shared", path.split(" ", maxsplit=1)[0] or ROOT).values():
                self._known |= table

    def title(self, name: str, *values: object) -> str:
        """A section's title, or what is said of an option's value."""
        said: str = self._common["titles"][name][self._lang]
        return said.format(*values)

    def summary(self, path: str) -> str | None:
        """What a command is for; None for one that isn't in the file."""
        found = tables("commands.toml", "commands")["commands"].get(path)
        return found and str(found[self._lang])

    def paragraphs(self, english: list[str]) -> list[str]:
        """A command's description.

        Args:
            english: as the code has it; the first says what the command is for.
        """
        first: str | None = self._common[ROOT]["help"][self._lang] if not self._path else None
        if self._path and self._lang is Lang.FA:
            first = self.summary(self._path)
        return [first or english[0], *(part for text in english[1:] for part in self.of(text).split("\n\n"))]

    def epilog(self, english: str) -> str:
        """What stands below the options."""
        return english if self._path else str(self._common[ROOT]["epilog"][self._lang])

    def of(self, english: str) -> str:
        """An option's or a paragraph's text; English stays where nobody translated it."""
        return self._known.get(english) or self._filled(english) or english

    def _filled(self, english: str) -> str | None:
        """What the code puts something into, such as a list of names."""
        for known, persian in self._known.items():
            before, slot, after = known.partition("{}")
            if slot and english.startswith(before) and english.endswith(after):
                return persian.format(english[len(before) : len(english) - len(after)])
        return None
