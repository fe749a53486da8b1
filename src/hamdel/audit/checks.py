"""The results of each check: rates, trends and what goes with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hamdel.audit.association import associate
from hamdel.audit.counts import Counted, at_least
from hamdel.audit.proportions import adjusted
from hamdel.audit.trends import trend_over
from hamdel.checker import Checker
from hamdel.model import Severity
from hamdel.model.audit import CheckResult, Example
from hamdel.model.measures import Association, Change, Share

__all__ = ["check_results"]

_GROUPS = {"agent": "agents", "channel": "channels", "start": "periods"}


def check_results(
    counted: Counted,
    shares: Mapping[str, Mapping[tuple[str, Any], Share]],
    outcomes: Iterable[str],
    checker: Checker,
    examples: Mapping[str, tuple[Example, ...]],
) -> list[CheckResult]:
    """Return the result of each enabled check, the most frequent first.

    Args:
        counted: what was counted.
        shares: by ``agent``, ``channel`` and ``start``, then by check and group.
        outcomes: the columns to compare with.
        checker: the one that found the findings.
        examples: of each check.
    """
    found = {check: part for (check,), part in counted.found.partition_by("check", as_dict=True).items()}
    results = []
    for check in sorted({*checker.enabled, *found}):
        groups = {
            name: {group: one for (of, group), one in shares[key].items() if of == check}
            for key, name in _GROUPS.items()
        }
        own = found.get(check, counted.found.clear())
        needs = checker.checks[check].policy.needs if check in checker.checks else ()
        judged = len(counted.judged(needs))
        shown = examples.get(check, ())
        results.append(_result(check, own, judged, checker, examples=shown, needs=needs, **groups))
    results = _with_trends(results)
    results = _with_associations(results, found, counted, outcomes)
    return sorted(results, key=lambda one: (-one.share.count, one.check))


def _result(check: str, found: pl.DataFrame, judged: int, checker: Checker, **parts: Any) -> CheckResult:
    """A check's result without what other checks have a say in."""
    definition = checker.checks.get(check)
    lang = checker.config.lang
    counts = dict(found["severity"].value_counts().iter_rows())
    usual = max(Severity, key=lambda one: (counts.get(one, 0), -one.rank))
    severity = definition.severity if definition and found.is_empty() else usual
    return CheckResult(
        check=check,
        title=definition.title.pick(lang) if definition else check,
        why=definition.why.pick(lang) if definition else "",
        severity=severity,
        share=at_least(len(found), judged),
        findings=int(found["findings"].sum()),
        **parts,
    )


def _with_trends(results: list[CheckResult]) -> list[CheckResult]:
    trends = [trend_over(result.periods) for result in results]
    ps = adjusted([trend.change.p if trend else None for trend in trends])
    return [
        replace(result, trend=replace(trend, change=_with_p(trend.change, p)) if trend else None)
        for result, trend, p in zip(results, trends, ps, strict=True)
    ]


def _with_p(change: Change, p: float | None) -> Change:
    return replace(change, p=p)


@dataclass(frozen=True)
class _Outcome:
    """The replies whose outcome is known, with the numbers of their strata and threads."""

    name: str
    rows: NDArray[np.int64]
    values: NDArray[np.float64]
    strata: NDArray[np.int64]
    threads: NDArray[np.int64]

    @classmethod
    def of(cls, column: str, replies: pl.DataFrame, channels: int) -> _Outcome:
        known = replies.filter(pl.col(column).is_not_null() & pl.col(column).is_not_nan())
        thread = pl.coalesce("thread", pl.col("row").hash())  # a reply whose thread isn't known is one of its own
        numbered = known.select(
            "row", column,
            strata=(pl.col("agent").cast(pl.Int64) * channels + pl.col("channel")).rank("dense").cast(pl.Int64) - 1,
            threads=thread.rank("dense").cast(pl.Int64) - 1,
        )  # fmt: skip
        arrays = [numbered[name].to_numpy() for name in numbered.columns]
        return cls(column.removeprefix("outcome_"), *arrays)

    def association(self, found: pl.DataFrame) -> Association:
        """How it goes with some findings."""
        has = np.isin(self.rows, found["row"].to_numpy())
        return associate(self.name, self.values, has, self.strata, self.threads)


def _with_associations(
    results: list[CheckResult], found: Mapping[str, pl.DataFrame], counted: Counted, columns: Iterable[str]
) -> list[CheckResult]:
    outcomes = [_Outcome.of(column, counted.replies, len(counted.names["channel"])) for column in columns]
    pairs = [
        (result.check, outcome.association(found[result.check]))
        for result in results
        for outcome in outcomes
        if result.check in found and len(outcome.rows)
    ]
    ps = adjusted([None if one.thin else one.effect.p for _, one in pairs])
    by_check: dict[str, list[Association]] = {}
    for (check, one), p in zip(pairs, ps, strict=True):
        by_check.setdefault(check, []).append(replace(one, effect=_with_p(one.effect, p)))
    return [replace(result, associations=tuple(by_check.get(result.check, ()))) for result in results]
