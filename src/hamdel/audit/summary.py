"""From the frames of an audit to all that is told of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from hamdel.audit.advice import advise
from hamdel.audit.agents import agent_results
from hamdel.audit.checks import check_results
from hamdel.audit.clusters import Limits, find_clusters
from hamdel.audit.counts import SCORES, Counted, count_all, outcome_columns
from hamdel.audit.deeds import deeds_of
from hamdel.audit.examples import pick_examples
from hamdel.audit.formulas import overused
from hamdel.audit.proportions import mean
from hamdel.audit.sample import SEED
from hamdel.audit.stories import find_stories
from hamdel.audit.topics import find_topics
from hamdel.audit.worth_reading import reading_list
from hamdel.checker import Checker
from hamdel.model import Severity
from hamdel.model.audit import ScoreResult, Summary
from hamdel.model.measures import Share
from hamdel.model.voice import Voice

__all__ = ["Settings", "summarise"]


@dataclass(frozen=True)
class Settings:
    """How to summarise.

    Attributes:
        checker: the one that found the findings, or one like it: it names checks and words examples, in its language.
        limits: of the clusters; None doesn't look for any.
        rank_agents: put agents with the highest rates first, instead of going by name.
        seed: of everything that is drawn at random.
    """

    checker: Checker
    limits: Limits | None = field(default_factory=Limits)
    rank_agents: bool = False
    seed: int = SEED


def summarise(replies: pl.LazyFrame, findings: pl.LazyFrame, settings: Settings) -> Summary:
    """Compute what an audit tells.

    Args:
        replies: one row for each reply, sorted by ``row``; see `hamdel.audit.frames`.
        findings: one row for each finding.
        settings: how.
    """
    checker = settings.checker
    counted = count_all(replies, findings, checker.config.lang)
    needs = {name: check.policy.needs for name, check in checker.checks.items()}
    shares = {key: counted.shares(key, needs) for key in ("agent", "channel", "start")}
    outcomes = outcome_columns(replies)
    examples = pick_examples(replies, findings, counted, checker, settings.seed)
    checks = tuple(check_results(counted, shares, outcomes, checker, examples))
    clusters, copied = find_clusters(replies, settings.limits) if settings.limits else (None, None)
    openings, closings = overused(replies, "opening"), overused(replies, "closing")
    headline, advice = advise(checks, clusters, openings)
    return Summary(
        **_figures(counted),
        lang=checker.config.lang,
        headline=headline,
        advice=advice,
        checks=checks,
        scores=_scores(counted),
        agents=tuple(agent_results(counted, shares["agent"], copied, ranked=settings.rank_agents)),
        ranked=settings.rank_agents,
        clusters=clusters,
        openings=openings,
        closings=closings,
        reading=reading_list(replies, counted, settings.seed),
        deeds=deeds_of(replies, counted),
        voice=Voice(
            int(counted.replies["message"].sum()),
            find_topics(replies, counted, checker, settings.seed),
            find_stories(replies),
        ),
        outcomes=tuple(name.removeprefix("outcome_") for name in outcomes),
    )


def _figures(counted: Counted) -> dict[str, Any]:
    """What was read, when it was sent, and how much was found."""
    days = counted.replies["day"]
    found = counted.by_severity()
    return {
        "replies": counted.total,
        "checked": len(counted.replies),
        "with_message": int(counted.replies["message"].sum()),
        "first": days.min(),
        "last": days.max(),
        "span": counted.span,
        "periods": counted.periods(),
        "severities": {severity: counted.share_of(part) for severity, part in found.items()},
        "worst": _worst(counted),
        "families": _families(counted),
        "findings": {severity: int(part["findings"].sum()) for severity, part in found.items()},
    }


def _worst(counted: Counted) -> Mapping[str, int]:
    """How many replies have each severity as their gravest, and how many have nothing: these add up to all."""
    rank = pl.col("severity").to_physical().min()
    gravest = counted.found.group_by("row").agg(rank.alias("worst")).group_by("worst").len()
    sizes = dict(gravest.iter_rows())
    parts = {str(severity): int(sizes.get(place, 0)) for place, severity in enumerate(Severity)}
    return parts | {"none": len(counted.replies) - sum(parts.values())}


def _families(counted: Counted) -> Mapping[str, Share]:
    family = pl.col("check").cast(pl.String).str.split("/").list.first().alias("family")
    parts = counted.found.with_columns(family).partition_by("family", as_dict=True)
    return {name: counted.share_of(part) for (name,), part in sorted(parts.items())}


def _scores(counted: Counted) -> tuple[ScoreResult, ...]:
    return tuple(
        ScoreResult(
            name,
            mean(counted.replies[name].cast(pl.Float64).fill_null(float("nan")).to_numpy()),
            *(counted.means(name, key) for key in ("agent", "channel", "start")),
        )
        for name in SCORES
    )
