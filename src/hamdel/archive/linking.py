"""Near texts linked to groups: which of some pairs are near, and who belongs to whom in the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

__all__ = ["SLACK", "Links", "flat", "link", "may_be_near", "near_pairs"]

#: rapidfuzz doesn't always give a text that scores a cutoff when asked with this very cutoff.
SLACK = 1e-6
#: For each row the row that it belongs to, itself or an earlier one.
Links = npt.NDArray[np.int64]

_Counts = npt.NDArray[np.uint8]


def may_be_near(
    counts: _Counts, others: _Counts, lengths: npt.NDArray[np.int32], cutoff: float
) -> npt.NDArray[np.bool_]:
    """Tell of pairs of texts whether their letters allow them to score a cutoff.

    Args:
        counts, others: their letter counts (`hamdel.archive.signatures`), a pair a row; one row may stand for all.
        lengths: of both texts of each pair together.
        cutoff: of rapidfuzz's ``fuzz.ratio``.
    """
    apart = np.abs(counts.astype(np.int16) - others).sum(axis=1)
    return np.asarray(apart <= (1 - cutoff / 100) * lengths + SLACK)


def near_pairs(
    pairs: Sequence[tuple[int, int]], ones: Sequence[str | bytes], others: Sequence[str | bytes], cutoff: float
) -> Iterator[tuple[int, int]]:
    """Yield the pairs that score a cutoff.

    Args:
        pairs: of rows.
        ones, others: the texts of each.
        cutoff: of rapidfuzz's ``fuzz.ratio``.
    """
    if pairs:
        scores = process.cpdist(ones, others, scorer=fuzz.ratio, score_cutoff=cutoff - SLACK, dtype=np.float64)
        yield from (pair for pair, score in zip(pairs, scores.tolist(), strict=True) if score >= cutoff)


def link(links: Links, one: int, other: int) -> None:
    """Join the groups of two rows."""
    first, second = sorted((_root(links, one), _root(links, other)))
    links[second] = first


def _root(links: Links, row: int) -> int:
    while links[row] != row:
        links[row] = links[links[row]]
        row = int(links[row])
    return row


def flat(links: Links) -> Links:
    """Let each row name its group's first row."""
    while (links[links] != links).any():
        links = links[links]
    return links
