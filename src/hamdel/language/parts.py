"""Which part of a text is the reply, and which is the customer's: the one place that decides.

Quoted lines, mail headers, what stands below «در تاریخ … نوشت:», "-----Original Message-----" or a header inside the
text, and the signature below ``-- `` aren't the reply. Whatever judges, compares or stores a reply asks here first.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from hamdel.language.mail import Lines, mail_header
from hamdel.language.quoted import dequoted, may_quote

__all__ = ["BREAK", "GAP", "Parts", "reply_of", "split"]

#: A paragraph's end in Unicode: white space that nobody types, so that pieces are told apart after edits, too.
BREAK = "\u2029"
#: What stands in the reply for something between two of its pieces.
GAP = f"\n{BREAK}\n"

Span = tuple[int, int]

_REMEMBERED = 8  # texts: one draft is asked about by several


@dataclass(frozen=True, slots=True)
class Parts:
    """A text and its parts; offsets are code points.

    Attributes:
        text: the whole, raw.
        reply: the pieces of the reply with `GAP` between; the very ``text`` when nothing else is in it.
        pieces: ``(start, end)`` of each piece in ``text``; one, empty, where a reply would stand when there is none.
        firsts: where each piece starts in ``reply``.
        customer: the newest message that is quoted, without its signs; empty when none is.
        signature: what stands below the signature's delimiter.
    """

    text: str
    reply: str
    pieces: tuple[Span, ...]
    firsts: tuple[int, ...]
    customer: str = ""
    signature: str = ""

    @property
    def whole(self) -> bool:
        """Whether the text is nothing but the reply."""
        return self.pieces == ((0, len(self.text)),)

    @property
    def quotes_only(self) -> bool:
        """Whether there is a text and no reply in it."""
        return not self.reply and bool(self.text.strip())

    def _piece(self, offset: int) -> int:
        return max(0, bisect_right(self.firsts, offset) - 1)

    def _placed(self, piece: int, offset: int) -> int:
        start, end = self.pieces[piece]
        return min(start + max(0, offset - self.firsts[piece]), end)

    def span(self, start: int, end: int) -> Span:
        """Return the range in ``text`` of one in ``reply``, without what reaches beyond its first piece."""
        piece = self._piece(start)
        return self._placed(piece, start), self._placed(piece, end)

    def spans(self, start: int, end: int) -> Iterator[Span]:
        """Yield the ranges in ``text`` of one in ``reply``, one for each piece."""
        for piece in range(self._piece(start), len(self.pieces)):
            if piece and self.firsts[piece] >= end:
                return
            first, last = self._placed(piece, start), self._placed(piece, end)
            if first < last:
                yield first, last

    def is_inside(self, start: int, end: int) -> bool:
        """Tell whether a range of ``reply`` lies in one piece."""
        piece = self._piece(start)
        first, last = self.pieces[piece]
        return end <= self.firsts[piece] + last - first


class _Mode(Enum):
    """Whose the lines are that the scan is in."""

    OWN = auto()
    SIGNATURE = auto()
    OTHERS = auto()  # the mail that is answered
    OLDER = auto()  # what was quoted in it


def reply_of(text: str) -> str:
    """Return the reply in a text; see `Parts.reply`.

    >>> reply_of("> کی می‌رسه؟\\n\\nفردا می‌رسد.")
    'فردا می‌رسد.'
    """
    return split(text).reply


@lru_cache(maxsize=_REMEMBERED)
def split(text: str) -> Parts:
    """Tell the reply from the rest; takes time in proportion to the text's length.

    Args:
        text: a draft, or a reply as it was sent or exported.
    """
    if not may_quote(text) and "\n" not in text and "\r" not in text:
        return _whole(text)
    scan = _Scan(text)
    if not scan.cut:
        return _whole(text)
    pieces = tuple(_pieces(text, scan.lines, scan.own))
    firsts = _firsts(pieces)
    reply = GAP.join(text[start:end] for start, end in pieces)
    if not pieces:
        top = scan.others and not scan.quoted
        pieces, firsts = ((0, 0) if top else (len(text), len(text)),), (0,)
    signature = "\n".join(scan.lines[place] for place in scan.signature).strip()
    return Parts(text, reply, pieces, firsts, scan.customer(), signature)


def _whole(text: str) -> Parts:
    return Parts(text, text, ((0, len(text)),), (0,))


def _pieces(text: str, lines: Lines, own: Sequence[int]) -> Iterator[Span]:
    """Yield where runs of lines are that say something, white space at their edges aside."""
    first = 0
    for place in range(1, len(own) + 1):
        if place == len(own) or own[place] != own[place - 1] + 1:
            start, end = lines.spans[own[first]][0], lines.spans[own[place - 1]][1]
            piece = text[start:end]
            if piece.strip():
                yield start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
            first = place


def _firsts(pieces: Sequence[Span]) -> tuple[int, ...]:
    firsts = []
    place = 0
    for start, end in pieces:
        firsts.append(place)
        place += end - start + len(GAP)
    return tuple(firsts)


class _Scan:
    """Reads a text line by line.

    Attributes:
        lines: of the text.
        own, signature, others: the numbers of lines that are the reply's, the signature's, an earlier mail's.
        quoted: those of quoted lines; of an earlier mail only where it has no others.
        cut: whether some line isn't the reply's.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self.lines = Lines(text)
        self.own: list[int] = []
        self.signature: list[int] = []
        self.others: list[int] = []
        self.quoted: list[int] = []
        self._quoted_in_others: list[int] = []
        self._mode = _Mode.OWN
        self._said = False
        self._read(mail_header(text))
        self.quoted = self.quoted or ([] if self._tells(self.others) else self._quoted_in_others)
        self.cut = len(self.own) < len(self.lines)

    def _read(self, header: int) -> None:
        place = 0
        while place < len(self.lines):
            if self.lines.spans[place][0] < header:
                place += 1
            else:
                place += self._take(place)

    def _take(self, place: int) -> int:
        """Say whose a line is; return how many lines are done."""
        line = self.lines[place]
        if not line.strip():
            self._keep(place)
        elif self.lines.depths[place]:
            self._quote(place)
        elif self._mode is not _Mode.OLDER:
            size = self._turn(place)
            if size:
                return size
            self._keep(place)
            self._said |= self._mode is _Mode.OWN
        return 1

    def _keep(self, place: int) -> None:
        if self._mode is _Mode.OWN:
            self.own.append(place)
        elif self._mode is _Mode.SIGNATURE:
            self.signature.append(place)
        elif self._mode is _Mode.OTHERS:
            self.others.append(place)

    def _quote(self, place: int) -> None:
        if self._mode is _Mode.OTHERS:
            self._quoted_in_others.append(place)
        elif self._mode is not _Mode.OLDER:
            self.quoted.append(place)
            self._mode = _Mode.OWN

    def _turn(self, place: int) -> int:
        """Return how many lines only say that others' words or the signature follow; 0 when it is a plain line."""
        size, strict = self.lines.older(place)
        if size and not self._said and self._mode is _Mode.OWN and self.lines.is_reply_line(place):
            return 1
        leads = bool(size) and self.lines.leads_to_quote(place + size)
        if size and (strict or leads):
            if self._mode is _Mode.OTHERS and self._tells(self.others):
                self._mode = _Mode.OLDER
            elif self._mode is not _Mode.OTHERS:
                self._mode = _Mode.OWN if leads else _Mode.OTHERS
            return size
        if self._mode is _Mode.OWN and self._said:
            if self.lines.is_device(place):
                return 1
            if self.lines.signs(place):
                self._mode = _Mode.SIGNATURE
                return 1
        return 0

    def _tells(self, places: Sequence[int]) -> bool:
        return any(self.lines[place].strip() for place in places)

    def customer(self) -> str:
        """Return what the newest of the others wrote."""
        messages = []
        if self.quoted:
            depth = min(self.lines.depths[place] for place in self.quoted)
            messages.append(_newest("\n".join(dequoted(self.lines[place], depth) for place in self.quoted)))
        if self._tells(self.others):
            messages.append("\n".join(self.lines[place] for place in self.others).strip())
        return "\n".join(filter(None, messages))


def _newest(message: str) -> str:
    """Return a quoted message without what is quoted in it; its signature stays, for it has the customer's name."""
    scan = _Scan(message)
    kept = sorted(scan.own + scan.signature)
    if not any(scan.lines[place].strip() for place in kept):
        kept = scan.others
    return "\n".join(scan.lines[place] for place in kept).strip() or message.strip()
