"""Patches put together: what replaces, what is added at the same place, and the white space and stops between."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from hamdel.model import Change, Step

__all__ = ["Patch", "assemble", "moved"]

_STOPS = ".!؟?؛:…"


class Patch(NamedTuple):
    """One change of a rewrite and its reason; where it ``removes`` clauses, no other patch may touch their place."""

    change: Change
    reason: str
    checks: tuple[str, ...]
    removes: bool = False


def assemble(text: str, patches: Iterable[Patch]) -> tuple[str, tuple[Step, ...], list[tuple[Change, bool]]]:
    """Apply patches to a text.

    What replaces clauses wins over changes inside them; what is added inside them moves to their edge.

    Returns:
        The new text, one step a patch, and the changes that were applied, in offsets of ``text``, with whether each
        puts a sentence of its own there.
    """
    steps: list[Step] = []
    changes: list[tuple[Change, bool]] = []
    out = ""
    place = 0
    for patch in _settled(list(patches)):
        out += text[place : patch.change.start]
        change = _fitted(text, patch.change, out)
        out = out[: len(out) - (patch.change.start - change.start)]
        before = text[change.start : change.end]
        lead = len(change.new) - len(change.new.lstrip(" \n."))
        if change.new.strip() or before.strip():
            span = (len(out) + lead, len(out) + max(lead, len(change.new.rstrip())))
            steps.append(Step(*span, before.strip(), change.new.strip(), patch.reason, patch.checks))
        changes.append((change, patch.removes or patch.change.start == patch.change.end))
        out += change.new
        place = change.end
    return out + text[place:], tuple(steps), changes


def moved(steps: Iterable[Step], changes: Sequence[Change]) -> tuple[Step, ...]:
    """Return steps with their offsets after further changes; those whose text was changed again are left out."""
    kept = []
    for step in steps:
        if not any(change.start < step.end and step.start < change.end for change in changes):
            shift = sum(len(c.new) - (c.end - c.start) for c in changes if c.end <= step.start)
            kept.append(Step(step.start + shift, step.end + shift, step.before, step.after, step.reason, step.checks))
    return tuple(kept)


def _settled(patches: list[Patch]) -> list[Patch]:
    """Return the patches by place: a removal makes those inside it needless, and moves additions to its edge."""
    removals = [patch for patch in patches if patch.removes]
    kept: list[Patch] = []
    for patch in sorted(patches, key=lambda patch: not patch.removes):
        around = next((r.change for r in removals if r is not patch and _touches(patch.change, r.change)), None)
        if patch.removes or around is None:
            clash = any(_touches(patch.change, other.change) for other in kept)
            if not clash or patch.change.start == patch.change.end:
                kept.append(patch)
        elif patch.change.start == patch.change.end:
            edge = around.start if patch.change.start - around.start <= around.end - patch.change.start else around.end
            kept.append(patch._replace(change=Change(edge, edge, patch.change.new)))
    return sorted(kept, key=lambda patch: (patch.change.start, patch.change.end))


def _touches(one: Change, other: Change) -> bool:
    """Tell whether a change lies in another's place; an addition at its very edge doesn't."""
    if one.start == one.end:
        return other.start < one.start < other.end
    return one.start < other.end and other.start < one.end


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
