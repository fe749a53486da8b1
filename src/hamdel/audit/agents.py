"""What is particular about each agent's replies, so far as it isn't chance."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from hamdel.audit.counts import SCORES, Counted
from hamdel.audit.proportions import adjusted, change_of_shares, share
from hamdel.base.natural import natural
from hamdel.model import Severity
from hamdel.model.audit import AgentResult, Difference
from hamdel.model.measures import Change, Share

__all__ = ["agent_results"]

_Shares = Mapping[tuple[str, Any], Share]


def agent_results(counted: Counted, shares: _Shares, copied: pl.Series | None, *, ranked: bool) -> list[AgentResult]:
    """Return each agent's figures.

    Args:
        counted: what was counted.
        shares: of each check, by check and agent.
        copied: the rows of replies in a cluster; None when clusters weren't looked for.
        ranked: put the highest rates of errors, then of warnings, first, instead of going by name.
    """
    sizes = counted.sizes("agent")
    found = counted.by_severity()
    severities = {severity: counted.counts("agent", found[severity]["row"]) for severity in Severity}
    copies = counted.counts("agent", copied) if copied is not None else {}
    means = {name: counted.means(name, "agent") for name in SCORES}
    differences = _differences(shares)
    results = [
        AgentResult(
            name=agent,
            replies=size,
            severities={severity: share(severities[severity].get(agent, 0), size) for severity in Severity},
            copies=share(copies.get(agent, 0), size if copied is not None else 0),
            scores={name: means[name][agent] for name in SCORES},
            differences=differences.get(agent, ()),
        )
        for agent, size in sizes.items()
    ]
    return sorted(results, key=_rank if ranked else lambda one: natural(one.name))


def _rank(one: AgentResult) -> tuple[float, float, str]:
    error, warning = (one.severities[severity].rate or 0 for severity in (Severity.ERROR, Severity.WARNING))
    return -error, -warning, one.name


def _differences(shares: _Shares) -> dict[str, tuple[Difference, ...]]:
    """How each agent's rates differ from those of all others together, so far as that isn't chance."""
    totals: dict[str, int] = {}
    sizes: dict[str, int] = {}
    for (check, _), one in shares.items():
        totals[check] = totals.get(check, 0) + one.count
        sizes[check] = sizes.get(check, 0) + one.of
    keys = [key for key, one in shares.items() if key[1] and not one.thin and sizes[key[0]] > one.of]
    changes = []
    for check, agent in keys:
        mine = shares[check, agent]
        changes.append(change_of_shares(share(totals[check] - mine.count, sizes[check] - mine.of), mine))
    result: dict[str, list[tuple[int, Difference]]] = {}
    for (check, agent), change, p in zip(keys, changes, adjusted([one.p for one in changes]), strict=True):
        judged = Change(change.value, change.low, change.high, p)
        if not judged.chance:
            result.setdefault(agent, []).append((shares[check, agent].count, Difference(check, judged)))
    return {
        agent: tuple(one for _, one in sorted(some, key=lambda pair: (-pair[0], pair[1].check)))
        for agent, some in result.items()
    }
