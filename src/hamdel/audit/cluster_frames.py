"""The frames in which near copies are looked for: texts of replies by a hash, and which replies have them."""

from __future__ import annotations

import polars as pl

from hamdel.archive.segment import SHORTEST_SENTENCE
from hamdel.masking.mask import CLAUSE, SENTENCE

__all__ = ["long_enough", "members_of", "spelled"]

_AT_ONCE = 500_000  # texts


def long_enough(layouts: pl.LazyFrame) -> pl.LazyFrame:
    """Return the texts that are worth comparing, as `hamdel.masking.mask.compared` gives them.

    Args:
        layouts: ``row``, and a layout or a part of one as ``text``.
    """
    compared = pl.col("text").str.replace_many([SENTENCE, CLAUSE], [" ", " "])
    return layouts.select("row", text=compared).filter(pl.col("text").str.len_chars() >= SHORTEST_SENTENCE)


def spelled(texts: pl.LazyFrame, kept: pl.DataFrame) -> pl.DataFrame:
    """Return some keys with their texts; a reply may hold several sentences, so its row doesn't tell which is meant.

    Args:
        texts: ``row`` and ``text``.
        kept: ``key`` and ``row`` of those that are wanted, in the order in which they come back.
    """
    found = (
        texts.filter(pl.col("row").is_in(kept["row"].unique().implode()))
        .with_columns(key=pl.col("text").hash())
        .join(kept.lazy().select("row", "key"), on=["row", "key"], how="semi")
        .select("key", "text")
        .unique("key")
        .collect(engine="streaming")
    )
    return kept.join(found, on="key", maintain_order="left")


def members_of(keyed: pl.DataFrame, groups: pl.DataFrame) -> pl.DataFrame:
    """Return each row and group once.

    Args:
        keyed: ``row`` and ``key`` of all texts.
        groups: ``key`` and ``group`` of those that are in one.
    """
    known = groups.select("key", "group")
    # some rows at a time: joining millions at once takes many times what it gives
    parts = [part.join(known, on="key").select("row", "group") for part in keyed.iter_slices(_AT_ONCE)]
    members = pl.concat(parts) if parts else pl.DataFrame(schema={"row": pl.Int64, "group": pl.Int64})
    ordered = members.sort("row", "group")  # takes less memory than a set of them
    return ordered.filter((pl.col("row").diff() != 0).fill_null(True) | (pl.col("group").diff() != 0).fill_null(True))
