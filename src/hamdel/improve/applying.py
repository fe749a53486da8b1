"""Edits put into a text: all changes of an edit or none, and no two that touch the same words."""

from __future__ import annotations

from bisect import bisect_left, insort
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
    taken: list[Change] = []  # by place; none touches another, but for those of one edit
    known: set[Change] = set()
    seen: dict[int, bool] = {}  # by identity: the findings of a sentence may share one edit with all its changes
    flags = []
    for edit in edits:
        if id(edit) in seen:
            flags.append(seen[id(edit)])
            continue
        new = [change for change in dict.fromkeys(edit.changes) if change not in known]
        flags.append(not any(_is_taken(taken, change) for change in new))
        seen[id(edit)] = flags[-1]
        if flags[-1]:
            for change in new:
                insort(taken, change, key=_place)
            known.update(new)
    return flags, taken


def _place(change: Change) -> tuple[int, int]:
    return change.start, change.end


def _is_taken(taken: Sequence[Change], change: Change) -> bool:
    """Tell whether a change wants the place of one of ``taken``; it may begin where that ends."""
    at = bisect_left(taken, change.start, key=_start)
    before, after = taken[max(0, at - 1) : at], taken[at : at + 1]
    overlaps = any(change.start < other.end for other in before)
    return overlaps or any(other.start == change.start or other.start < change.end for other in after)


def _start(change: Change) -> int:
    return change.start


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
