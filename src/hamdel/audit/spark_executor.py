"""What Spark's executors do: they examine blocks as this machine's workers do, and give back what these would store.

An executor whose hamdel, lexicon, model, phrasebank or checks aren't the driver's says so instead of examining; each
of its processes looks once, with its first block. No exception that leaves one tells what anybody wrote, for Spark logs
it.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa

import hamdel
from hamdel.archive.join import Join
from hamdel.audit.block_workers import keep_what_stays
from hamdel.audit.blocks import Block
from hamdel.audit.examine import Examiner, Rules
from hamdel.audit.folder import pack
from hamdel.audit.manifest import rules_settings
from hamdel.errors import HamdelError

__all__ = ["EXAMINED", "LINKED", "examine", "link"]

#: The columns of what comes back, as Spark writes types.
EXAMINED = "number long, replies binary, findings binary, rejected binary, refused string"
LINKED = "share long, rows binary, links binary"


def examine(batches: Iterable[Any], told: bytes) -> Iterator[Any]:
    """Examine blocks.

    Args:
        batches: Arrow batches with blocks, pickled, in their first column.
        told: what the driver has; see `hamdel.audit.spark_engine`.

    Yields:
        An Arrow batch for each block; or a single one that says why this executor can't take part.

    Raises:
        RuntimeError: a block couldn't be examined, so that Spark tries it anew.
    """
    try:
        refused, examiner = _ready(told)
    except Exception as error:
        raise RuntimeError(f"can't begin: {type(error).__name__}") from None
    if examiner is None:
        yield _row(-1, b"", b"", b"", refused)
        return
    for data in _cells(batches):
        block: Block = pickle.loads(data)
        try:
            share = pack(examiner.examine(block))
        except Exception as error:
            raise RuntimeError(f"block {block.number}: {type(error).__name__}") from None
        yield _row(block.number, share.replies, share.findings, share.rejected, "")


@cache
def _ready(told: bytes) -> tuple[str, Examiner | None]:
    """Why this process can't take part, or what examines in it."""
    version, there, pickled = pickle.loads(told)
    if version != hamdel.__version__:
        return f"hamdel is {hamdel.__version__} there and {version} here", None
    rules: Rules = pickle.loads(pickled)
    try:
        here = rules_settings(rules.config)
        different = [key for key in sorted(here | there) if here.get(key) != there.get(key)]
        if different:
            return f"another {' and another '.join(different)}", None
        examiner = Examiner(rules)
    except HamdelError as error:  # what a team taught is damaged there, say
        return str(error), None
    keep_what_stays()
    return "", examiner


def _row(number: int, *values: bytes | str) -> Any:
    """A batch of one row in the columns of `EXAMINED`."""
    names = [one.split()[0] for one in EXAMINED.split(", ")]
    return pa.RecordBatch.from_pydict({name: [value] for name, value in zip(names, (number, *values), strict=True)})


def link(batches: Iterable[Any], texts: Sequence[str], cutoff: float, of: int) -> Iterator[Any]:
    """Compare texts in shares.

    Args:
        batches: Arrow batches with numbers of shares, from 0, in their first column.
        texts, cutoff: see `hamdel.archive.join.Join`.
        of: how many shares there are.

    Yields:
        An Arrow batch for each share: the rows that are near another one, and which that is; a single one with the
        share -1 where there is no kernel.
    """
    join = Join(texts, cutoff)
    for share in _cells(batches):
        if not join.compiled:
            yield pa.RecordBatch.from_pydict({"share": [-1], "rows": [b""], "links": [b""]})
            return
        links = join.links(share, of)
        rows = np.flatnonzero(links != np.arange(len(links)))
        yield pa.RecordBatch.from_pydict(
            {"share": [share], "rows": [rows.tobytes()], "links": [links[rows].tobytes()]}
        )


def _cells(batches: Iterable[Any]) -> Iterator[Any]:
    """What stands in the first column of batches."""
    for batch in batches:
        yield from batch.column(0).to_pylist()
