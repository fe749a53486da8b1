"""All safe fixes of a document at once."""

from __future__ import annotations

from hamdel.lsp.checked import Checked
from hamdel.model import Change, Safety

__all__ = ["safe_changes"]


def safe_changes(checked: Checked) -> tuple[Change, ...]:
    """Return the changes of all safe edits that don't overlap, by place, in the document's offsets."""
    taken: set[Change] = set()
    for finding in sorted(checked.report.findings, key=lambda f: f.start):
        for edit in finding.edits[:1]:
            if edit.safety is Safety.SAFE:
                changes = set(checked.moved(edit).changes)
                if all(change in taken or not _clashes(change, taken) for change in changes):
                    taken |= changes
    return tuple(sorted(taken, key=lambda change: (change.start, change.end)))


def _clashes(change: Change, taken: set[Change]) -> bool:
    return any(change.start < other.end and other.start < change.end for other in taken)
