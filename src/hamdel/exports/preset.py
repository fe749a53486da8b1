"""What a preset is: a program, how its exports are known, and how they are read.

Each file in `hamdel.exports.presets` has one, as ``PRESET``; to add one is to add a file there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any, BinaryIO, Protocol, TextIO

from hamdel.exports.columns import Columns
from hamdel.exports.objects import Values
from hamdel.model import Lang

__all__ = [
    "Database",
    "Heading",
    "Member",
    "Objects",
    "Preset",
    "Read",
    "Source",
    "Text",
]


@dataclass(slots=True)
class Source:
    """The file that a preset reads.

    Attributes:
        name: as errors show it.
        wanted: what the user said: who is the team, in what order dates are.
        program: the preset's name, once it is known.
        notes: what was decided from the data and is to be shown, by its kind: "team_titled" with who answers.
        archive: the zip archive that the file is in, if it is in one.
    """

    name: str
    wanted: Columns
    program: str = ""
    notes: list[tuple[str, str]] = field(default_factory=list)
    archive: str = ""

    @property
    def outer_stem(self) -> str:
        """The name without its ending of the archive that the file is in, or of the file when it is in none."""
        return PurePath(self.archive or self.name).stem

    @property
    def stem(self) -> str:
        """The file's name without its ending."""
        return PurePath(self.name).stem


#: Turns an export's values into rows in the making; a `Left` among them is counted, an `InputError` is a lost row.
Read = Callable[[Values, Source], Values]


@dataclass(frozen=True, slots=True)
class Objects:
    """Exports in JSON, or in XML whose records become objects.

    Attributes:
        fits: what an object has that only this program writes, in a few words; empty when it hasn't.
        read: makes rows.
        lists: where documents keep their long list, as ijson writes it, beyond the usual places.
        whole: a key (as ijson writes it) before such a list that tells a document of one conversation, to be read as
            a whole.
        records: the names of XML elements that are such objects.
        fits_named: the same as ``fits``, asked when the user named the preset, and content with less.
    """

    fits: Callable[[Mapping[str, Any]], str]
    read: Read
    lists: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    fits_named: Callable[[Mapping[str, Any]], str] | None = None


class Text(Protocol):
    """Exports in plain text."""

    def fits(self, start: str) -> str:
        """Say in a few words what a text's beginning has that only this program writes; nothing when it hasn't."""

    def read(self, open_again: Callable[[], TextIO], source: Source) -> Values:
        """Yield rows.

        Args:
            open_again: opens the text at its beginning, each time.
            source: the file.

        Raises:
            InputError: something has to be asked first: who answers, or in what order dates are.
        """


@dataclass(frozen=True, slots=True)
class Heading:
    """Exports as a table with a known header.

    Attributes:
        columns: the column of each role.
        needed: those that only this program has together.
        channel: of all rows.
    """

    columns: Mapping[str, str]
    needed: frozenset[str]
    channel: str


@dataclass(frozen=True, slots=True)
class Database:
    """Exports as tables of SQLite, or as an SQL dump of them.

    Attributes:
        tables: the columns that each table must have.
        query: of messages, those of a conversation one after another in the order of time.
        read: makes rows of the query's objects.
        optional: further tables, which an old version hasn't; they are empty then.
    """

    tables: Mapping[str, frozenset[str]]
    query: str
    read: Read
    optional: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Member:
    """Which files of a zip archive are read.

    Attributes:
        pattern: of a member's whole name.
        order: puts the members into the order in which they are read.
        read: makes rows of them all; None to read each as if it stood alone.
    """

    pattern: re.Pattern[str]
    order: Callable[[str], Any] = str
    read: Callable[[Sequence[str], Callable[[str], BinaryIO], Source], Values] | None = None


@dataclass(frozen=True, slots=True)
class Preset:
    """A program whose exports are known.

    Attributes:
        name: for ``--preset``; the file's name with hyphens.
        title: the program's, for people.
        reads: what is read of its exports and what is left out, in a line.
        follows: the documentation that the shapes come from.
        reads_fa, follows_fa: the same in Persian.
        unproven: nobody has tried it with a real export yet, so it must be said.
        objects, text, heading, database, member: the forms that its exports have.
    """

    name: str
    title: str
    reads: str
    follows: str
    reads_fa: str
    follows_fa: str
    unproven: bool = False
    objects: Objects | None = None
    text: Text | None = None
    heading: Heading | None = None
    database: Database | None = None
    member: Member | None = None

    def told(self, lang: Lang) -> tuple[str, str]:
        """Return what is read, and which documentation that follows.

        Args:
            lang: the language.
        """
        return (self.reads_fa, self.follows_fa) if lang is Lang.FA else (self.reads, self.follows)

    @property
    def forms(self) -> str:
        """The kinds of file that it reads."""
        named = {
            "JSON": self.objects,
            "XML": self.objects and self.objects.records,
            "text": self.text,
            "CSV, XLSX": self.heading,
            "SQLite, SQL": self.database,
            "zip": self.member,
        }
        return ", ".join(form for form, there in named.items() if there)
