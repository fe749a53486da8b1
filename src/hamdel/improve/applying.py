"""Edits put into a text: all changes of an edit or none, and no two that touch the same words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hamdel.model import Change, Edit

__all__ = ["apply_changes", "compatible"]


def compatible(edits: Iterable[Edit]) -> tuple[list[bool], list[Change]]:
    """Tell which edits can be applied together, first come first served.

    Args:
        edits: of one text; two may ask for the same change.

    Returns:
        One flag an edit, and the changes of those that can, by place.
    """
    taken: list[Change] = []
    flags = []
    for edit in edits:
        new = [change for change in edit.changes if change not in taken]
        flags.append(not any(_touch(change, other) for change in new for other in taken))
        if flags[-1]:
            taken += new
    return flags, sorted(taken, key=lambda change: (change.start, change.end))


def _touch(one: Change, other: Change) -> bool:
    """Tell whether two changes want the same place; one may begin where the other ends."""
    if one.start == other.start:
        return True
    return one.start < other.end and other.start < one.end


def apply_changes(text: str, changes: Sequence[Change]) -> str:
    """Return ``text`` with changes that are sorted and don't overlap.

    >>> apply_changes("تو کنی", [Change(0, 2, "شما"), Change(3, 6, "کنید")])
    'شما کنید'
    """
    parts, place = [], 0
    for change in changes:
        parts += [text[place : change.start], change.new]
        place = change.end
    return "".join([*parts, text[place:]])
