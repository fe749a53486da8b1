"""A reply's folded text and what it consists of: words, numbers and codes, marks.

An archive reads millions of replies, and people write with the same few thousand words: what a stretch between two
spaces consists of is worked out once, and remembered.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from enum import IntEnum
from itertools import accumulate, chain
from typing import NamedTuple
from unicodedata import category

from hamdel.language.fold import key

__all__ = ["SYMBOL", "Kind", "Tokens", "read_tokens"]

#: Stands for everything that is covered; no word can hold it.
SYMBOL = "#"


class Kind(IntEnum):
    """What a token is; from `MARK` on it says nothing itself."""

    WORD = 0
    COVERED = 1  # a number, date, link or code
    MARK = 2
    PAUSE = 3  # a mark that ends a clause …
    STOP = 4  # … or a sentence


# Plain numbers: comparing an IntEnum's members costs more than reading a word.
_WORD, _COVERED, _MARK, _PAUSE, _STOP = map(int, Kind)
# Runs of ASCII (numbers, dates, links, Latin words), words of other scripts, line ends, marks.
_TOKEN = re.compile(r"[!-~]++|[^\W!-~]++|\n++|[^\w\s!-~]++")
_LATIN = re.compile(r"[a-z]++")
_CODE = re.compile(r"[\d@{}]|://|^www\.|[a-z]\.[a-z]")
_ADDRESS = re.compile(r"[^\s@،؛؟:]*@[^\s@]*[^\W_]")  # also «علی@سایت.ir» and «@علی»
_LAST_MARKS = re.compile(r"[.!?,:;)]++\Z")
_STOPS = frozenset(".!؟?؛;…\n")
_PAUSES = frozenset("،,:")


class _Chunk(NamedTuple):
    """What stands between two spaces: its folded text, and its tokens with their places in it."""

    folded: str
    texts: tuple[str, ...] = ()
    kinds: tuple[int, ...] = ()
    spaced: tuple[bool, ...] = ()  # white space stands before the token
    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()


class _Chunks(dict[str, _Chunk]):
    """Reads each different chunk once; forgets all when there are too many to keep."""

    _MOST = 1 << 17
    _LONGEST = 64  # code points; what is longer is hardly met again

    def __missing__(self, raw: str) -> _Chunk:
        chunk = _read_chunk(key(raw))
        if len(self) >= self._MOST:
            self.clear()
        if len(raw) <= self._LONGEST:
            self[raw] = chunk
        return chunk


_CHUNKS = _Chunks()


class Tokens(NamedTuple):
    """The tokens of a reply, or of a part of it.

    Attributes:
        folded: the whole reply's `hamdel.language.fold.key`.
        texts: of each token; covered ones are `SYMBOL`.
        kinds: of each token, values of `Kind`.
        spaced: whether white space stands before each token.
        chunks: the place of each stretch in ``folded``, and the stretch.
    """

    folded: str
    texts: list[str]
    kinds: list[int]
    spaced: list[bool]
    chunks: list[tuple[int, _Chunk]]

    def spans(self) -> list[tuple[int, int]]:
        """Return where in ``folded`` each token starts and ends."""
        return [
            (place + start, place + end)
            for place, chunk in self.chunks
            for start, end in zip(chunk.starts, chunk.ends, strict=True)
        ]


def read_tokens(text: str, bounds: Callable[[str], tuple[int, int]]) -> Tokens:
    """Read a raw reply.

    Args:
        text: the raw reply.
        bounds: takes the folded text and says which part of it to read.
    """
    chunks = list(map(_CHUNKS.__getitem__, text.split(" ")))
    folded = " ".join([chunk.folded for chunk in chunks])
    start, end = bounds(folded)
    places = list(accumulate([len(chunk.folded) + 1 for chunk in chunks], initial=0))
    placed = _within(list(zip(places, chunks, strict=False)), places, start, end)
    texts = list(chain.from_iterable([chunk.texts for _, chunk in placed]))
    kinds = list(chain.from_iterable([chunk.kinds for _, chunk in placed]))
    spaced = list(chain.from_iterable([chunk.spaced for _, chunk in placed]))
    return Tokens(folded, texts, kinds, spaced, placed)


def _within(chunks: list[tuple[int, _Chunk]], places: list[int], start: int, end: int) -> list[tuple[int, _Chunk]]:
    """The chunks from ``start`` to ``end``; those at both ends are cut when they reach further."""
    if start >= end:
        return []
    first = bisect_right(places, start) - 1
    last = bisect_right(places, end - 1)
    kept = chunks[first:last]
    if kept and end < kept[-1][0] + len(kept[-1][1].folded):
        kept[-1] = _cut(kept[-1], 0, end)
    if kept and start > kept[0][0]:
        kept[0] = _cut(kept[0], start, end)
    return kept


def _cut(placed: tuple[int, _Chunk], start: int, end: int) -> tuple[int, _Chunk]:
    place, chunk = placed
    begin = max(start, place)
    return begin, _CHUNKS[chunk.folded[begin - place : end - place]]


def _read_chunk(folded: str) -> _Chunk:
    tokens = list(_split_chunk(folded))
    if not tokens:
        return _Chunk(folded)
    texts, kinds, starts, ends = zip(*tokens, strict=True)
    spaced = (True, *(start > end for start, end in zip(starts[1:], ends, strict=False)))
    return _Chunk(folded, texts, kinds, spaced, starts, ends)


def _split_chunk(folded: str) -> Iterator[tuple[str, int, int, int]]:
    """Yield the tokens of a chunk: text, kind, start, end. An e-mail address or handle is one token in any script."""
    place = 0
    for address in _ADDRESS.finditer(folded) if "@" in folded else ():
        yield from _runs(folded, place, address.start())
        place = address.end()
        yield SYMBOL, _COVERED, address.start(), place
    yield from _runs(folded, place, len(folded))


def _runs(folded: str, start: int, end: int) -> Iterator[tuple[str, int, int, int]]:
    for match in _TOKEN.finditer(folded, start, end):
        run, offset = match.group(), match.start()
        if not run.isascii() or run[0] == "\n":
            yield _other(run, offset)
        elif _CODE.search(run):
            yield from _code(run, offset)
        else:
            yield from _latin(run, offset)


def _other(run: str, offset: int) -> tuple[str, int, int, int]:
    """A word of another script than Latin, or marks."""
    if run[0].isalpha():
        return run, _WORD, offset, offset + len(run)
    if run[0].isalnum():
        return SYMBOL, _COVERED, offset, offset + len(run)
    return _mark(run, offset)


def _mark(run: str, offset: int) -> tuple[str, int, int, int]:
    if not _STOPS.isdisjoint(run) or any(category(char) == "So" for char in run):  # an emoji ends a sentence, too
        kind = _STOP
    else:
        kind = _MARK if _PAUSES.isdisjoint(run) else _PAUSE
    return run, kind, offset, offset + len(run)


def _code(run: str, offset: int) -> Iterator[tuple[str, int, int, int]]:
    """A number, date, link or code, and the marks that end it."""
    marks = _LAST_MARKS.search(run)
    stop = marks.start() if marks and marks.start() else len(run)
    yield SYMBOL, _COVERED, offset, offset + stop
    if stop < len(run):
        yield _mark(run[stop:], offset + stop)


def _latin(run: str, offset: int) -> Iterator[tuple[str, int, int, int]]:
    """Part an ASCII run without digits into words and marks."""
    place = 0
    for word in _LATIN.finditer(run):
        if word.start() > place:
            yield _mark(run[place : word.start()], offset + place)
        yield word.group(), _WORD, offset + word.start(), offset + word.end()
        place = word.end()
    if place < len(run):
        yield _mark(run[place:], offset + place)
