"""What was found in a reply, or made of it, put back into the text in which the reply stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hamdel.language.parts import BREAK, GAP, Parts, split
from hamdel.model import Anchor, Change, Conversation, Edit, Finding, Improved, Report, Step
from hamdel.model.history import Copy

__all__ = ["own_part", "placed_improvement", "placed_report"]

_APART = "\n\n"


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


def placed_improvement(parts: Parts, improved: Improved) -> Improved:
    """Return an improvement with what stands around the reply.

    Args:
        parts: of the whole text.
        improved: of ``parts.reply``, or a new reply in its place.
    """
    if parts.whole:
        return improved
    if improved.text == improved.draft:
        return Improved(parts.text, parts.text, (), placed_report(improved.report, parts))
    whole = _rebuilt(parts, *_cut(improved.text, len(parts.pieces)))
    steps = tuple(_placed_step(step, whole) for step in improved.steps)
    return Improved(parts.text, whole.text, steps, placed_report(improved.report, whole))


def _cut(text: str, count: int) -> tuple[list[str], list[int]]:
    """Return the pieces of a reply, white space at their edges aside, and where they begin.

    A new reply, and one of which nobody knows any more what stands where, is one piece.
    """
    if text.count(BREAK) != count - 1:
        text = text.replace(BREAK, "\n")
    new, firsts = [], []
    place = 0
    for piece in text.split(BREAK):
        new.append(piece.strip())
        firsts.append(place + len(piece) - len(piece.lstrip()))
        place += len(piece) + len(BREAK)
    return new, firsts


def _rebuilt(parts: Parts, new: Sequence[str], firsts: Sequence[int]) -> Parts:
    """The parts of the text with new pieces in the place of the old ones."""
    if not parts.reply:  # a reply that is begun stands apart from what it answers
        before, after = parts.text[: parts.pieces[0][0]].rstrip(), parts.text[parts.pieces[0][1] :].lstrip()
        start = len(before) + len(_APART) * bool(before)
        text = f"{before}{_APART if before else ''}{new[0]}{_APART if after else ''}{after}"
        return replace(parts, text=text, reply=new[0], pieces=((start, start + len(new[0])),))
    out: list[str] = []
    pieces = []
    place = shift = 0
    for number, (start, end) in enumerate(parts.pieces):
        piece = new[number] if number < len(new) else ""
        out += parts.text[place:start], piece
        pieces.append((start + shift, start + shift + len(piece)))
        shift += len(piece) - (end - start)
        place = end
    text = "".join([*out, parts.text[place:]])
    return replace(parts, text=text, reply=GAP.join(new), pieces=tuple(pieces[: len(firsts)]), firsts=tuple(firsts))


def _placed_step(step: Step, parts: Parts) -> Step:
    start, end = parts.span(step.start, step.end)
    return replace(step, start=start, end=end)
