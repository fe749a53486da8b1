"""All texts of all files through one checker."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from hamdel.doors.cli.many.finding import Found
from hamdel.doors.cli.many.reading import read_texts
from hamdel.doors.cli.many.suppressions import Suppressions
from hamdel.errors import InputError
from hamdel.model.files import Checked, Outcome, Text, Trouble

if TYPE_CHECKING:
    from hamdel.checker import About, Checker

__all__ = ["check_files", "texts_of"]


def check_files(
    texts: Iterable[Text | Trouble], checker: Checker, about: About, store: Suppressions | None = None
) -> Outcome:
    """Check texts one after another.

    Args:
        texts: as `texts_of` yields them.
        checker: judges them.
        about: what is known of their conversations, for all alike.
        store: the findings that may stay; None for none.

    Raises:
        HamdelError: a template is wrong.
    """
    checked: list[Checked] = []
    troubles: list[Trouble] = []
    for one in texts:
        if isinstance(one, Trouble):
            troubles.append(one)
            continue
        report = checker.check(one.draft, **about)
        checked.append(Checked(one, store.hide(one.file, report) if store else report))
    found = tuple(checked), tuple(troubles)
    return store.outcome(*found) if store else Outcome(*found)


def texts_of(found: Iterable[Found | Trouble], fields: tuple[str, ...]) -> Iterator[Text | Trouble]:
    """Yield the texts of files, and what is wrong with those that can't be read."""
    for one in found:
        if isinstance(one, Trouble):
            yield one
            continue
        try:
            yield from read_texts(one, fields)
        except InputError as error:
            yield Trouble(one.name, str(error))
        except OSError as error:
            yield Trouble(one.name, f"{one.name}: can't be read: {error.strerror or error}")
