"""The tables of an audit: agents and clusters."""

from __future__ import annotations

from collections.abc import Iterator

from hamdel.model import Severity
from hamdel.model.audit import AgentResult, Summary
from hamdel.model.measures import Mean, Share
from hamdel.model.repeats import Cluster, Clusters
from hamdel.render.text.csv_text import csv_bytes

__all__ = ["agents_csv", "clusters_csv"]

_SCORES = ("respect", "empathy", "originality")
_RATES = (*Severity, "copies")
_DIGITS = 4


def agents_csv(summary: Summary) -> bytes:
    """Return one row for each agent: replies, rates of errors, warnings and so on, scores, and what differs."""
    header = ["agent", "replies"]
    for name in _RATES:
        header += [f"{name}_replies", f"{name}_rate", f"{name}_low", f"{name}_high"]
    for name in _SCORES:
        header += [name, f"{name}_low", f"{name}_high"]
    return csv_bytes([*header, "differs_in"], map(_agent, summary.agents))


def _agent(one: AgentResult) -> list[object]:
    rates = [one.copies if name == "copies" else one.severities[Severity(name)] for name in _RATES]
    differs = " ".join(f"{'+' if (d.change.value or 0) > 0 else '-'}{d.check}" for d in one.differences)
    cells = [cell for rate in rates for cell in _share(rate)]
    cells += [cell for name in _SCORES for cell in _mean(one.scores[name])]
    return [one.name, one.replies, *cells, f"({differs})" if differs else ""]


def _share(one: Share) -> list[float | int | None]:
    if one.rate is None:
        return [None] * 4
    return [one.count, *(round(value, _DIGITS) for value in (one.rate, one.low, one.high))]


def _mean(one: Mean) -> list[float | None]:
    return [None if value is None else round(value, 2) for value in (one.value, one.low, one.high)]


def clusters_csv(summary: Summary) -> bytes:
    """Return one row for each cluster of near copies; only the header when they weren't looked for."""
    header = ["kind", "replies", "texts", "agents", "agent_names", "first", "last", "text", *_VARIANTS]
    return csv_bytes(header, _clusters(summary.clusters) if summary.clusters else ())


def _clusters(found: Clusters) -> Iterator[list[object]]:
    """All clusters; behind them and named so, those that were found approximately."""
    for one in (*found.replies, *found.sentences):
        yield _cluster(one)
    for some in filter(None, found.approximate):
        for one in some.largest:
            kind, *cells = _cluster(one)
            yield [f"approximate {kind}", *cells]


_VARIANTS = ("variant_1", "variant_2", "variant_3")


def _cluster(one: Cluster) -> list[object]:
    kind = "sentence" if one.sentence else "reply"
    names = "؛ ".join(one.agents)
    variants = list(_variants(one))
    blanks = [""] * (len(_VARIANTS) - len(variants))
    return [kind, one.size, one.texts, len(one.agents), names, one.first, one.last, one.text, *variants, *blanks]


def _variants(one: Cluster) -> Iterator[str]:
    """The variants as a word diff: ``[-left out-]`` and ``{+put in+}`` among the words that are the same."""
    marks = {"same": "{}", "old": "[-{}-]", "new": "{{+{}+}}"}
    for variant in one.variants:
        yield " ".join(marks[kind].format(text) for kind, text in variant.pieces)
