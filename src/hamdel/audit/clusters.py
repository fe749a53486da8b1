"""Near copies among the replies of an audit: clusters of whole replies and of sentences.

Equal texts are one text first; the rest is `hamdel.archive.join`, and for texts beyond its limit
`hamdel.archive.minhash`, whose clusters are told apart. A cluster is what a chain of near copies links, and
two replies are near copies when their masked texts score `CUTOFF` or more. Texts are told apart by 64 bits of a hash,
so that a million of them needn't be in memory; that two share one has a chance of three in a hundred million.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Protocol

import numpy as np
import numpy.typing as npt
import polars as pl

from hamdel.archive.join import near_groups
from hamdel.audit.approximate import CUTOFF, Tail, tail_of
from hamdel.audit.cluster_frames import long_enough, members_of, spelled
from hamdel.audit.counts import sent_on
from hamdel.audit.proportions import share
from hamdel.audit.variants import VARIANTS, Spelled, raw_sentence, variants_of
from hamdel.masking.mask import SENTENCE
from hamdel.model.repeats import Approximate, Cluster, Clusters

__all__ = ["CUTOFF", "MOST_TEXTS", "Grouping", "Limits", "find_clusters"]

#: Different texts that are compared with each other, the most frequent ones: the time grows with their square.
MOST_TEXTS = 120_000
#: Different texts beyond those that are compared approximately; they take about 350 bytes each in memory.
MOST_LIKELY = 500_000
_LISTED = 1000  # clusters of each kind


class Grouping(Protocol):
    """What `hamdel.archive.join.near_groups` is."""

    def __call__(self, texts: Sequence[str], cutoff: float, *, workers: int) -> npt.NDArray[np.int64]:
        """Return for each text the place of the first text of its group."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is compared and listed.

    Attributes:
        workers: threads, one a core.
        texts: different texts of a kind that are all compared with each other.
        likely: different texts beyond them that are compared approximately.
        listed: clusters of a kind that are described.
        grouping: what compares them, here or on other machines.
    """

    workers: int = field(default_factory=lambda: os.cpu_count() or 1)
    texts: int = MOST_TEXTS
    likely: int = MOST_LIKELY
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
        tail: what was found approximately beyond them; None when all were compared.
    """

    texts: pl.DataFrame
    members: pl.DataFrame
    rows: int
    distinct: int
    compared: int
    tail: Tail | None = None


def find_clusters(replies: pl.LazyFrame, limits: Limits) -> tuple[Clusters, pl.Series]:
    """Find the near copies among replies.

    Args:
        replies: one row for each reply, sorted by ``row``.
        limits: how much is compared and listed.

    Returns:
        The clusters, and the ``row`` of each reply that is in a cluster of whole replies.
    """
    parts = replies.select("row", text=pl.col("layout").str.split(SENTENCE)).explode("text")
    texts = [long_enough(one) for one in (replies.select("row", text=pl.col("layout")), parts)]
    whole, sentences = (_grouped(one, limits) for one in texts)
    copied = _in_clusters(whole.members)
    shared = _shared_by_different_replies(sentences.members, whole.members)
    counted = [_sizes(members) for members in (copied, shared)]
    described = [
        _described(grouped.texts, members, sizes.head(limits.listed), replies, sentence=sentence)
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
        approximate=(
            _approximate(whole.tail, _in_clusters, replies, limits.listed, sentence=False),
            _approximate(
                sentences.tail,
                partial(_shared_by_different_replies, replies=whole.members),
                replies,
                limits.listed,
                sentence=True,
            ),
        ),
    ), rows


def _grouped(texts: pl.LazyFrame, limits: Limits) -> _Grouped:
    """Put the near copies among texts, which have a ``row`` and a ``text``, into groups."""
    keyed = texts.select("row", key=pl.col("text").hash()).collect(engine="streaming")
    sizes = keyed.group_by("key").agg(pl.len().alias("size"), pl.col("row").min())
    ranked = sizes.sort(["size", "row", "key"], descending=[True, False, False])
    different = spelled(texts, ranked.head(limits.texts))
    groups = limits.grouping(different["text"].to_list(), CUTOFF, workers=limits.workers)
    different = different.with_columns(group=pl.Series(groups, dtype=pl.Int64))
    copied = different.filter(pl.col("size").sum().over("group") > 1)
    members = members_of(keyed, copied)
    rest = ranked.slice(limits.texts)
    tail = tail_of(texts, keyed, different, rest.head(limits.likely), len(rest)) if len(rest) else None
    return _Grouped(copied.drop("key"), members, keyed["row"].n_unique(), len(sizes), len(different), tail)


def _approximate(
    tail: Tail | None,
    kept: Callable[[pl.DataFrame], pl.DataFrame],
    replies: pl.LazyFrame,
    most: int,
    *,
    sentence: bool,
) -> Approximate | None:
    """What is told of texts beyond those that were all compared; ``kept`` says which members count."""
    if tail is None:
        return None
    members = kept(tail.members)
    sizes = _sizes(members)
    listed = sizes.head(most)
    shown = spelled(tail.source, tail.texts.join(listed.select("group"), on="group", how="semi", maintain_order="left"))
    return Approximate(
        distinct=tail.distinct,
        compared=tail.compared,
        copies=share(int(tail.rows.is_in(members["row"].unique().implode()).sum()), len(tail.rows)),
        found=len(sizes),
        largest=_described(shown, members, listed, replies, sentence=sentence),
    )


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
    found: pl.DataFrame, members: pl.DataFrame, listed: pl.DataFrame, replies: pl.LazyFrame, *, sentence: bool
) -> tuple[Cluster, ...]:
    """Clusters as they are shown, the largest first."""
    about = _uses(members.join(listed.select("group"), on="group", how="semi"), replies)
    texts = found.join(listed.select("group"), on="group", how="semi", maintain_order="left")
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
