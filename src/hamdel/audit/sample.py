"""Random replies for people to label, in the form that `hamdel evaluate` reads."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from hamdel.atomic import write_atomically
from hamdel.audit.channels import channel_of
from hamdel.errors import InputError
from hamdel.evaluate.cases import RATED

__all__ = ["SEED", "draw", "write_sample"]

#: The same replies always give the same sample.
SEED = 20_260_601


def write_sample(path: Path, replies: pl.LazyFrame, size: int, seed: int = SEED) -> int:
    """Write replies to be labelled, one JSON object a line, without what hamdel thinks of them.

    Args:
        path: the file, which appears in full or not at all.
        replies: one row for each reply.
        size: how many; all when there are fewer.
        seed: of the draw.

    Returns:
        How many were written.

    Raises:
        InputError: the file can't be written.
    """
    lines = [json.dumps(one, ensure_ascii=False) + "\n" for one in draw(replies, size, seed)]
    try:
        write_atomically(path, "".join(lines).encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise InputError(f"{path}: the sample can't be written: {error.strerror or error}") from error
    return len(lines)


def draw(replies: pl.LazyFrame, size: int, seed: int = SEED) -> Iterator[dict[str, Any]]:
    """Yield replies drawn at random, in their order, as lines for `hamdel evaluate`.

    ``expected`` is null in them: a line that nobody labelled is refused, and doesn't count as a reply without faults.

    Args:
        replies: one row for each reply.
        size: how many; all when there are fewer.
        seed: of the draw.
    """
    rows = replies.filter(pl.col("reply").str.strip_chars() != "").select("row").collect(engine="streaming")["row"]
    chosen = np.random.default_rng(seed).choice(rows.to_numpy(), min(size, len(rows)), replace=False).tolist()
    columns = replies.select("row", "id", "message", "reply", "channel", "turn").filter(pl.col("row").is_in(chosen))
    for one in columns.sort("row").collect(engine="streaming").iter_rows(named=True):
        yield _line(one)


def _line(one: dict[str, Any]) -> dict[str, Any]:
    line = {"row": one["row"], "id": one["id"], "customer": one["message"], "draft": one["reply"]}
    if channel := channel_of(one["channel"]):
        line["channel"] = str(channel)
    if one["turn"] and one["turn"] >= 1:
        line["turn"] = one["turn"]
    return line | {"expected": None, "neutral": [], **dict.fromkeys(RATED), "emotion": None}
