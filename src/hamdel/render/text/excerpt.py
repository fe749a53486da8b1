"""A sentence on one line: spans marked, and cut around them with … when it is long."""

from __future__ import annotations

from hamdel.render.text.bidi import visible
from hamdel.render.text.pieces import Piece, Role

__all__ = ["excerpt"]

_DOTS = "…"
_LEAST = 8  # characters of a gap that always remain
_MARK_SHARE = 0.7  # of the room goes to the spans at most; the rest shows what is around them


def excerpt(
    text: str, bounds: tuple[int, int], spans: tuple[tuple[int, int], ...], room: int, *, brackets: bool
) -> tuple[Piece, ...]:
    """The part of a draft that a finding is about.

    Args:
        text: the draft.
        bounds: the sentence.
        spans: what to mark in it, by place, without overlaps; all inside the bounds.
        room: how many characters to show, about.
        brackets: mark with ⟦…⟧, for output without colours and underlines.
    """
    marked = [visible(text[start:end]) for start, end in spans]
    gaps = _gaps(text, bounds, spans)
    marked, gaps = _fit_marks(marked, gaps, int(room * _MARK_SHARE))
    rooms = _shares([len(gap) for gap in gaps], room - sum(map(len, marked)))
    pieces = []
    for number, gap in enumerate(gaps):
        pieces.append(Piece(_fit_gap(gap, rooms[number], first=number == 0, last=number == len(gaps) - 1)))
        if number < len(marked):
            shown = f"⟦{marked[number]}⟧" if brackets else marked[number]
            pieces.append(Piece(shown, Role.MARK))
    return tuple(piece for piece in pieces if piece.text)


def _gaps(text: str, bounds: tuple[int, int], spans: tuple[tuple[int, int], ...]) -> list[str]:
    """What is before, between and after the spans: one more than there are spans."""
    edges = [bounds[0], *(edge for span in spans for edge in span), bounds[1]]
    gaps = [visible(text[start:end]) for start, end in zip(edges[::2], edges[1::2], strict=True)]
    gaps[0], gaps[-1] = gaps[0].lstrip(), gaps[-1].rstrip()
    return gaps


def _fit_marks(marked: list[str], gaps: list[str], room: int) -> tuple[list[str], list[str]]:
    """Drop spans from the end until the rest fits; cut the middle of a single one that is too long."""
    count = len(marked)
    while count > 1 and sum(map(len, marked[:count])) > room:
        count -= 1
    if count < len(marked):
        gaps = [*gaps[:count], gaps[count] + _DOTS]
    return [_cut_middle(mark, room) for mark in marked[:count]], gaps


def _shares(lengths: list[int], room: int) -> list[int]:
    """Divide room so that what the short ones don't need goes to the long ones."""
    shares = [0] * len(lengths)
    for done, number in enumerate(sorted(range(len(lengths)), key=lengths.__getitem__)):
        share = max(_LEAST, room // (len(lengths) - done))
        shares[number] = min(lengths[number], share)
        room -= shares[number]
    return shares


def _fit_gap(gap: str, room: int, *, first: bool, last: bool) -> str:
    """Cut the far side of an outer gap and the middle of an inner one, at a space where there is one near."""
    if len(gap) <= room:
        return gap
    if first and last:  # nothing is marked
        return _head(gap, room)
    if first:
        return _head(gap[::-1], room)[::-1]
    return _head(gap, room) if last else _cut_middle(gap, room)


def _head(text: str, room: int) -> str:
    kept = text[: room - 1]
    space = kept.rfind(" ")
    return (kept[:space] if space > room // 2 else kept) + " " + _DOTS


def _cut_middle(text: str, room: int) -> str:
    if len(text) <= room:
        return text
    half = max(1, (room - 3) // 2)
    return f"{text[:half]} {_DOTS} {text[-half:]}"
