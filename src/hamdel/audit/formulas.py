"""Openings and closings that many replies share, names and numbers in them aside."""

from __future__ import annotations

import polars as pl

from hamdel.audit.proportions import share
from hamdel.masking.mask import compared, mask_opening
from hamdel.model.repeats import Formula

__all__ = ["overused"]

_LEAST = 0.02  # of the replies
_FEWEST = 5  # replies
_LISTED = 15
_SPELLINGS = 100_000  # the most frequent ones; what is beyond was used once or twice by a large team


def overused(replies: pl.LazyFrame, column: str) -> tuple[Formula, ...]:
    """Return the texts with which at least one reply in fifty opens, or closes, the most frequent first.

    A greeting is no opening: nobody should leave it out. Two texts that differ in names and numbers are one. Texts are
    told apart by 64 bits of a hash, as in `hamdel.audit.clusters`, so that only the frequent ones are ever in memory.

    Args:
        replies: one row for each reply, sorted by ``row``.
        column: ``opening`` or ``closing``; empty where a reply has none.
    """
    # Masking would find texts equal that differ in digits only, but slowly.
    spelling = pl.col(column).str.replace_all(r"\d+", "0").hash()
    used = replies.filter(pl.col(column) != "").select("row", spelling=spelling).collect(engine="streaming")
    masked = _masked(replies, column, used)
    counts = (
        masked.group_by("masked", maintain_order=True)
        .agg(pl.col("text").first(), pl.col("size").sum())
        .filter(pl.col("size") >= max(_FEWEST, _LEAST * len(used)))
        .sort(["size", "text"], descending=[True, False])
        .head(_LISTED)
    )
    agents = _agents(replies, used.join(masked.join(counts, on="masked"), on="spelling").select("row", "masked"))
    return tuple(
        Formula(text, share(size, len(used)), agents.get(formula, 0))
        for formula, text, size in counts.select("masked", "text", "size").iter_rows()
    )


def _masked(replies: pl.LazyFrame, column: str, used: pl.DataFrame) -> pl.DataFrame:
    """Each ``spelling``, how often, as one reply has it (``text``) and ``masked``; the most frequent first."""
    sizes = used.group_by("spelling").agg(pl.len().alias("size"), pl.col("row").min())
    some = sizes.sort(["size", "row"], descending=[True, False]).head(_SPELLINGS)
    spelled = replies.select("row", text=column).filter(pl.col("row").is_in(some["row"].implode()))
    texts = some.join(spelled.collect(engine="streaming"), on="row", maintain_order="left")
    masked = pl.Series("masked", [compared(mask_opening(text)) for text in texts["text"].to_list()], pl.String)
    return texts.drop("row").with_columns(masked).filter(pl.col("masked") != "")


def _agents(replies: pl.LazyFrame, rows: pl.DataFrame) -> dict[str, int]:
    """How many agents use each text, of which the rows are known."""
    named = replies.select("row", "agent").filter(pl.col("agent") != "").join(rows.lazy(), on="row")
    counts = named.group_by("masked").agg(pl.col("agent").n_unique()).collect(engine="streaming")
    return dict(counts.iter_rows())
