"""What each agent gets to read: three things that go well, one to try, with the agent's own replies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

import polars as pl

from hamdel.audit.deeds import DEEDS
from hamdel.audit.examples import examples_in
from hamdel.audit.proportions import share
from hamdel.base.natural import natural
from hamdel.checker import Checker
from hamdel.model import Severity, Status
from hamdel.model.agent_pages import AgentPage, Strength, Trial
from hamdel.model.audit import AgentResult, CheckResult, Example, Summary
from hamdel.model.measures import Share

__all__ = ["agent_pages"]

_STRENGTHS = 3
_FEWEST = 5  # replies that a deed was called for in
_GRAVITY = {Severity.ERROR: 4.0, Severity.WARNING: 1.0, Severity.SUGGESTION: 0.2}

_Texts = Mapping[str, tuple[str, str]]  # message and reply by agent


def agent_pages(
    summary: Summary, replies: pl.LazyFrame, findings: pl.LazyFrame, checker: Checker
) -> tuple[AgentPage, ...]:
    """Return a page for each agent whose name is known, by name.

    Args:
        summary: of the same frames.
        replies: one row for each reply.
        findings: one row for each finding.
        checker: words the examples.
    """
    agents = sorted((one for one in summary.agents if one.name), key=lambda one: natural(one.name))
    shown = {one.name: _shown(replies, one.name) for one in summary.deeds}
    trials = {agent.name: check for agent in agents if (check := _to_try(summary, agent.name)) is not None}
    examples = _examples(replies, findings, trials, checker)
    return tuple(
        AgentPage(
            agent.name,
            agent.replies,
            tuple(islice(_strengths(summary, agent, shown), _STRENGTHS)),
            _trial(trials, agent.name, examples),
        )
        for agent in agents
    )


def _shown(replies: pl.LazyFrame, deed: str) -> _Texts:
    """Of each agent the reply that does something best, and nothing wrong."""
    called, done = DEEDS[deed]
    best = (
        replies.filter((pl.col("status") == Status.CHECKED) & (pl.col("errors") == 0) & called & done)
        .sort(["empathy", "row"], descending=[True, False], nulls_last=True)
        .unique("agent", keep="first", maintain_order=True)
        .select("agent", "message", "reply")
    )
    return {agent: (message, reply) for agent, message, reply in best.collect().iter_rows()}


def _strengths(summary: Summary, agent: AgentResult, shown: Mapping[str, _Texts]) -> Iterator[Strength]:
    """What this agent surely does more than all together; what is found less; what is clean; what is done most."""
    deeds = [(one, one.agents[agent.name]) for one in summary.deeds if agent.name in one.agents]
    enough = [(one, mine) for one, mine in deeds if mine.of >= _FEWEST and mine.count]
    enough.sort(key=lambda pair: -(pair[1].rate or 0))
    above = [(one, mine) for one, mine in enough if mine.low > (one.share.rate or 0)]
    for one, mine in above:
        yield _deed(one.name, mine, shown, agent.name)
    titles = {one.check: one for one in summary.checks}
    for each in agent.differences:
        if (each.change.value or 0) < 0:
            check = titles[each.check]
            yield Strength("rare", check.title, check.agents[agent.name])
    for kind, severity in (("clean", Severity.ERROR), ("calm", Severity.WARNING)):
        found = agent.severities[severity]
        if found.of > found.count:
            yield Strength(kind, "", share(found.of - found.count, found.of))
    for one, mine in enough:
        if (one, mine) not in above:
            yield _deed(one.name, mine, shown, agent.name)
    for check in sorted(summary.checks, key=lambda one: (one.severity is not Severity.WARNING, one.check)):
        none = share(0, agent.replies) if not (check.needs or check.share.count) else None
        mine_of = check.agents.get(agent.name, none)
        if mine_of is not None and mine_of.of and not mine_of.count:
            yield Strength("rare", check.title, mine_of)


def _deed(name: str, mine: Share, shown: Mapping[str, _Texts], agent: str) -> Strength:
    message, reply = shown[name].get(agent, ("", ""))
    return Strength("deed", name, mine, message.strip(), reply.strip())


def _to_try(summary: Summary, agent: str) -> CheckResult | None:
    """The check that weighs most in an agent's replies."""
    found = [one for one in summary.checks if agent in one.agents and one.agents[agent].count]
    return max(found, key=lambda one: _GRAVITY[one.severity] * one.agents[agent].low, default=None)


def _trial(trials: Mapping[str, CheckResult], agent: str, examples: Mapping[str, Example]) -> Trial | None:
    check = trials.get(agent)
    return Trial(check, check.agents[agent], examples.get(agent)) if check else None


def _examples(
    replies: pl.LazyFrame, findings: pl.LazyFrame, trials: Mapping[str, CheckResult], checker: Checker
) -> dict[str, Example]:
    """Of each agent the first reply with what is to be tried otherwise."""
    wanted = pl.LazyFrame(
        {"agent": list(trials), "check": [one.check for one in trials.values()]},
        {"agent": pl.String, "check": pl.String},
    )
    rows = (
        findings.select("row", "check")
        .join(replies.select("row", "agent"), on="row")
        .join(wanted, on=["agent", "check"])
        .group_by("agent", "check")
        .agg(pl.col("row").min())
        .collect(engine="streaming")
    )
    agents = {(row, check): agent for agent, check, row in rows.select("agent", "check", "row").iter_rows()}
    made = examples_in(replies, findings, rows.select("row", "check").sort("row", "check"), checker)
    return {agents[one.row, check]: one for check, some in made.items() for one in some}
