"""How well the learned reader does on files that it didn't see, as its model says."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import mean

from hamdel.evidence.learned.header import told_of
from hamdel.model.definitions import CheckDef, Told
from hamdel.phrasebank import load_checks
from tools.reference import markdown

__all__ = ["table"]


def table() -> str:
    """Return a sentence with the means, and a table of all faults and absences, the surest first."""
    known = [(check, told) for check, told in _known() if told.average_precision is not None]
    faults = [told.average_precision or 0 for check, told in known if check.fault]
    lacks = [told.average_precision or 0 for check, told in known if not check.fault]
    told = (
        f"On files that were left out of its training it ranks sentences with a mean average precision of "
        f"**{mean(faults):.2f}** for {len(faults)} faults, and replies with {mean(lacks):.2f} for {len(lacks)} things "
        "that may be missing; 1 would be a ranking without a mistake. Recall is how much it found where "
        "four in five of its finds were right."
    )
    ranked = sorted(known, key=lambda row: -(row[1].average_precision or 0))
    rows = (
        (f"`{check.id}`", f"{one.average_precision:.2f}", f"{one.recall:.0%}" if one.recall is not None else "")
        for check, one in ranked
    )
    heading = ("check", "average precision", "recall at a precision of 80 %")
    return f"{told}\n\n{markdown.table(heading, rows)}"


def _known() -> Iterator[tuple[CheckDef, Told]]:
    for check in load_checks(examples=False).values():
        label = check.fault or check.absence
        told = told_of(label) if label else None
        if told:
            yield check, told
