"""Near copies among the replies of an audit: clusters of whole replies and of sentences.

Equal texts are one text first; the rest is `hamdel.archive.join`. A cluster is what a chain of near copies links, and
two replies are near copies when their masked texts score `CUTOFF` or more. Texts are told apart by 64 bits of a hash,
so that a million of them needn't be in memory; that two share one has a chance of three in a hundred million.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

import numpy as np
import numpy.typing as npt
import polars as pl

from hamdel.archive.join import near_groups
from hamdel.archive.segment import SHORTEST_SENTENCE
from hamdel.audit.counts import sent_on
from hamdel.audit.proportions import share
from hamdel.audit.variants import VARIANTS, Spelled, raw_sentence, variants_of
from hamdel.masking.mask import CLAUSE, SENTENCE
from hamdel.model.repeats import Cluster, Clusters

__all__ = ["CUTOFF", "MOST_TEXTS", "Grouping", "Limits", "find_clusters"]

#: What `rapidfuzz.fuzz.ratio` of two masked texts is at least.
CUTOFF = 90.0
#: Different texts that are compared with each other, the most frequent ones: the time grows with their square.
MOST_TEXTS = 120_000
_LISTED = 1000  # clusters of each kind
_AT_ONCE = 500_000  # texts


class Grouping(Protocol):
    """What `hamdel.archive.join.near_groups` is."""

    def __call__(self, texts: Sequence[str], cutoff: float, *, workers: int) -> npt.NDArray[np.int64]:
        """Return for each text the place of the first text of its group."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is compared and listed.

    Attributes:
        workers: threads, one a core.
        texts: different texts of a kind that are compared.
        listed: clusters of a kind that are described.
        grouping: what compares them, here or on other machines.
    """

    workers: int = field(default_factory=lambda: os.cpu_count() or 1)
    texts: int = MOST_TEXTS
    listed: int = _LISTED
    grouping: Grouping = near_groups


@dataclass(frozen=True)
class _Grouped:
    """Texts of one kind, in groups.

    Attributes:
        texts: those of groups of two replies and more, the most frequent first: ``text``, ``size``, ``row`` of the
            first reply, ``group``.
        members: each ``row`` and ``group`` once, of those groups.
        rows: how many replies have such a text.
        distinct: how many different texts there are.
        compared: how many of them were compared.
    """

    texts: pl.DataFrame
    members: pl.DataFrame
    rows: int
    distinct: int
    compared: int


def find_clusters(replies: pl.LazyFrame, limits: Limits) -> tuple[Clusters, pl.Series]:
    """Find the near copies among replies.

    Args:
        replies: one row for each reply, sorted by ``row``.
        limits: how much is compared and listed.

    Returns:
        The clusters, and the ``row`` of each reply that is in a cluster of whole replies.
    """
    whole = _grouped(replies.select("row", text=_compared(pl.col("layout"))), limits)
    parts = replies.select("row", text=pl.col("layout").str.split(SENTENCE)).explode("text")
    sentences = _grouped(parts.select("row", text=_compared(pl.col("text"))), limits)
    copied = _in_clusters(whole.members)
    shared = _shared_by_different_replies(sentences.members, whole.members)
    counted = [_sizes(members) for members in (copied, shared)]
    described = [
        _described(grouped, members, sizes.head(limits.listed), replies, sentence=sentence)
        for grouped, members, sizes, sentence in zip(
            (whole, sentences), (copied, shared), counted, (False, True), strict=True
        )
    ]
    rows = copied["row"].unique().sort()
    return Clusters(
        cutoff=CUTOFF,
        copies=share(len(rows), whole.rows),
        replies=described[0],
        sentences=described[1],
        found=(len(counted[0]), len(counted[1])),
        distinct=(whole.distinct, sentences.distinct),
        compared=(whole.compared, sentences.compared),
    ), rows


def _compared(layout: pl.Expr) -> pl.Expr:
    """What `hamdel.masking.mask.compared` gives."""
    return layout.str.replace_many([SENTENCE, CLAUSE], [" ", " "])


def _grouped(texts: pl.LazyFrame, limits: Limits) -> _Grouped:
    """Put the near copies among texts, which have a ``row`` and a ``text``, into groups."""
    texts = texts.filter(pl.col("text").str.len_chars() >= SHORTEST_SENTENCE)
    keyed = texts.select("row", key=pl.col("text").hash()).collect(engine="streaming")
    sizes = keyed.group_by("key").agg(pl.len().alias("size"), pl.col("row").min())
    kept = sizes.sort(["size", "row", "key"], descending=[True, False, False]).head(limits.texts)
    # one reply may hold several sentences: a row alone doesn't tell which text is meant
    spelled = (
        texts.filter(pl.col("row").is_in(kept["row"].unique().implode()))
        .with_columns(key=pl.col("text").hash())
        .join(kept.lazy().select("row", "key"), on=["row", "key"], how="semi")
        .select("key", "text")
        .unique("key")
        .collect(engine="streaming")
    )
    different = kept.join(spelled, on="key", maintain_order="left")
    groups = limits.grouping(different["text"].to_list(), CUTOFF, workers=limits.workers)
    different = different.with_columns(group=pl.Series(groups, dtype=pl.Int64))
    copied = different.filter(pl.col("size").sum().over("group") > 1)
    members = _members(keyed, copied)
    return _Grouped(copied.drop("key"), members, keyed["row"].n_unique(), len(sizes), len(different))


def _members(keyed: pl.DataFrame, groups: pl.DataFrame) -> pl.DataFrame:
    """Each row and group once, some rows at a time: joining millions at once takes many times what it gives."""
    known = groups.select("key", "group")
    parts = [part.join(known, on="key").select("row", "group") for part in keyed.iter_slices(_AT_ONCE)]
    members = pl.concat(parts) if parts else pl.DataFrame(schema={"row": pl.Int64, "group": pl.Int64})
    ordered = members.sort("row", "group")  # takes less memory than a set of them
    return ordered.filter((pl.col("row").diff() != 0).fill_null(True) | (pl.col("group").diff() != 0).fill_null(True))


def _in_clusters(members: pl.DataFrame) -> pl.DataFrame:
    """The members of groups that have two or more."""
    return members.filter(pl.len().over("group") > 1)


def _shared_by_different_replies(sentences: pl.DataFrame, replies: pl.DataFrame) -> pl.DataFrame:
    """The members of sentence groups that are in replies which aren't copies themselves: those are listed already."""
    whole = pl.coalesce("reply", -1 - pl.col("row"))  # replies that aren't in a group are different ones
    joined = sentences.join(replies.rename({"group": "reply"}), on="row", how="left").select("group", whole=whole)
    ends = joined.group_by("group").agg(pl.col("whole").min().alias("least"), pl.col("whole").max().alias("most"))
    return sentences.join(ends.filter(pl.col("least") != pl.col("most")), on="group", how="semi")


def _sizes(members: pl.DataFrame) -> pl.DataFrame:
    """The groups, the largest first."""
    sizes = members.group_by("group").agg(pl.len().alias("size"), pl.col("row").min())
    return sizes.sort(["size", "row", "group"], descending=[True, False, False])  # a reply may begin several


def _described(
    grouped: _Grouped, members: pl.DataFrame, listed: pl.DataFrame, replies: pl.LazyFrame, *, sentence: bool
) -> tuple[Cluster, ...]:
    """Clusters as they are shown, the largest first."""
    about = _uses(members.join(listed.select("group"), on="group", how="semi"), replies)
    texts = grouped.texts.join(listed.select("group"), on="group", how="semi", maintain_order="left")
    some = texts.filter(pl.int_range(pl.len()).over("group") <= VARIANTS)
    shown = replies.select("row", "reply").filter(pl.col("row").is_in(some["row"].unique().implode()))
    spelled = some.join(shown.collect(engine="streaming"), on="row", maintain_order="left")
    by_group: dict[int, list[Spelled]] = {}
    for group, masked, reply, size in spelled.select("group", "text", "reply", "size").iter_rows():
        by_group.setdefault(group, []).append(Spelled(masked, reply, size))
    counts = dict(texts.group_by("group").len().iter_rows())
    clusters = []
    for group, size in listed.select("group", "size").iter_rows():
        first, *others = by_group[group]
        text = raw_sentence(first.reply, first.masked) if sentence else first.reply
        clusters.append(Cluster(sentence, size, counts[group], *about[group], text, variants_of(first, others)))
    return tuple(clusters)


def _uses(members: pl.DataFrame, replies: pl.LazyFrame) -> dict[int, tuple[tuple[str, ...], date | None, date | None]]:
    """Who used the text of each group, and when first and last."""
    about = (
        replies.select("row", "agent", day=sent_on())
        .join(members.lazy(), on="row")
        .group_by("group")
        .agg(
            pl.col("agent").filter(pl.col("agent") != "").unique().sort(),
            pl.col("day").min().alias("first"),
            pl.col("day").max().alias("last"),
        )
        .collect(engine="streaming")
    )
    return {group: (tuple(agents), first, last) for group, agents, first, last in about.iter_rows()}
