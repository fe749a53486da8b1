"""Near copies among more texts than can all be compared: those that probably are near are found and compared exactly.

Two texts are candidates when their sets of character 5-grams give the same key in one of 32 bands of four MinHash
values each; each candidate is scored as everywhere (`hamdel.archive.linking`), so that no pair is wrong, but some are
missed: of pairs that share 70 % of their 5-grams hardly one, of those that share half of them 13 in a hundred, and one
letter in five changed may leave none in common. Time and memory grow with the number of texts; all seeds are constants.
Source: Broder 1997, and chapter 3 of Leskovec, Rajaraman and Ullman, Mining of Massive Datasets.
"""

from __future__ import annotations

import ctypes
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from hamdel.archive.alphabet import encode, encode_query, is_odd
from hamdel.archive.linking import flat, link, may_be_near, near_pairs
from hamdel.archive.signatures import signatures_by_parts
from hamdel.base.native import compiled

__all__ = ["BANDS", "Encoded", "likely_groups"]

#: Bands, and values in each: 1 - (1 - s⁴)³² of the pairs that share s of their 5-grams are candidates.
BANDS, _IN_A_BAND = 32, 4
_HASHES = BANDS * _IN_A_BAND
_SHINGLE = 5
_TEXTS = 1 << 14  # that are hashed at once
_PAIRS = 1 << 16  # that are scored at once
_FACTORS, _TERMS = (
    np.frombuffer(hashlib.shake_256(what).digest(4 * _HASHES), "<u4").astype(np.uint32)
    for what in (b"factors", b"terms")
)
_FACTORS |= np.uint32(1)

_Places = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Encoded:
    """Texts in one byte a character.

    Attributes:
        joined: all of them.
        places, lengths: of each in ``joined``.
        odd: whether it has characters without a code, which are all the same byte here.
    """

    joined: npt.NDArray[np.uint8]
    places: _Places
    lengths: npt.NDArray[np.int32]
    odd: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, parts: Iterable[Sequence[str]]) -> Encoded:
        """Encode texts, some at a time.

        Args:
            parts: masked texts as they are compared.
        """
        joined, lengths, odd = [], [], []
        for texts in parts:
            joined.append(b"".join(map(encode_query, texts)))
            lengths.append(np.fromiter(map(len, texts), np.int32, len(texts)))
            odd.append(np.fromiter((is_odd(encode(text)) for text in texts), np.bool_, len(texts)))
        sizes = np.concatenate([np.empty(0, np.int32), *lengths])
        places = np.cumsum(sizes, dtype=np.int64) - sizes
        flags = np.concatenate([np.empty(0, np.bool_), *odd])
        return cls(np.frombuffer(b"".join(joined), np.uint8), places, sizes, flags)

    def text(self, row: int) -> bytes:
        """Return a text's bytes."""
        return self.joined[self.places[row] : self.places[row] + self.lengths[row]].tobytes()


def likely_groups(texts: Encoded, cutoff: float, known: _Places) -> _Places:
    """Group texts that are probably near copies, and certainly where it says so.

    Args:
        texts: distinct ones.
        cutoff: of rapidfuzz's ``fuzz.ratio``.
        known: the groups of the first of them, which are all compared with each other already: the place of the first
            text of each one's group.

    Returns:
        For each text the place of the first text of its group.
    """
    count = len(texts.lengths)
    links = np.arange(count)
    links[: len(known)] = known
    counts = signatures_by_parts(texts.joined, texts.lengths.astype(np.int64))
    for keys in _band_keys(texts):
        links = flat(links)
        one, other = _candidates(keys, links, len(known))
        for first in range(0, len(one), _PAIRS):
            some = slice(first, first + _PAIRS)
            for pair in _near(texts, counts, one[some], other[some], cutoff):
                link(links, *pair)
    return flat(links)


def _candidates(keys: npt.NDArray[np.uint32], links: _Places, known: int) -> tuple[_Places, _Places]:
    """Pairs with the same key that aren't in one group yet: each text with the first one of its key, and the last.

    All pairs of a key would be too many where thousands of texts share a template.
    """
    order = np.argsort(keys, kind="stable")
    same = np.flatnonzero(keys[order[1:]] == keys[order[:-1]]) + 1
    starts = np.arange(len(order))
    starts[same] = 0
    firsts = order[np.maximum.accumulate(starts)]
    one = np.concatenate([firsts[same], order[same - 1]])
    other = np.concatenate([order[same], order[same]])
    wanted = (links[one] != links[other]) & (other >= known)  # rows of a key ascend, so `other` is the later one
    pairs = np.unique(np.stack([one[wanted], other[wanted]]), axis=1)
    return pairs[0], pairs[1]


def _near(
    texts: Encoded, counts: npt.NDArray[np.uint8], one: _Places, other: _Places, cutoff: float
) -> Iterator[tuple[int, int]]:
    """Yield the pairs that score ``cutoff`` or more; two odd texts can't be scored by their bytes."""
    may = may_be_near(counts[one], counts[other], texts.lengths[one] + texts.lengths[other], cutoff)
    left = np.flatnonzero(may & ~(texts.odd[one] & texts.odd[other]))
    pairs = list(zip(one[left].tolist(), other[left].tolist(), strict=True))
    yield from near_pairs(pairs, [texts.text(row) for row, _ in pairs], [texts.text(row) for _, row in pairs], cutoff)


def _band_keys(texts: Encoded) -> npt.NDArray[np.uint32]:
    """The key of each text in each band; shape (`BANDS`, texts)."""
    keys = np.empty((BANDS, len(texts.lengths)), np.uint32)
    kernel = _kernel()
    if kernel:
        kernel(
            texts.joined.ctypes.data, texts.places.ctypes.data, texts.lengths.ctypes.data, len(texts.lengths),
            _FACTORS.ctypes.data, _TERMS.ctypes.data, keys.ctypes.data,
        )  # fmt: skip
        return keys
    for first in range(0, len(texts.lengths), _TEXTS):
        keys[:, first : first + _TEXTS] = _keys_of(texts, slice(first, first + _TEXTS))
    return keys


def _keys_of(texts: Encoded, some: slice) -> npt.NDArray[np.uint32]:
    """What the kernel does, of some texts."""
    places, lengths = texts.places[some], texts.lengths[some].astype(np.int64)
    shingles = np.maximum(lengths - _SHINGLE, 0) + 1
    starts = np.cumsum(shingles) - shingles
    at = np.arange(int(shingles.sum())) + np.repeat(places - starts, shingles)
    ends = np.repeat(places + lengths, shingles)
    padded = np.append(texts.joined, np.zeros(_SHINGLE, np.uint8))
    hashes = np.zeros(len(at), np.uint32)
    for step in range(_SHINGLE):
        hashes = np.where(at + step < ends, _mixed(hashes ^ (padded[at + step].astype(np.uint32) + 1)), hashes)
    keys = np.zeros((BANDS, len(lengths)), np.uint32)
    for place, (factor, term) in enumerate(zip(_FACTORS, _TERMS, strict=True)):
        least = np.minimum.reduceat(factor * hashes + term, starts)
        keys[place // _IN_A_BAND] = _mixed(keys[place // _IN_A_BAND] ^ least)
    return keys


def _mixed(values: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    values = (values ^ (values >> np.uint32(16))) * np.uint32(0x85EBCA6B)
    values = (values ^ (values >> np.uint32(13))) * np.uint32(0xC2B2AE35)
    return values ^ (values >> np.uint32(16))


@cache
def _kernel() -> Any:
    pointer = ctypes.c_void_p
    function = compiled("hamdel_minhash")
    if function is not None:
        function.argtypes = [pointer, pointer, pointer, ctypes.c_int64, pointer, pointer, pointer]
        function.restype = None
    return function
