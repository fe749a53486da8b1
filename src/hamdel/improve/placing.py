"""What was found in a reply, or made of it, put back into the text in which the reply stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from hamdel.history import Copy
from hamdel.language.parts import GAP, Parts, split
from hamdel.model import Anchor, Change, Conversation, Edit, Finding, Improved, Report, Step

__all__ = ["moved_places", "own_part", "placed_improvement", "placed_report"]


def own_part(talk: Conversation) -> tuple[Conversation, Parts]:
    """Return a conversation with nothing but the reply in its draft, and where that stands in the draft as it was."""
    parts = split(talk.draft)
    if parts.whole:
        return talk, parts
    customer = talk.customer or parts.customer
    return replace(talk, draft=parts.reply, customer=customer, signature=parts.signature), parts


def placed_report(report: Report, parts: Parts) -> Report:
    """Return a report with the offsets of the whole text.

    Args:
        report: on ``parts.reply``.
        parts: of the whole text.
    """
    if parts.whole:
        return report
    findings = tuple(_placed_finding(finding, parts) for finding in report.findings)
    return replace(report, draft=parts.text, findings=findings)


def _placed_finding(finding: Finding, parts: Parts) -> Finding:
    """The finding in the whole text: cut at the end of its piece, without edits that reach into another one."""
    edits = tuple(edit for one in finding.edits if (edit := _placed_edit(one, parts)))
    placed = replace(finding, edits=edits, copy=finding.copy and _placed_copy(finding.copy, parts))
    if finding.anchor is Anchor.DOCUMENT:
        return placed
    start, end = parts.span(finding.start, finding.end)
    matched = parts.text[start:end]
    return replace(placed, start=start, end=end, matched=matched, sentence=parts.span(*finding.sentence))


def _placed_copy(copy: Copy, parts: Parts) -> Copy:
    copied, own = (tuple(one for span in spans for one in parts.spans(*span)) for spans in (copy.copied, copy.own))
    return replace(copy, copied=copied, own=own)


def _placed_edit(edit: Edit, parts: Parts) -> Edit | None:
    if not all(parts.is_inside(change.start, change.end) for change in edit.changes):
        return None
    return replace(edit, changes=tuple(Change(*parts.span(c.start, c.end), c.new) for c in edit.changes))


def moved_places(places: Iterable[int], changes: Sequence[Change]) -> list[int]:
    """Return where places are after changes; what is added at one of them comes after it.

    Args:
        places: in the text before, in order.
        changes: in its offsets, by place.
    """
    moved = []
    shift = done = 0
    for place in places:
        while done < len(changes) and changes[done].start < place and changes[done].end <= place:
            shift += len(changes[done].new) - (changes[done].end - changes[done].start)
            done += 1
        inside = done < len(changes) and changes[done].start < place
        moved.append(shift + (changes[done].start + len(changes[done].new) if inside else place))
    return moved


def placed_improvement(parts: Parts, improved: Improved, firsts: Sequence[int] = (0,)) -> Improved:
    """Return an improvement with what stands around the reply.

    Args:
        parts: of the whole text.
        improved: of ``parts.reply``.
        firsts: where each of its pieces begins in the improved text; others have become empty.
    """
    if parts.whole:
        return improved
    if improved.text == improved.draft:
        return Improved(parts.text, parts.text, (), placed_report(improved.report, parts))
    edges = [*firsts, len(improved.text)]
    new = [improved.text[first:last].rstrip() for first, last in pairwise(edges)]
    new += [""] * (len(parts.pieces) - len(new))
    whole = _rebuilt(parts, new, firsts)
    steps = tuple(_placed_step(step, whole) for step in improved.steps)
    return Improved(parts.text, whole.text, steps, placed_report(improved.report, whole))


def _rebuilt(parts: Parts, new: Sequence[str], firsts: Sequence[int]) -> Parts:
    """The parts of the text with new pieces in the place of the old ones."""
    if not parts.reply:  # a reply that is begun stands apart from what it answers
        before, after = parts.text[: parts.pieces[0][0]].rstrip(), parts.text[parts.pieces[0][1] :].lstrip()
        text = f"{before}{GAP if before else ''}{new[0]}{GAP if after else ''}{after}"
        start = len(before) + len(GAP) * bool(before)
        return replace(parts, text=text, reply=new[0], pieces=((start, start + len(new[0])),))
    out: list[str] = []
    pieces = []
    place = shift = 0
    for (start, end), piece in zip(parts.pieces, new, strict=True):
        out += parts.text[place:start], piece
        pieces.append((start + shift, start + shift + len(piece)))
        shift += len(piece) - (end - start)
        place = end
    text = "".join([*out, parts.text[place:]])
    return replace(parts, text=text, reply=GAP.join(new), pieces=tuple(pieces[: len(firsts)]), firsts=tuple(firsts))


def _placed_step(step: Step, parts: Parts) -> Step:
    start, end = parts.span(step.start, step.end)
    return replace(step, start=start, end=end)
