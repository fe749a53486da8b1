"""Random replies for people to label, in the form that `hamdel evaluate` reads."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hamdel.audit.blocks import Block
from hamdel.audit.channels import channel_of
from hamdel.base.atomic import write_atomically
from hamdel.errors import InputError
from hamdel.model.evaluation import RATED

__all__ = ["SEED", "draw", "draw_rows", "refuse_labelled", "write_sample"]

#: The same replies always give the same sample.
SEED = 20_260_601


def write_sample(path: Path, lines: Iterable[dict[str, Any]]) -> int:
    """Write replies to be labelled, one JSON object a line, without what hamdel thinks of them.

    Args:
        path: the file, which appears in full or not at all.
        lines: as `draw` or `draw_rows` gives them.

    Returns:
        How many were written.

    Raises:
        InputError: the file can't be written.
    """
    texts = [json.dumps(one, ensure_ascii=False) + "\n" for one in lines]
    try:
        write_atomically(path, "".join(texts).encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise InputError(f"{path}: the sample can't be written: {error.strerror or error}") from error
    return len(texts)


def refuse_labelled(path: Path) -> None:
    """Keep a sample from taking the place of one that somebody may have labelled.

    Raises:
        InputError: there is something of that name.
    """
    if path.exists():
        raise InputError(f"{path}: is there already and may hold labels; name another file, or use --force")


def draw(replies: pl.LazyFrame, size: int, seed: int = SEED) -> Iterator[dict[str, Any]]:
    """Yield replies of an audit drawn at random, in their order, as lines for `hamdel evaluate`.

    ``expected`` is null in them: a line that nobody labelled is refused, and doesn't count as a reply without faults.

    Args:
        replies: one row for each reply.
        size: how many; all when there are fewer.
        seed: of the draw.
    """
    rows = replies.filter(pl.col("reply").str.strip_chars() != "").select("row").collect(engine="streaming")["row"]
    chosen = _chosen(rows.to_numpy(), size, seed)
    columns = replies.select("row", "id", "message", "reply", "channel", "turn").filter(pl.col("row").is_in(chosen))
    for one in columns.sort("row").collect(engine="streaming").iter_rows(named=True):
        yield _line(one)


def draw_rows(
    read: Callable[[], Iterable[Block]], mask: Callable[[str], str], size: int, seed: int = SEED
) -> Iterator[dict[str, Any]]:
    """Yield the lines that `draw` yields of an audit of some input, without any audit: reading it twice is enough.

    Args:
        read: gives the blocks of the input from its start.
        mask: covers personal data.
        size: how many; all when there are fewer.
        seed: of the draw.
    """
    numbers = (number for block in read() for number, row in block.rows if row.reply.strip())
    chosen = set(_chosen(np.fromiter(numbers, np.int64), size, seed))
    for block in read():
        for number, row in block.rows:
            if number in chosen:
                texts = {"id": mask(row.id), "message": mask(row.message), "reply": mask(row.reply)}
                yield _line({"row": number, **texts, "channel": mask(row.channel), "turn": row.turn})


def _chosen(rows: NDArray[np.int64], size: int, seed: int) -> list[int]:
    chosen: list[int] = np.random.default_rng(seed).choice(rows, min(size, len(rows)), replace=False).tolist()
    return chosen


def _line(one: dict[str, Any]) -> dict[str, Any]:
    line = {"row": one["row"], "id": one["id"], "customer": one["message"], "draft": one["reply"]}
    if channel := channel_of(one["channel"]):
        line["channel"] = str(channel)
    if one["turn"] and one["turn"] >= 1:
        line["turn"] = one["turn"]
    return line | {"expected": None, "neutral": [], **dict.fromkeys(RATED), "emotion": None}
