"""Letter counts of texts: two texts are at least as many insertions and deletions apart as their counts differ.

That holds for counts in a few buckets too, and those are short. Source: archive.md.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from hamdel.archive.alphabet import encode

__all__ = ["NARROW", "WIDE", "signatures", "signatures_by_parts"]

#: Widths of signatures, in bytes: of whole replies and of sentences.
WIDE, NARROW = 32, 16

# How often each character comes in a thousand of masked support replies; the rest share what is left.
_FREQUENT = {
    " ": 189, "ا": 119, "ی": 79, "ر": 77, "د": 55, "م": 48, "ت": 45, "ب": 41, "ه": 41, "و": 40, "ن": 39, "س": 34,
    "ش": 33, "ک": 20, "ل": 20, "ز": 15, "ف": 15, "گ": 11, "خ": 10, "ق": 10, "پ": 10, "ع": 10, "#": 9, "ح": 9, "ص": 5,
    "ج": 5, "ط": 4, "آ": 3, "ض": 3, "غ": 2, "چ": 1, "ظ": 1, "ث": 1, "ذ": 1, "ژ": 1,
}  # fmt: skip
_CAP = 255
_AT_ONCE = 1 << 14  # texts whose letters are counted at once


def _buckets(width: int) -> npt.NDArray[np.uint8]:
    """Give each code a bucket, so that all buckets are about equally full."""
    load = [0.0] * width
    buckets = (np.arange(256) % width).astype(np.uint8)
    for char, weight in _FREQUENT.items():
        bucket = min(range(width), key=load.__getitem__)
        load[bucket] += weight
        buckets[encode(char)[0]] = bucket
    return buckets


_BUCKETS = {width: _buckets(width) for width in (WIDE, NARROW)}


def signatures(texts: npt.NDArray[np.uint8], lengths: npt.NDArray[np.int64], width: int) -> npt.NDArray[np.uint8]:
    """Count the letters of texts in buckets.

    Args:
        texts: all texts in a row, one byte a character.
        lengths: of each text.
        width: `WIDE` or `NARROW`.

    Returns:
        One row of ``width`` saturating counts for each text.
    """
    count = len(lengths)
    owner = np.repeat(np.arange(count, dtype=np.int64) * width, lengths)
    counts = np.bincount(owner + _BUCKETS[width][texts], minlength=count * width)
    return np.minimum(counts, _CAP).astype(np.uint8).reshape(count, width)


def signatures_by_parts(texts: npt.NDArray[np.uint8], lengths: npt.NDArray[np.int64]) -> npt.NDArray[np.uint8]:
    """Count the letters of texts as `signatures` does, `WIDE`, some at a time: counting needs nine bytes a character.

    Args:
        texts: all texts in a row, one byte a character.
        lengths: of each text.
    """
    ends = np.cumsum(lengths)
    parts = [np.empty((0, WIDE), np.uint8)]
    for first in range(0, len(lengths), _AT_ONCE):
        some = lengths[first : first + _AT_ONCE]
        start = int(ends[first] - lengths[first])
        parts.append(signatures(texts[start : start + int(some.sum())], some, WIDE))
    return np.concatenate(parts)
