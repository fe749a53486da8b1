"""How often each check fires, by agent, channel and period, from the frames of an audit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import polars as pl

from hamdel.audit.periods import day_starts, span_of
from hamdel.audit.proportions import mean, share
from hamdel.audit.results import Mean, Period, Share, Span
from hamdel.model import Lang, Severity, Status

__all__ = ["SCORES", "Counted", "count_all", "outcome_columns", "sent_on"]

#: The names of the scores, which are columns of the replies.
SCORES = ("respect", "empathy", "originality")
_OUTCOME = "outcome_"
_GROUPS = ("agent", "channel", "start")


@dataclass(frozen=True)
class Counted:
    """What fits into memory: of each reply a few figures, no texts.

    Attributes:
        total: how many replies there are, with those that had nothing to check.
        replies: those that had something to check, by ``row``: its ``agent``, ``channel``, ``day``, ``start`` of the
            period, ``thread``, ``status``, scores, outcomes, and whether there is a ``message``.
        found: each ``row`` and ``check`` once, with the gravest ``severity`` and the number of ``findings``.
        span: how long the periods are; None when no time is known.
    """

    total: int
    replies: pl.DataFrame
    found: pl.DataFrame
    span: Span | None

    def shares(self, key: str) -> dict[tuple[str, Any], Share]:
        """Return the share of each check among the replies of each group.

        Args:
            key: ``agent``, ``channel`` or ``start``; replies without one are left out, but for the channel.

        Returns:
            Shares by check and group, those of nothing too.
        """
        sizes = self.sizes(key)
        groups = self.replies.select("row", key)
        counts = self.found.join(groups, on="row").group_by("check", key).len()
        known = {(check, group): count for check, group, count in counts.iter_rows()}
        checks = self.found["check"].unique().to_list()
        return {
            (check, group): share(known.get((check, group), 0), size)
            for check in checks
            for group, size in sizes.items()
        }

    def sizes(self, key: str) -> dict[Any, int]:
        """Return how many replies each group has, the groups in order."""
        known = self.replies.filter(pl.col(key).is_not_null()).group_by(key).len().sort(key)
        return dict(known.iter_rows())

    def means(self, score: str, key: str) -> dict[Any, Mean]:
        """Return the mean of a score in each group, the groups in order."""
        groups = self.replies.filter(pl.col(key).is_not_null()).group_by(key).agg(score).sort(key)
        return {group: mean(np.array(values, float)) for group, values in groups.iter_rows()}

    def periods(self) -> tuple[Period, ...]:
        """Return the periods in which replies were sent."""
        return tuple(Period(start, size) for start, size in self.sizes("start").items())

    def share_of(self, found: pl.DataFrame) -> Share:
        """Return the share of the replies of which some findings are."""
        return share(found["row"].n_unique(), len(self.replies))

    def by_severity(self) -> Mapping[Severity, pl.DataFrame]:
        """Return what was found of each severity."""
        return {severity: self.found.filter(pl.col("severity") == severity) for severity in Severity}


def count_all(replies: pl.LazyFrame, findings: pl.LazyFrame, lang: Lang) -> Counted:
    """Read what is counted from an audit's frames.

    Args:
        replies: one row for each reply, sorted by ``row``.
        findings: one row for each finding.
        lang: tells the calendar of the months.
    """
    read = replies.select(
        "row", "agent", "channel", "thread", "status", *SCORES, *outcome_columns(replies),
        sent_on().alias("day"), (pl.col("message").str.len_bytes() > 0).alias("message"),
        pl.col("length"),
    ).collect(engine="streaming")  # fmt: skip
    kept, span = _with_starts(read.filter(pl.col("status") != Status.NOTHING), lang)
    ranks = {severity.value: severity.rank for severity in Severity}
    rank = pl.col("severity").replace_strict(ranks, return_dtype=pl.Int8)
    found = (
        findings.group_by("row", "check")
        .agg(rank.min().alias("rank"), pl.len().alias("findings"))
        .join(kept.lazy().select("row"), on="row", how="semi")
        .sort("row", "check")
        .collect(engine="streaming")
    )
    names = {number: severity for severity, number in ranks.items()}
    gravest = pl.col("rank").replace_strict(names, return_dtype=pl.String).alias("severity")
    return Counted(len(read), kept, found.select("row", "check", gravest, "findings"), span)


def sent_on() -> pl.Expr:
    """Return the day in Iran on which a reply was sent."""
    return pl.col("time").dt.offset_by("3h30m").dt.date()


def outcome_columns(replies: pl.LazyFrame) -> list[str]:
    """Return the names of the columns with outcomes."""
    return [name for name in replies.collect_schema().names() if name == "csat" or name.startswith(_OUTCOME)]


def _with_starts(replies: pl.DataFrame, lang: Lang) -> tuple[pl.DataFrame, Span | None]:
    """Add the first day of each reply's period."""
    days: list[date] = replies["day"].drop_nulls().unique().sort().to_list()
    if not days:
        return replies.with_columns(pl.lit(None, pl.Date).alias("start")), None
    span = span_of(days[0], days[-1])
    starts = day_starts(days, span, lang)
    table = pl.DataFrame({"day": list(starts), "start": list(starts.values())}, {"day": pl.Date, "start": pl.Date})
    return replies.join(table, on="day", how="left", maintain_order="left"), span
