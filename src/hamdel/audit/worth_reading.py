"""Replies worth reading: the best, the worst, and some that were drawn at random."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl

from hamdel.audit.counts import SCORES, Counted
from hamdel.model.audit import Reading

__all__ = ["reading_list"]

_EACH = 10
_DRAWN = 60  # from which those are taken whose texts differ
_SHORTEST = 40  # characters; a shorter reply teaches nobody anything


def reading_list(replies: pl.LazyFrame, counted: Counted, seed: int) -> tuple[Reading, ...]:
    """Return replies by their mean score, and random ones; no two have the same masked text.

    The best are of the upper half, the worst of the lower one, and something was found in each of these.

    Args:
        replies: one row for each reply.
        counted: what was counted of them.
        seed: of the random ones.
    """
    scored = counted.replies.drop_nulls(SCORES).filter(pl.col("length") >= _SHORTEST)
    ordered = scored.with_columns(mean=pl.mean_horizontal(SCORES)).sort("mean", "row")["row"]
    drawn = np.random.default_rng(seed).permutation(counted.replies["row"].to_numpy())[:_DRAWN].tolist()
    half = len(ordered) // 2
    worst, best = ordered[: len(ordered) - half].head(_DRAWN), ordered.reverse()[:half].head(_DRAWN)
    kinds = {"worst": worst.to_list(), "best": best.to_list(), "random": drawn}
    known = _texts(replies, [row for rows in kinds.values() for row in rows])
    found = counted.found.filter(pl.col("row").is_in(list(known)))
    checks = dict(found.group_by("row").agg(pl.col("check").sort()).iter_rows())
    kinds["worst"] = [row for row in kinds["worst"] if row in checks]
    taken: set[str] = set()
    result = []
    for why, rows in kinds.items():
        for row in _different(rows, known, taken):
            one = known[row]
            scores = {name: one[name] for name in SCORES if one[name] is not None}
            result.append(
                Reading(why, row, one["id"], one["message"], one["reply"], scores, tuple(checks.get(row, ())))
            )
    return tuple(result)


def _texts(replies: pl.LazyFrame, rows: list[int]) -> dict[int, dict[str, Any]]:
    columns = replies.select("row", "id", "message", "reply", "layout", *SCORES)
    return (
        columns.filter(pl.col("row").is_in(rows))
        .collect(engine="streaming")
        .rows_by_key("row", named=True, unique=True, include_key=False)
    )


def _different(rows: list[int], known: dict[int, dict[str, Any]], taken: set[str]) -> list[int]:
    """The first rows whose texts weren't taken yet."""
    result: list[int] = []
    for row in rows:
        text = str(known[row]["layout"] or known[row]["reply"])
        if text not in taken and len(result) < _EACH:
            taken.add(text)
            result.append(row)
    return result
