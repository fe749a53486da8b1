"""What all formats have in common: rows one after another, and how far they have come."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from hamdel.exports.columns import Columns, may_hold_names, sources
from hamdel.exports.conversation import Left
from hamdel.exports.dates import ORDERS, order_of
from hamdel.exports.headers import whose_of
from hamdel.exports.questions import Asked, QuestionError
from hamdel.exports.recognising import Told
from hamdel.exports.rows import Habits, Rejected, Row, RowMaker

__all__ = ["Table", "in_order"]


class Table(ABC):
    """An exported table: a context that closes the file, and an iterable of its rows, once.

    Args:
        path: the file.
        size: in bytes.
        wanted: the columns that the user named, and what is asked for.

    Attributes:
        columns: the chosen column of each role that has one, to be shown to the user; empty for plain text.
        told: which program exported it, when it is one of `hamdel.exports.presets`, and what told it.
        left_out: how much of what was read so far is no reply, and why, though nothing is wrong with it.
        size: of the file, in bytes.
        header: the names of all columns that were seen; empty for plain text.
    """

    header: Sequence[str] = ()
    #: Makes replies of rows that are messages of both sides; see `hamdel.exports.sided`.
    talk: Callable[[Iterable[Row | Rejected], Counter[Left]], Iterator[Row | Rejected]] | None = None

    def __init__(self, path: Path, size: int, wanted: Columns) -> None:
        self.size = size
        self.columns: Mapping[str, str] = {}
        self.told = Told()
        self.left_out: Counter[Left] = Counter()
        self._path = path
        self._name = str(path)
        self._wanted = wanted
        self._use({})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @property
    def preset(self) -> str | None:
        """The name of the program that exported it, when it is known."""
        return self.told.preset.name if self.told.preset else None

    @property
    def shown_columns(self) -> Mapping[str, str]:
        """The columns that the file itself has; what presets make of other files has names of our own."""
        preset = self.told.preset
        named = self._wanted.named()
        if preset is None or preset.heading:
            return self.columns
        return {role: column for role, column in self.columns.items() if role in named}

    @property
    @abstractmethod
    def position(self) -> int:
        """How many bytes were read so far, more or less."""

    def __iter__(self) -> Iterator[Row | Rejected]:
        """Yield the rows in the file's order; a row that can't be used doesn't end the iteration.

        Raises:
            InputError: the file can't be read on.
        """
        items = self._items()
        return items if self.talk is None else self.talk(items, self.left_out)

    @abstractmethod
    def _items(self) -> Iterator[Row | Rejected]:
        """Yield the rows; see `__iter__`."""

    @abstractmethod
    def close(self) -> None:
        """Close the file."""

    def _use(self, columns: Mapping[str, str]) -> None:
        """Take rows from these columns."""
        self.columns = columns
        self._sources = sources(columns, self._wanted.outcomes, self._wanted.shown)
        reply = columns.get("reply", "")
        wanted = self._wanted
        names = may_hold_names(columns, wanted)
        marked = self.told.preset is None or self.told.preset.heading is not None  # other presets have read it
        shown = len(wanted.shown)
        habits = Habits(reply, wanted.everywhere, wanted.unanswered, wanted.date_order, names, marked, shown)
        self._maker = RowMaker(self._name, habits)
        if marked:
            self._note(columns)

    def _note(self, columns: Mapping[str, str]) -> None:
        """Note which columns were told by their cells, and not by what their headers say at once."""
        named = self._wanted.named()
        for role, column in columns.items():
            note = f"cells_{role}", column
            expected = role == "agent" and whose_of(column) == "answering"
            if role not in named and whose_of(column) and not expected and note not in self.told.notes:
                self.told.notes.append(note)


def in_order(wanted: Columns, times: Iterable[str], name: str) -> Columns:
    """Settle in which order an export writes day and month.

    Args:
        wanted: what the user said.
        times: as the export writes them, as many as decide it.
        name: of the file, for errors.

    Raises:
        QuestionError: they need an order, and nothing tells it.
    """
    order = wanted.date_order or order_of(times)
    if order == "":
        hint = "say --date-order dmy or --date-order mdy"
        told = f"{name}: its dates, such as 05/12/2024, may begin with the day or the month; {hint}"
        raise QuestionError(told, Asked.DATE_ORDER, ORDERS)
    return replace(wanted, date_order=order)
