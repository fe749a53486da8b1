"""Openings and closings that many replies share."""

from __future__ import annotations

import polars as pl

from hamdel.audit.proportions import share
from hamdel.audit.results import Formula

__all__ = ["overused"]

_LEAST = 0.02  # of the replies
_FEWEST = 5  # replies
_LISTED = 15


def overused(replies: pl.LazyFrame, column: str) -> tuple[Formula, ...]:
    """Return the texts with which at least one reply in fifty opens, or closes, the most frequent first.

    Args:
        replies: one row for each reply.
        column: ``opening`` or ``closing``; empty where a reply has none.
    """
    used = replies.filter(pl.col(column) != "").select(pl.col(column).alias("text"), "agent")
    counts = (
        used.group_by("text")
        .agg(pl.len().alias("size"), pl.col("agent").filter(pl.col("agent") != "").n_unique().alias("agents"))
        .collect(engine="streaming")
    )
    total = int(counts["size"].sum())
    least = max(_FEWEST, _LEAST * total)
    frequent = counts.filter(pl.col("size") >= least).sort(["size", "text"], descending=[True, False]).head(_LISTED)
    return tuple(Formula(text, share(size, total), agents) for text, size, agents in frequent.iter_rows())
