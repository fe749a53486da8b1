"""The archive of past replies: add, import, search, forget, verify, compact.

A folder on the user's machine. Nothing in it is a raw reply, and nothing leaves it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from time import time as now
from types import TracebackType

from hamdel.archive.alphabet import decode, encode, text_key
from hamdel.archive.erasing import erase, is_erased, leftovers, remove, tidy
from hamdel.archive.index import Index
from hamdel.archive.record import Record
from hamdel.archive.segment import SHORTEST_SENTENCE
from hamdel.archive.segment_making import merge_segments
from hamdel.archive.tail import SentenceHit, best_of
from hamdel.archive.writing import Sent, Writer
from hamdel.errors import ArchiveError
from hamdel.language.bounded_cache import Memory
from hamdel.language.parts import reply_of
from hamdel.masking.mask import SENTENCE, compared, mask, mask_layout, sentence_spans
from hamdel.model.history import Match

__all__ = ["Archive", "View"]

_AGENTS = 64  # whose latest replies are remembered
_UNSETTLED = 2048  # texts without a search file that are compared one by one before they get one


class Archive:
    """An archive that is open; a context manager that closes it.

    Args:
        folder: where it is; it is made when there is none and ``write`` is wanted.
        write: whether it may be changed.
        finish: whether to finish first what a killed process has left of what was forgotten, as far as that can be done
            now: without ``write`` where we have the right to write and nobody else writes.

    Raises:
        ArchiveError: it can't be opened.

    >>> import tempfile
    >>> with Archive(Path(tempfile.mkdtemp()), write=True) as archive:
    ...     _ = archive.add("سلام مینا جان، سفارش ۵۵۰۱ فردا با پیک می‌رسد.", agent="سارا")
    ...     [round(match.score) for match in archive.search("سلام، سفارش ۷۷۱۲ شنبه با پیک می‌رسد.", 85)]
    [100]
    """

    def __init__(self, folder: Path, *, write: bool = False, finish: bool = True) -> None:
        self.folder = folder
        self.record = Record(folder, write=write)
        self.index = Index(self.record)
        self._latest: Memory[tuple[int, int | None], Sequence[str]] = Memory(_AGENTS)
        self._latest_seen = self.index.seen
        try:
            if finish and not is_erased(self.record):
                self._finish()
            if write:
                self._settle()
        except BaseException:
            self.close()
            raise

    def _finish(self) -> None:
        """Erase what was forgotten; when that fails it is tried again the next time, and `verify` says so."""
        with suppress(ArchiveError):
            if self.record.writable:
                erase(self.record)
            else:
                with closing(Record(self.folder, write=True, patience=0)) as record:
                    erase(record)

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close its files."""
        self.record.close()

    @cached_property
    def writer(self) -> Writer:
        """What changes the record."""
        return Writer(self.record)

    def add(
        self, reply: str, *, customer: str = "", agent: str = "", channel: str = "", time: int | None = None
    ) -> bool:
        """Remember a reply that was sent.

        Args:
            reply: raw; what is quoted in it is left out, and the rest masked, before it is stored.
            customer: the customer's id; a digest of it is stored.
            agent: the agent's name; personal identifiers in it are masked.
            channel: where it was sent.
            time: seconds since 1970; now when None.

        Returns:
            Whether it is new: False when the very same was added before, or when it says nothing but courtesy, or
            nothing at all.

        Raises:
            ArchiveError: it isn't stored.
        """
        body = encode(mask_layout(reply_of(reply)))
        if not body:
            return False
        sent = Sent(text_key(body), body, customer, int(now()) if time is None else time, agent, channel)
        added = self.writer.store([sent])
        self._settle()
        return bool(added)

    def _settle(self) -> None:
        """Make search files when so much has none that search gets slow; when that fails, search is slow."""
        self.index.refresh()
        if sum(last - first + 1 for first, last in self.index.gaps()) >= _UNSETTLED:
            with suppress(ArchiveError):
                merge_segments(self.record)

    def search(self, text: str, cutoff: float, *, best: bool = False) -> list[Match]:
        """Return the earlier replies that are near copies of a text, the nearest first.

        Args:
            text: raw; what is quoted in it isn't looked for.
            cutoff: more than 0, up to 100: the least ``rapidfuzz.fuzz.ratio`` of the masked texts.
            best: only those that no other one beats.

        Raises:
            ArchiveError: the record can't be read.
        """
        masked = mask(reply_of(text))
        hits = self.index.texts(masked, cutoff, best=best) if masked else []
        hits.sort(key=lambda hit: (-hit.score, hit.text))
        return [match for hit in hits if (match := self.match(hit.text, hit.score))]

    def search_sentences(self, text: str, cutoff: float) -> Iterator[tuple[str, list[SentenceHit]]]:
        """Yield each sentence of a text that is long enough, masked, and the earlier sentences that are near it.

        Raises:
            ArchiveError: the record can't be read.
        """
        layout = mask_layout(reply_of(text))
        for start, end in sentence_spans(layout, SENTENCE, SHORTEST_SENTENCE):
            sentence = compared(layout[start:end])
            hits = self.index.sentences(sentence, cutoff)
            yield sentence, sorted(hits, key=lambda hit: (-hit.score, hit.text))

    def sentence_matches(self, text: str, cutoff: float) -> list[Match]:
        """Return what is known of the earlier sentences that are near a sentence of a text; see `search_sentences`."""
        hits = [hit for _, near in self.search_sentences(text, cutoff) for hit in near]
        found = [(self.match(hit.text, hit.score), hit) for hit in hits]
        return [replace(match, layout=hit.sentence) for match, hit in found if match]

    def latest(self, count: int, agent: int | None) -> Sequence[str]:
        """Return the layouts of the last replies, oldest first; read once until somebody writes.

        Args:
            count: how many at most.
            agent: digest of whose they are; None for everybody's.
        """
        self.index.refresh()
        if self.index.seen != self._latest_seen:
            self._latest_seen, self._latest = self.index.seen, Memory(_AGENTS)
        found = self._latest[count, agent]
        if found is None:
            bodies = map(self.record.body, self.record.latest(count, agent))
            found = [decode(body) for body in bodies if body is not None]
            self._latest[count, agent] = found
        return found

    def match(self, text: int, score: float, customer: int = 0) -> Match | None:
        """Return what is known of a text; None when it was forgotten meanwhile."""
        body = self.record.body(text)
        return Match(score, decode(body), self.record.uses(text, customer)) if body is not None else None

    def forget(self, *, customer: str = "", agent: str = "", before: int = 0) -> int:
        """Remove replies for good, from all files; see `hamdel.archive.writing.Writer.forget`.

        Returns:
            How many are gone.

        Raises:
            ArchiveError: the record is as it was, or, when the message says so, the replies are gone from it, but their
                bytes aren't gone from all files.
        """
        count = self.writer.forget(customer=customer, agent=agent, before=before)
        try:
            erase(self.record)
        except ArchiveError as error:
            raise ArchiveError(
                f"{self.folder}: {count} replies are forgotten, but their texts aren't wiped from all files yet "
                f"({error.__cause__ or error}); that is done when the archive is opened next, or by "
                "`hamdel archive compact`"
            ) from error
        with suppress(ArchiveError):  # search is slow until there is room for a search file
            merge_segments(self.record)
        return count

    def compact(self) -> None:
        """Put everything into as few and small files as can be.

        Raises:
            ArchiveError: it can't be done; nothing is lost.
        """
        if not is_erased(self.record):
            erase(self.record)
        self.writer.settle()
        merge_segments(self.record, whole=True)
        remove(leftovers(self.record))
        tidy(self.record)

    def view(self, *, customer: str = "", agent: str = "") -> View:
        """Return what a check may ask while an agent writes to a customer."""
        return View(self, self.record.digest("customer", customer), self.record.digest("agent", agent) or None)


@dataclass(frozen=True)
class View:
    """An archive as an agent sees it who writes to a customer; a `hamdel.archive.past.PastReplies`.

    Attributes:
        archive: whose replies they are.
        customer: digest; 0 when unknown.
        agent: digest; None when unknown: then everybody's replies are the latest.
    """

    archive: Archive
    customer: int
    agent: int | None

    @cached_property
    def _to_customer_only(self) -> set[int]:
        return self.archive.record.only_to(self.customer) if self.customer else set()

    def nearest(self, masked: str, cutoff: float) -> Match | None:
        """Return the nearest reply to somebody else; see `hamdel.archive.past.PastReplies.nearest`."""
        if not masked:
            return None
        hits = self.archive.index.texts(masked, cutoff, best=True)
        if any(hit.text in self._to_customer_only for hit in hits):
            hits = self.archive.index.texts(masked, cutoff)
            hits = best_of([hit for hit in hits if hit.text not in self._to_customer_only])
        first = min(hits, key=lambda hit: hit.text, default=None)
        return self.archive.match(first.text, first.score, self.customer) if first else None

    def nearest_to_customer(self, masked: str, cutoff: float) -> Match | None:
        """Return the nearest reply to this customer; see `hamdel.archive.past.PastReplies.nearest_to_customer`."""
        from rapidfuzz import fuzz

        best: tuple[float, int] | None = None
        for text in self.archive.record.texts_to(self.customer) if self.customer and masked else ():
            body = self.archive.record.body(text)
            score = fuzz.ratio(masked, compared(decode(body)), score_cutoff=cutoff) if body else 0
            if score and (best is None or score > best[0]):
                best = score, text
        return self.archive.match(best[1], best[0], self.customer) if best else None

    def has_sentence(self, masked: str, cutoff: float) -> bool:
        """Return whether there is such a sentence; see `hamdel.archive.past.PastReplies.has_sentence`."""
        hits = self.archive.index.sentences(masked, cutoff)
        return any(hit.text not in self._to_customer_only for hit in hits)

    def latest(self, count: int) -> Sequence[str]:
        """Return the agent's last replies; see `hamdel.archive.past.PastReplies.latest`."""
        return self.archive.latest(count, self.agent)
