"""Patches put together: what replaces, what is added at the same place, and the white space and stops between."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

from hamdel.base.deadline import look
from hamdel.model import Change, Step

__all__ = ["Applied", "Patch", "assemble", "moved"]

_STOPS = ".!؟?؛:…"


class Patch(NamedTuple):
    """One change of a rewrite and its reason; where it ``removes`` clauses, no other patch may touch their place."""

    change: Change
    reason: str
    checks: tuple[str, ...]
    removes: bool = False


class Applied(NamedTuple):
    """A change that was applied to a text.

    Attributes:
        change: in offsets of the text.
        own: whether it puts a sentence of its own there, rather than words.
        kept: how many code points of the text stand between the change before and this one; negative when it takes
            back white space at the end of the one before.
    """

    change: Change
    own: bool
    kept: int


def assemble(text: str, patches: Iterable[Patch]) -> tuple[str, tuple[Step, ...], list[Applied]]:
    """Apply patches to a text.

    What replaces clauses wins over changes inside them; what is added inside them moves to their edge.

    Returns:
        The new text, one step a patch, and the changes that were applied, in offsets of ``text``.
    """
    steps: list[Step] = []
    changes: list[Applied] = []
    out = ""
    place = 0
    for patch in _settled(list(patches)):
        told = len(out)
        out += text[place : patch.change.start]
        change = _fitted(text, patch.change, out)
        out = out[: len(out) - (patch.change.start - change.start)]
        kept = len(out) - told
        before = text[change.start : change.end]
        lead = len(change.new) - len(change.new.lstrip(" \n."))
        if change.new.strip() or before.strip():
            span = (len(out) + lead, len(out) + max(lead, len(change.new.rstrip())))
            steps.append(Step(*span, before.strip(), change.new.strip(), patch.reason, patch.checks))
        changes.append(Applied(change, patch.removes or patch.change.start == patch.change.end, kept))
        out += change.new
        place = change.end
    return out + text[place:], tuple(steps), changes


def moved(steps: Iterable[Step], changes: Sequence[Change]) -> tuple[Step, ...]:
    """Return steps with their offsets after further changes; those whose text was changed again are left out."""
    known = _Ranges(changes)
    by_end = sorted(changes, key=lambda change: change.end)
    ends = [change.end for change in by_end]
    shifts = [0, *accumulate(len(change.new) - (change.end - change.start) for change in by_end)]
    kept = []
    for step in steps:
        if known.first(step.start, step.end) is None:
            shift = shifts[bisect_right(ends, step.start)]
            kept.append(Step(step.start + shift, step.end + shift, step.before, step.after, step.reason, step.checks))
    return tuple(kept)


def _settled(patches: list[Patch]) -> list[Patch]:
    """Return the patches by place: a removal makes those inside it needless, and moves additions to its edge."""
    removals = _Ranges([patch.change for patch in patches if patch.removes])
    kept: list[Patch] = []
    spans, points = list[Change](), list[int]()  # of those that are kept, by place
    for patch in sorted(patches, key=lambda patch: not patch.removes):
        look()
        start, end = patch.change.start, patch.change.end
        around = None if patch.removes else removals.first(start, end)
        if around is None:
            if start == end:
                insort(points, start)
                kept.append(patch)
            elif not _clashes(patch.change, spans, points):
                insort(spans, patch.change, key=_end)
                kept.append(patch)
        elif start == end:
            edge = around.start if patch.change.start - around.start <= around.end - patch.change.start else around.end
            kept.append(patch._replace(change=Change(edge, edge, patch.change.new)))
    return sorted(kept, key=lambda patch: (patch.change.start, patch.change.end, _opens(patch.change)))


def _opens(change: Change) -> bool:
    """Tell a word that is put before a sentence («لطفاً ») from a sentence of its own: that comes first."""
    return change.new.endswith(" ") and change.new.rstrip()[-1:] not in _STOPS


class _Ranges:
    """Changes by place, to be asked what they touch: a long draft has thousands of them, and as many patches."""

    def __init__(self, changes: Iterable[Change]) -> None:
        self._changes = sorted(changes, key=lambda change: change.start)
        self._starts = [change.start for change in self._changes]
        self._ends = list(accumulate((change.end for change in self._changes), max))  # so far

    def first(self, start: int, end: int) -> Change | None:
        """Return the first change that lies in a place; one at its very edge doesn't."""
        at = bisect_left(self._starts, end)
        found = None
        while at and self._ends[at - 1] > start:
            at -= 1
            found = self._changes[at] if self._changes[at].end > start else found
        return found


def _clashes(change: Change, spans: Sequence[Change], points: Sequence[int]) -> bool:
    """Tell whether a change lies in the place of one that is kept.

    Args:
        change: it replaces something.
        spans: those that do, too, by place; none touches another.
        points: where something is added.
    """
    span, point = bisect_right(spans, change.start, key=_end), bisect_right(points, change.start)
    inside = point < len(points) and points[point] < change.end
    return inside or (span < len(spans) and spans[span].start < change.end)


def _end(change: Change) -> int:
    return change.end


def _fitted(text: str, change: Change, before: str) -> Change:
    """Return the change with the white space and stops that it needs after ``before``, the new text so far."""
    start, end, new = change.start, change.end, change.new
    if new.startswith(".") and before.rstrip()[-1:] in _STOPS:
        new = new[1:]
    open_place = not before or before[-1].isspace()
    if open_place:
        new = new.lstrip(" ")
    elif new[:1].isalnum() and before[-1] in _STOPS:
        new = f" {new}"
    if not new.strip():  # nothing comes instead, so the white space on one side goes too
        rest = text[end:]
        if not rest.strip():
            start -= len(before) - len(before.rstrip())
        elif open_place:
            end += len(rest) - len(rest.lstrip(" "))
    return Change(start, end, new)
