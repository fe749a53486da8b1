"""How often each check fires, by agent, channel and period, from the frames of an audit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from hamdel.audit.frames import OUTCOME
from hamdel.audit.periods import day_starts, span_of
from hamdel.audit.proportions import mean, share
from hamdel.model import Lang, Severity, Status
from hamdel.model.measures import Mean, Period, Share, Span
from hamdel.model.policy import Need

__all__ = ["SCORES", "Counted", "at_least", "count_all", "outcome_columns", "sent_on"]

#: The names of the scores, which are columns of the replies.
SCORES = ("respect", "empathy", "originality")
_NAMED = ("agent", "channel")
_AT_ONCE = 100_000  # rows
_RANKS = {severity.value: severity.rank for severity in Severity}
_KEPT = pl.col("status") != Status.NOTHING


@dataclass(frozen=True)
class Counted:
    """What fits into memory for a million replies: of each a few figures, no texts.

    Attributes:
        total: how many replies there are, with those that had nothing to check.
        replies: those that had something to check, by ``row``: the numbers of ``agent`` and ``channel``, a hash of the
            ``thread`` (null when it isn't known), ``day`` and ``start`` of the period, scores, outcomes, ``length``,
            whether there is a ``message``, and whether the turn is known (``turned``).
        names: of agents and channels, by their numbers.
        found: each ``row`` and ``check`` once, with the gravest ``severity`` and the number of ``findings``.
        span: how long the periods are; None when no time is known.
    """

    total: int
    replies: pl.DataFrame
    names: Mapping[str, list[str]]
    found: pl.DataFrame
    span: Span | None

    def _labels(self, key: str, values: pl.Series) -> list[Any]:
        """What groups are called: names for numbers, days as they are."""
        labels: list[Any] = values.to_list()
        return [self.names[key][value] for value in labels] if key in self.names else labels

    def judged(self, needs: Sequence[Need]) -> pl.DataFrame:
        """Return the replies that a check with some needs could judge; an audit holds replies against no archive."""
        if Need.PAST in needs:
            return self.replies.clear()
        known = self.replies
        if Need.MESSAGE in needs:
            known = known.filter("message")
        return known.filter(pl.col("message") | pl.col("turned")) if Need.TURN in needs else known

    def shares(self, key: str, needs: Mapping[str, tuple[Need, ...]]) -> dict[tuple[str, Any], Share]:
        """Return the share of each check among the replies of each group that it could judge.

        Args:
            key: ``agent``, ``channel`` or ``start``; replies without a time are left out of the last.
            needs: what each check needs.

        Returns:
            Shares by check and group, those of nothing too.
        """
        groups_of = self.sizes(key)
        sizes = {some: self.sizes(key, self.judged(some)) for some in {(), *needs.values()}}
        counts = self.found.select("row", "check").join(self.replies.select("row", key), on="row")
        counts = counts.group_by("check", key).len().filter(pl.col(key).is_not_null())
        groups = zip(counts["check"], self._labels(key, counts[key]), counts["len"], strict=True)
        known = {(check, group): count for check, group, count in groups}
        return {
            (check, group): at_least(known.get((check, group), 0), sizes[needs.get(check, ())].get(group, 0))
            for check in self.found["check"].unique().sort()
            for group in groups_of
        }

    def sizes(self, key: str, replies: pl.DataFrame | None = None) -> dict[Any, int]:
        """Return how many replies each group has, all of them or some, the groups in order."""
        some = self.replies if replies is None else replies
        known = some.filter(pl.col(key).is_not_null()).group_by(key).len().sort(key)
        return dict(zip(self._labels(key, known[key]), known["len"], strict=True))

    def counts(self, key: str, rows: pl.Series) -> dict[Any, int]:
        """Return how many of some replies each group has; groups without any are missing."""
        known = self.replies.filter(pl.col("row").is_in(rows.unique().implode())).group_by(key).len()
        return dict(zip(self._labels(key, known[key]), known["len"], strict=True))

    def means(self, score: str, key: str) -> dict[Any, Mean]:
        """Return the mean of a score in each group, the groups in order."""
        groups = self.replies.filter(pl.col(key).is_not_null()).group_by(key).agg(score).sort(key)
        means = [mean(values.cast(pl.Float64).fill_null(float("nan")).to_numpy()) for values in groups[score]]
        return dict(zip(self._labels(key, groups[key]), means, strict=True))

    def periods(self) -> tuple[Period, ...]:
        """Return the periods in which replies were sent."""
        return tuple(Period(start, size) for start, size in self.sizes("start").items())

    def share_of(self, found: pl.DataFrame) -> Share:
        """Return the share of the replies of which some findings are."""
        return share(found["row"].n_unique(), len(self.replies))

    def by_severity(self) -> Mapping[Severity, pl.DataFrame]:
        """Return what was found of each severity."""
        return {severity: self.found.filter(pl.col("severity") == severity) for severity in Severity}


def at_least(count: int, of: int) -> Share:
    """Return a share of what could be judged: where something was found, it was."""
    return share(count, max(count, of))


def count_all(replies: pl.LazyFrame, findings: pl.LazyFrame, lang: Lang) -> Counted:
    """Read what is counted from an audit's frames.

    Args:
        replies: one row for each reply, sorted by ``row``.
        findings: one row for each finding.
        lang: tells the calendar of the months.
    """
    total = replies.select(pl.len()).collect(engine="streaming").item()
    names = {key: _names(replies, key) for key in _NAMED}
    kept, span = _with_starts(_figures(replies, names), lang)
    return Counted(total, kept, names, _found(findings, kept.select("row")), span)


def _names(replies: pl.LazyFrame, key: str) -> list[str]:
    names: list[str] = replies.filter(_KEPT).select(pl.col(key).unique()).collect(engine="streaming")[key].to_list()
    return sorted(names)


def _figures(replies: pl.LazyFrame, names: Mapping[str, list[str]]) -> pl.DataFrame:
    """What is kept of each reply: a column at a time, so that texts are never many at once."""
    numbers = [
        pl.col(key).replace_strict(known, range(len(known)), return_dtype=pl.UInt32) for key, known in names.items()
    ]
    thread = pl.when(pl.col("thread") != "").then(pl.col("thread").hash())
    wanted = (
        [pl.col("row"), *numbers, thread.alias("thread"), sent_on().alias("day"), pl.col("length")],
        [pl.col(name) for name in (*SCORES, *outcome_columns(replies))],
        [(pl.col("message") != "").alias("message"), pl.col("turn").is_not_null().alias("turned")],
    )
    parts = [replies.filter(_KEPT).select(columns).collect(engine="streaming") for columns in wanted]
    return pl.concat(parts, how="horizontal")


def _found(findings: pl.LazyFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """Each check of each reply once: some rows at a time, for grouping takes many times what it gives."""
    rank = pl.col("severity").replace_strict(_RANKS, return_dtype=pl.Int8)
    checks = findings.select(pl.col("check").unique().sort()).collect(engine="streaming")["check"]
    names = {number: severity for severity, number in _RANKS.items()}
    gravest = pl.col("rank").replace_strict(names, return_dtype=pl.Enum(list(_RANKS))).alias("severity")
    one = pl.col("check").cast(pl.Enum(checks))
    last = int(rows["row"][-1]) if len(rows) else 0
    parts = [
        findings.filter(pl.col("row").is_between(first, first + _AT_ONCE, closed="left"))
        .select("row", one, rank=rank)
        .join(rows.lazy(), on="row", how="semi")
        .group_by("row", "check")
        .agg(pl.col("rank").min(), pl.len().alias("findings"))
        .sort("row", "check")
        .select("row", "check", gravest, "findings")
        .collect(engine="streaming")
        for first in range(0, last + 1, _AT_ONCE)
    ]
    return pl.concat(parts)


def sent_on() -> pl.Expr:
    """Return the day in Iran on which a reply was sent."""
    return pl.col("time").dt.offset_by("3h30m").dt.date()


def outcome_columns(replies: pl.LazyFrame) -> list[str]:
    """Return the names of the columns with outcomes."""
    return [name for name in replies.collect_schema().names() if name == "csat" or name.startswith(OUTCOME)]


def _with_starts(replies: pl.DataFrame, lang: Lang) -> tuple[pl.DataFrame, Span | None]:
    """Add the first day of each reply's period."""
    days: list[date] = replies["day"].drop_nulls().unique().sort().to_list()
    if not days:
        return replies.with_columns(pl.lit(None, pl.Date).alias("start")), None
    span = span_of(days[0], days[-1])
    starts = day_starts(days, span, lang)
    known = pl.col("day").replace_strict(list(starts), list(starts.values()), default=None, return_dtype=pl.Date)
    return replies.with_columns(start=known), span
