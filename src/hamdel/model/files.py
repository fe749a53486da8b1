"""Many texts of many files: what was read, what was found, and what couldn't be read."""

from __future__ import annotations

from dataclasses import dataclass, field

from hamdel.model.reports import Report

__all__ = ["Checked", "Outcome", "Text", "Trouble"]


@dataclass(frozen=True, slots=True)
class Text:
    """One draft of a file.

    Attributes:
        file: the file's name, as it was given or found; ``-`` for standard input.
        draft: the text.
        place: where it stands in a file of several, as a column or ``macros[2].body``; empty for a whole file.
        line: the line of the file that it begins in, from 1.
        column: the code point of that line that it begins at, from 1; None when its columns aren't the file's.
        flows: whether its line ends are those of the file, so that lines can be counted on.
    """

    file: str
    draft: str = field(repr=False)
    place: str = ""
    line: int = 1
    column: int | None = 1
    flows: bool = True


@dataclass(frozen=True, slots=True)
class Checked:
    """A text and the report on it."""

    text: Text
    report: Report


@dataclass(frozen=True, slots=True)
class Trouble:
    """A file that couldn't be checked, and why in one line, which names it."""

    file: str
    message: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a run over many files.

    Attributes:
        checked: every text, in the order of the files.
        troubles: what couldn't be checked.
        hidden: how many findings the suppressions file hides.
        unneeded: how many suppressions of the checked files hide nothing any more.
    """

    checked: tuple[Checked, ...]
    troubles: tuple[Trouble, ...] = ()
    hidden: int = 0
    unneeded: int = 0
