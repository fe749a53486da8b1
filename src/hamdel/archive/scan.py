"""Which of many texts are near a query: a filter that loses nothing, then the longest common subsequence.

rapidfuzz's ``fuzz.ratio`` is ``100 · (1 − d / (m + n))``, where d, the Indel distance, is ``m + n − 2 · LCS``. So a
cutoff t allows a text of length n a distance of ``(1 − t/100)(m + n)``. Two lower bounds of d are cheap: the difference
of the lengths, and how far the counts of letters differ (the L1 distance of their `hamdel.archive.signatures`).

A compiled kernel does this ten times faster than numpy does; both give the same hits. Source: archive.md.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from functools import cache, cached_property, partial
from math import ceil, floor
from typing import Any, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from hamdel.archive.signatures import signatures
from hamdel.base.native import compiled

__all__ = ["MOST_WORDS", "Hit", "Query", "Shelf", "find", "has_kernel", "text_of"]

_SLACK = 1e-6  # against rounding: a hit at the very cutoff stays one, and rapidfuzz decides
#: Words of 64 characters that the kernel takes.
MOST_WORDS = 128
_Ints = npt.NDArray[np.int64]
_Scan = Callable[[_Ints, _Ints], tuple[int, list[int]]]


class Query:
    """A masked text to look for.

    Args:
        coded: one byte a character; see `hamdel.archive.alphabet.encode_query`.
    """

    def __init__(self, coded: bytes) -> None:
        self.coded = coded
        self.size = len(coded)
        self.words = -(-self.size // 64)

    def signature(self, width: int) -> npt.NDArray[np.uint8]:
        """Return its signature; see `hamdel.archive.signatures`."""
        return signatures(np.frombuffer(self.coded, np.uint8), np.array([self.size]), width).reshape(width)

    @cached_property
    def masks(self) -> npt.NDArray[np.uint64]:
        """Where each character stands: a row of ``words`` 64-bit words for each of the 256 codes."""
        bits = np.zeros((256, self.words * 64), np.uint8)
        bits[np.frombuffer(self.coded, np.uint8), np.arange(self.size)] = 1
        packed = np.packbits(bits, axis=1, bitorder="little")
        return np.ascontiguousarray(packed.view("<u8").astype(np.uint64))


class Shelf(Protocol):
    """Texts sorted by length."""

    @property
    def width(self) -> int:
        """Bytes of a signature."""

    @property
    def first(self) -> npt.NDArray[np.uint32]:
        """The first row of each length from 0 on, and behind the last length the number of rows."""

    @property
    def signatures(self) -> npt.NDArray[np.uint8]:
        """Of each row."""

    @property
    def texts(self) -> npt.NDArray[np.uint8]:
        """What `place` points into."""

    @property
    def places(self) -> npt.NDArray[np.uint32] | None:
        """Where each row's text starts; None when texts of one length lie side by side."""

    @property
    def base(self) -> npt.NDArray[np.uint64] | None:
        """Where the texts of each length start, when they lie side by side; None when `places` tells it."""

    def place(self, row: int, length: int) -> int:
        """Where a row's text starts."""


class Hit(NamedTuple):
    """A text that is near enough.

    Attributes:
        score: 0 to 100, as ``rapidfuzz.fuzz.ratio``.
        row: in its shelf.
        length: of its text.
    """

    score: float
    row: int
    length: int


def find(query: Query, shelf: Shelf, cutoff: float, *, best: bool = False) -> list[Hit]:
    """Find the texts of a shelf that are near a query.

    Args:
        query: what to look for.
        shelf: where to look.
        cutoff: more than 0, less than 100 or 100; hits score at least this.
        best: return only hits that no other one beats; much is skipped then.

    Returns:
        The hits in no order. rapidfuzz has the last word about each.
    """
    scan = _scanner(query, shelf)
    hits: list[Hit] = []
    left = _ranges(query.size, shelf, cutoff)
    while len(left):
        number, rows = scan(left, _needed(query.size, left[:, 0], cutoff))
        if rows:
            near = list(_judged(query, shelf, rows, int(left[number, 0]), cutoff))
            hits += near
            if best and near:
                # rapidfuzz doesn't always give a text that scores a cutoff when asked with this very cutoff
                cutoff = max(cutoff, max(hit.score for hit in near) - _SLACK)
        left = left[number + 1 :]
    highest = max((hit.score for hit in hits), default=0.0)
    return [hit for hit in hits if hit.score == highest] if best else hits


def _judged(query: Query, shelf: Shelf, rows: list[int], length: int, cutoff: float) -> Iterator[Hit]:
    for row in rows:
        score = fuzz.ratio(query.coded, text_of(shelf, row, length), score_cutoff=cutoff)
        if score:
            yield Hit(score, row, length)


def text_of(shelf: Shelf, row: int, length: int) -> bytes:
    """Return the text in a row of a shelf."""
    start = shelf.place(row, length)
    return shelf.texts[start : start + length].tobytes()


def _ranges(size: int, shelf: Shelf, cutoff: float) -> _Ints:
    """The lengths that a near text may have, the likeliest first.

    Returns:
        For each length that the shelf has a row: the length, the first row of the shelf and the one behind the last.
    """
    share = 1 - cutoff / 100
    least = max(1, ceil(size * (1 - share) / (1 + share) - _SLACK))
    most = min(len(shelf.first) - 2, floor(size * (1 + share) / (1 - share) + _SLACK))
    firsts = shelf.first[least : most + 2].astype(np.int64)
    lengths = np.arange(least, least + max(0, len(firsts) - 1))
    filled = np.flatnonzero(firsts[:-1] < firsts[1:])
    filled = filled[np.argsort(np.abs(lengths[filled] - size), kind="stable")]
    return np.column_stack([lengths[filled], firsts[filled], firsts[filled + 1]])


def _needed(size: int, lengths: _Ints, cutoff: float) -> _Ints:
    """The least LCS of texts of these lengths that are near enough."""
    sums = size + lengths
    distances = np.floor((1 - cutoff / 100) * sums + _SLACK).astype(np.int64)
    needed: _Ints = np.maximum(1, -((distances - sums) // 2))
    return needed


def _scanner(query: Query, shelf: Shelf) -> _Scan:
    """What looks for rows whose LCS with the query is long enough, up to the first of `_ranges` that has any.

    It takes ranges and the least LCS in each, and returns the number of the range, which is that of the last one when
    none has any, and the rows.
    """
    kernel = _kernel()
    scan = _numpy_scanner if kernel is None or query.words > MOST_WORDS else partial(_compiled_scanner, kernel)
    return scan(query, shelf)


def _compiled_scanner(kernel: Any, query: Query, shelf: Shelf) -> _Scan:
    signature = query.signature(shelf.width)
    texts = (
        shelf.width, query.size, query.words, query.masks.ctypes.data, signature.ctypes.data,
        shelf.signatures.ctypes.data, shelf.texts.ctypes.data,
        *(None if one is None else one.ctypes.data for one in (shelf.places, shelf.base)),
    )  # fmt: skip

    def scan(ranges: _Ints, needed: _Ints) -> tuple[int, list[int]]:
        assert len(signature) == shelf.width  # and keeps it alive while the kernel reads it
        rows = np.empty(int((ranges[:, 2] - ranges[:, 1]).max()), np.int64)
        count = np.zeros(1, np.int64)
        table = np.column_stack([ranges, needed])
        number = kernel(*texts, table.ctypes.data, len(table), rows.ctypes.data, count.ctypes.data)
        near: list[int] = rows[: int(count[0])].tolist()
        return int(number), near

    return scan


def _numpy_scanner(query: Query, shelf: Shelf) -> _Scan:
    signature = query.signature(shelf.width)

    def scan(ranges: _Ints, needed: _Ints) -> tuple[int, list[int]]:
        for number, (length, first, last, need) in enumerate(np.column_stack([ranges, needed]).tolist()):
            most = query.size + length - 2 * need
            distances = np.abs(shelf.signatures[first:last].astype(np.int16) - signature).sum(axis=1)
            rows = (np.flatnonzero(distances <= most) + first).tolist()
            near = [row for row in rows if LCSseq.similarity(query.coded, text_of(shelf, row, length)) >= need]
            if near:
                return number, near
        return len(ranges) - 1, []

    return scan


def has_kernel() -> bool:
    """Whether the compiled kernel is used."""
    return _kernel() is not None


@cache
def _kernel() -> Any:
    pointer, short, long = ctypes.c_void_p, ctypes.c_int32, ctypes.c_int64
    function = compiled("hamdel_scan_ranges")
    if function is not None:
        function.argtypes = [short, short, short, *[pointer] * 7, long, pointer, pointer]
        function.restype = long
    return function
