"""Near copies beyond the texts that are all compared with each other: found approximately, and told apart."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from hamdel.archive.minhash import Encoded, likely_groups
from hamdel.audit.cluster_frames import members_of, spelled

__all__ = ["CUTOFF", "Tail", "tail_of"]

#: What `rapidfuzz.fuzz.ratio` of two masked texts is at least.
CUTOFF = 90.0
_ENCODED = 50_000  # texts that are encoded at once


@dataclass(frozen=True)
class Tail:
    """Texts beyond those that were all compared, in groups, which texts of those may be in too.

    Attributes:
        source: ``row`` and ``text`` of all texts.
        texts: of the groups with such a text: ``key``, ``size``, ``row``, ``group``, and ``beyond``: whether it is one.
        members: each ``row`` and ``group`` once, of those groups.
        rows: the ``row`` of each reply that has such a text.
        distinct, compared: how many there are, and how many of them were looked at.
    """

    source: pl.LazyFrame
    texts: pl.DataFrame
    members: pl.DataFrame
    rows: pl.Series
    distinct: int
    compared: int


def tail_of(
    texts: pl.LazyFrame, keyed: pl.DataFrame, different: pl.DataFrame, rest: pl.DataFrame, distinct: int
) -> Tail:
    """Look approximately for near copies among the texts that weren't all compared.

    Args:
        texts: ``row`` and ``text`` of all.
        keyed: ``row`` and ``key``.
        different: the texts that were: ``key``, ``size``, ``row``, ``text``, ``group``.
        rest: ``key``, ``size`` and ``row`` of those that are looked at now.
        distinct: how many weren't.
    """
    beyond = spelled(texts, rest)
    slices = (some["text"].to_list() for frame in (different, beyond) for some in frame.iter_slices(_ENCODED))
    encoded = Encoded.of(slices)
    columns = ("key", "size", "row")
    every = pl.concat([different.select(columns), beyond.select(columns)]).with_row_index("place")
    every = every.select(*columns, beyond=pl.col("place") >= len(different))
    del beyond
    groups = likely_groups(encoded, CUTOFF, different["group"].to_numpy())
    every = every.with_columns(group=pl.Series(groups, dtype=pl.Int64))
    rows = members_of(keyed, every.filter("beyond"))["row"].unique()
    found = every.filter((pl.col("size").sum().over("group") > 1) & pl.col("beyond").any().over("group"))
    return Tail(texts, found, members_of(keyed, found), rows, distinct, len(rest))
