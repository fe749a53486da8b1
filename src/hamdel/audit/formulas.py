"""Openings and closings that many replies share, names and numbers in them aside."""

from __future__ import annotations

import polars as pl

from hamdel.archive.mask import compared, mask_opening
from hamdel.audit.proportions import share
from hamdel.audit.repeats import Formula

__all__ = ["overused"]

_LEAST = 0.02  # of the replies
_FEWEST = 5  # replies
_LISTED = 15
_SPELLINGS = 100_000  # the most frequent ones; what is beyond was used once or twice by a large team


def overused(replies: pl.LazyFrame, column: str) -> tuple[Formula, ...]:
    """Return the texts with which at least one reply in fifty opens, or closes, the most frequent first.

    A greeting is no opening: nobody should leave it out. Two texts that differ in names and numbers are one.

    Args:
        replies: one row for each reply.
        column: ``opening`` or ``closing``; empty where a reply has none.
    """
    used = _spellings(replies, column)
    total = int(used["size"].sum())
    some = used.head(_SPELLINGS)
    masked = pl.Series("masked", [compared(mask_opening(text)) for text in some["text"].to_list()], pl.String)
    counts = (
        some.with_columns(masked)
        .filter(pl.col("masked") != "")
        .group_by("masked", maintain_order=True)
        .agg(pl.col("text").first(), pl.col("size").sum(), pl.col("agent").explode().drop_nulls().n_unique())
        .filter(pl.col("size") >= max(_FEWEST, _LEAST * total))
        .sort(["size", "text"], descending=[True, False])
    )
    return tuple(
        Formula(text, share(size, total), agents)
        for text, size, agents in counts.select("text", "size", "agent").head(_LISTED).iter_rows()
    )


def _spellings(replies: pl.LazyFrame, column: str) -> pl.DataFrame:
    """Each text as it was written, how often, and by whom; the most frequent first, its numbers aside."""
    named = pl.col("agent").filter(pl.col("agent") != "").unique()
    text = pl.col(column)
    return (
        replies.filter(text != "")
        .group_by(text.str.replace_all(r"\d+", "0").alias("spelling"))  # masking would find them equal, but slowly
        .agg(pl.len().alias("size"), text.min().alias("text"), named)
        .drop("spelling")
        .collect(engine="streaming")
        .sort(["size", "text"], descending=[True, False])
    )
