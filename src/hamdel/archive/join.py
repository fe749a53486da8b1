"""Which of many texts are near copies of each other: a self-join that equals comparing all pairs.

Texts are sorted by length, so that those which can be near stand together; `hamdel.archive.signatures` rule out most
pairs; what remains is compared. Groups are wanted, not pairs (fifty templates in a million replies are more than 10⁸
pairs), so two texts that are in one group already aren't compared again. The time still grows with the square of the
number of texts. Source: archive.md, "Batch".
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from math import floor
from typing import Any

import numpy as np
import numpy.typing as npt

from hamdel.archive.alphabet import encode, encode_query, is_odd
from hamdel.archive.linking import SLACK, Links, flat, link, may_be_near, near_pairs
from hamdel.archive.scan import MOST_WORDS
from hamdel.archive.signatures import signatures_by_parts
from hamdel.base.native import compiled

__all__ = ["Join", "near_groups"]

_ROWS = 256  # that a worker takes at once; Ctrl-C waits for no more
_PAIRS = 50_000  # compared at once by rapidfuzz
_LONGEST = MOST_WORDS * 64  # characters of a row that the kernel takes


def near_groups(texts: Sequence[str], cutoff: float, *, workers: int = 1) -> Links:
    """Group texts: two are in one group when they, or a chain of texts between them, score ``cutoff`` or more.

    Args:
        texts: masked texts as they are compared (`hamdel.masking.mask.compared`), distinct and none empty.
        cutoff: of rapidfuzz's ``fuzz.ratio``, more than 0 and at most 100.
        workers: threads; the result is the same.

    Returns:
        For each text the place of the first text of its group; shape ``(len(texts),)``.
    """
    if not len(texts):
        return np.empty(0, np.int64)
    join = Join(texts, cutoff)
    if not join.compiled:
        return join.groups(())
    with ThreadPoolExecutor(workers) as pool:
        return join.groups(pool.map(lambda worker: join.links(worker, workers), range(workers)))


class Join:
    """The self-join of some texts in shares, which threads or machines may take, each with a join of the same texts.

    Args:
        texts, cutoff: see `near_groups`; at least one text.

    Attributes:
        compiled: whether there is a kernel, without which there are no shares.
    """

    def __init__(self, texts: Sequence[str], cutoff: float) -> None:
        self._texts = texts
        self._cutoff = cutoff
        self._rows = _Rows.of(texts)
        self.compiled = _kernel() is not None

    def links(self, share: int, of: int) -> Links:
        """Return who is near whom in one of some shares; needs the kernel.

        Args:
            share: from 0.
            of: how many there are.

        Returns:
            For each row the row that it belongs to, itself or an earlier one.
        """
        return _linked_by_kernel(_kernel(), self._rows, self._cutoff, share, of)

    def groups(self, shares: Iterable[Links]) -> Links:
        """Return what `near_groups` returns.

        Args:
            shares: of all shares, in any order; none without a kernel.
        """
        links = np.arange(len(self._texts))
        for some in shares:
            for row in np.flatnonzero(some != np.arange(len(some))).tolist():
                link(links, row, int(some[row]))
        left = _left_to_rapidfuzz(self._rows, compiled=self.compiled)
        for one, other in _near_pairs(self._rows, left, self._texts, self._cutoff):
            link(links, one, other)
        return _first_places(links, self._rows.order)


@dataclass(frozen=True)
class _Rows:
    """Texts by length, one byte a character.

    Attributes:
        order: the place of each row's text among the texts that were given.
        joined: all of them.
        places, lengths: of each row in ``joined``.
        signatures: its letter counts.
        odd: whether it has characters without a code, which are all the same byte here: two such rows are at least as
            far from each other as their bytes, and exactly as far from other rows.
    """

    order: npt.NDArray[np.int64]
    joined: npt.NDArray[np.uint8]
    places: npt.NDArray[np.int64]
    lengths: npt.NDArray[np.int32]
    signatures: npt.NDArray[np.uint8]
    odd: npt.NDArray[np.uint8]

    @classmethod
    def of(cls, texts: Sequence[str]) -> _Rows:
        sizes = np.fromiter(map(len, texts), np.int64, len(texts))
        order = np.argsort(sizes, kind="stable")
        lengths = sizes[order]
        sorted_ = [texts[place] for place in order.tolist()]
        joined = np.frombuffer(b"".join(map(encode_query, sorted_)), np.uint8)
        odd = np.fromiter((is_odd(encode(text)) for text in sorted_), np.uint8, len(texts))
        places = np.cumsum(lengths) - lengths
        return cls(order, joined, places, lengths.astype(np.int32), signatures_by_parts(joined, lengths), odd)


def _linked_by_kernel(kernel: Any, rows: _Rows, cutoff: float, share: int, of: int) -> Links:
    """Who is near whom, but for rows that are too long for the kernel and pairs of odd ones."""
    count = len(rows.lengths)
    last = int(np.searchsorted(rows.lengths, _LONGEST, side="right"))
    links = np.arange(count)
    masks = np.zeros(256 * MOST_WORDS, np.uint64)
    for first in range(share * _ROWS, last, of * _ROWS):
        kernel(
            rows.joined.ctypes.data, rows.places.ctypes.data, rows.lengths.ctypes.data, rows.signatures.ctypes.data,
            rows.odd.ctypes.data, count, first, min(first + _ROWS, last), cutoff, masks.ctypes.data,
            links.ctypes.data,
        )  # fmt: skip
    return links


def _left_to_rapidfuzz(rows: _Rows, *, compiled: bool) -> npt.NDArray[np.int64]:
    """The rows that rapidfuzz compares: all without a kernel, else the odd ones and those that are too long."""
    return np.flatnonzero((rows.odd > 0) | (rows.lengths > _LONGEST)) if compiled else np.arange(len(rows.lengths))


def _near_pairs(
    rows: _Rows, left: npt.NDArray[np.int64], texts: Sequence[str], cutoff: float
) -> Iterator[tuple[int, int]]:
    """Yield the pairs of some rows that are near, as `_linked_by_kernel` links them."""
    pairs: list[tuple[int, int]] = []
    for number, row in enumerate(left.tolist()):
        others = left[number + 1 : _end(rows, left, row, cutoff)]
        lengths = rows.lengths[others] + rows.lengths[row]
        may = may_be_near(rows.signatures[others], rows.signatures[row], lengths, cutoff)
        pairs += [(row, other) for other in others[may].tolist()]
        if len(pairs) >= _PAIRS:
            yield from near_pairs(pairs, *_texts_of(pairs, rows, texts), cutoff)
            pairs = []
    yield from near_pairs(pairs, *_texts_of(pairs, rows, texts), cutoff)


def _texts_of(pairs: list[tuple[int, int]], rows: _Rows, texts: Sequence[str]) -> tuple[list[str], list[str]]:
    """The texts of both sides."""
    return [texts[rows.order[one]] for one, _ in pairs], [texts[rows.order[other]] for _, other in pairs]


def _end(rows: _Rows, left: npt.NDArray[np.int64], row: int, cutoff: float) -> int:
    """Behind which of the rows all are too long to be near a row."""
    share = 1 - cutoff / 100
    longest = floor(int(rows.lengths[row]) * (1 + share) / (1 - share) + SLACK)
    return int(np.searchsorted(rows.lengths[left], longest, side="right"))


def _first_places(links: Links, order: npt.NDArray[np.int64]) -> Links:
    """From links between rows to the first place of each text's group."""
    links = flat(links)
    first = np.full(len(links), len(links), np.int64)
    np.minimum.at(first, links, order)
    result = np.empty(len(links), np.int64)
    result[order] = first[links]
    return result


@cache
def _kernel() -> Any:
    pointer, long = ctypes.c_void_p, ctypes.c_int64
    function = compiled("hamdel_join")
    if function is not None:
        function.argtypes = [*[pointer] * 5, long, long, long, ctypes.c_double, pointer, pointer]
        function.restype = None
    return function
