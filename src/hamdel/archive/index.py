"""Search files and what isn't in them yet, searched as one."""

from __future__ import annotations

from itertools import chain, pairwise

from hamdel.archive.alphabet import decode, encode_query
from hamdel.archive.record import Record, SegmentRow
from hamdel.archive.scan import Query, find, text_of
from hamdel.archive.segment import Segment, open_segment
from hamdel.archive.tail import SentenceHit, Tail, TextHit, best_of
from hamdel.errors import ArchiveError

__all__ = ["Index"]

_SLACK = 1e-6  # rapidfuzz doesn't always give a text that scores a cutoff when asked with this very cutoff


class Index:
    """What can be searched of a record, as it is at each call.

    Args:
        record: whose texts they are.
    """

    def __init__(self, record: Record) -> None:
        self._record = record
        self._segments: dict[SegmentRow, Segment] = {}
        self._known_tail: Tail | None = None
        #: What the record was like at the last `refresh`; changes whenever somebody writes.
        self.seen: tuple[int, int] = (-1, -1)

    def refresh(self) -> None:
        """Look whether something was written since the last call."""
        seen = (self._record.version, self._record.sql.total_changes)
        if seen == self.seen:
            return
        rows = self._record.segments()
        self._segments = {row: segment for row in rows if (segment := self._open(row))}
        self._known_tail = None
        self.seen = seen

    @property
    def _tail(self) -> Tail:
        """What no search file holds; read when somebody searches, for each reply that is added changes it."""
        if self._known_tail is None:
            self._known_tail = Tail()
            gaps = (one for first, last in self.gaps() for one in self._record.bodies(first, last))
            for text, coded in chain(gaps, self._record.odd()):
                self._known_tail.add(text, coded)
        return self._known_tail

    def _open(self, row: SegmentRow) -> Segment | None:
        """A search file; None when it is damaged: its texts are then compared one by one."""
        known = self._segments.get(row)
        if known:
            return known
        try:
            return open_segment(self._record.folder / row.name)
        except ArchiveError:
            return None

    def gaps(self) -> list[tuple[int, int]]:
        """Return the ranges of ids, both ends inclusive, that no sound search file covers."""
        bounds = [(0, 0), *((row.first, row.last) for row in self._segments), (self._record.last_id() + 1, 0)]
        return [(before[1] + 1, after[0] - 1) for before, after in pairwise(bounds) if after[0] > before[1] + 1]

    def texts(self, masked: str, cutoff: float, *, best: bool = False) -> list[TextHit]:
        """Return the replies that score at least ``cutoff``; with ``best``, only those that no other beats."""
        self.refresh()
        query = Query(encode_query(masked))
        hits: list[TextHit] = []
        for segment in self._segments.values():
            replies = segment.replies
            found = find(query, replies, cutoff, best=best)
            hits += (TextHit(hit.score, int(replies.ids[hit.row])) for hit in found)
            cutoff = max([cutoff, *(hit.score - _SLACK for hit in found)]) if best else cutoff
        hits += self._tail.texts(masked, cutoff)
        return best_of(hits) if best else hits

    def sentences(self, masked: str, cutoff: float, *, best: bool = False) -> list[SentenceHit]:
        """Return the distinct sentences that score at least ``cutoff``; see `texts`."""
        self.refresh()
        query = Query(encode_query(masked))
        hits: dict[str, SentenceHit] = {}
        for segment in self._segments.values():
            replies, shelf = segment.replies, segment.sentences
            found = find(query, shelf, cutoff, best=best)
            for hit in found:
                sentence = decode(text_of(shelf, hit.row, hit.length))
                text = int(replies.ids[replies.row_at(shelf.place(hit.row, hit.length))])
                hits.setdefault(sentence, SentenceHit(hit.score, sentence, text))
            cutoff = max([cutoff, *(hit.score - _SLACK for hit in found)]) if best else cutoff
        for one in self._tail.sentences(masked, cutoff):
            hits.setdefault(one.sentence, one)
        return best_of(list(hits.values())) if best else list(hits.values())
