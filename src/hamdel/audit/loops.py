"""Replies that somebody got before: the same one again, or one that differs by a few letters, a name or a number.

A reply is compared with the last different ones of its conversation only, so the time grows with the number of replies;
and the texts of some conversations at a time are in memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import polars as pl
from rapidfuzz import fuzz

from hamdel.archive.segment import SHORTEST_SENTENCE
from hamdel.audit.clusters import CUTOFF
from hamdel.masking.mask import CLAUSE, SENTENCE

__all__ = ["find_loops"]

_COMPARED = 20  # different replies of a conversation, the last ones
_AT_ONCE = 200_000  # replies


def find_loops(replies: pl.LazyFrame) -> Iterator[tuple[int, int | None]]:
    """Yield the row of each reply that is long enough to be told again, and the row of the first that it repeats.

    Args:
        replies: one row for each reply.
    """
    person = pl.when(pl.col("thread") != "").then(pl.col("thread").hash(1)).when(pl.col("customer") != "")
    text = pl.col("layout").str.replace_many([SENTENCE, CLAUSE], [" ", " "])
    columns = [person.then(pl.col("customer").hash(2)).alias("key"), "time", "row", text.alias("text")]
    long = pl.col("text").str.len_chars() >= SHORTEST_SENTENCE
    known = replies.select(columns).filter(pl.col("key").is_not_null() & long)
    parts = 1 + known.select(pl.len()).collect(engine="streaming").item() // _AT_ONCE
    for part in range(parts):
        own = known.filter(pl.col("key") % parts == part).collect(engine="streaming")
        rows = own.sort("key", "time", "row", nulls_last=True).select("key", "row", "text").iter_rows()
        for _, talk in groupby(rows, key=lambda one: one[0]):
            yield from _again((row, text) for _, row, text in talk)


def _again(talk: Iterator[tuple[int, str]]) -> Iterator[tuple[int, int | None]]:
    first: dict[str, int] = {}
    for row, text in talk:
        found = first.get(text)
        if found is None:
            found = _near(text, first)
            first[text] = row if found is None else found  # what repeats a reply is no other one
        yield row, found


def _near(text: str, first: dict[str, int]) -> int | None:
    """The row of the last reply that a text nearly repeats."""
    for number, earlier in enumerate(reversed(first)):
        if number == _COMPARED:
            return None
        if fuzz.ratio(text, earlier, score_cutoff=CUTOFF):
            return first[earlier]
    return None
