"""An audit as JSON, for programs; ``audit.schema.json`` beside this file documents every field."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import hamdel
from hamdel.model.audit import Advice, AgentResult, CheckResult, Comparison, Reading, ScoreResult, Summary
from hamdel.model.audit_schema import SCHEMA
from hamdel.model.measures import LEVEL, Association, Change, Mean, Share, Trend
from hamdel.model.repeats import Approximate, Cluster, Clusters, Formula
from hamdel.model.voice import Deed, Voice
from hamdel.render.audit.audit_words import wording
from hamdel.render.text.json_text import dumps

__all__ = ["render", "schema", "to_dict"]

_DIGITS = 6
_CLUSTERS = 100  # of each kind; clusters.csv has more

_Plain = dict[str, Any]


def render(summary: Summary) -> str:
    """The audit as indented JSON that ends in a newline."""
    return dumps(to_dict(summary))


def schema() -> _Plain:
    """The JSON Schema (draft 2020-12) of what `render` writes."""
    loaded: _Plain = json.loads(Path(__file__).with_name("audit.schema.json").read_text("utf-8"))
    return loaded


def to_dict(summary: Summary) -> _Plain:
    """The audit as plain values, as the schema describes them."""
    words = wording(summary.lang)
    return {
        "schema": SCHEMA,
        "version": hamdel.__version__,
        "lang": str(summary.lang),
        "level": LEVEL,
        "replies": {"read": summary.replies, "checked": summary.checked, "with_message": summary.with_message},
        "time": _time(summary),
        "headline": {**_advice(summary.headline), "text": words.headline(summary)},
        "advice": [{**_advice(one), "text": words.to_do(one)} for one in summary.advice],
        "severities": {
            str(name): {**_share(one), "findings": summary.findings[name]} for name, one in summary.severities.items()
        },
        "families": {name: _share(one) for name, one in summary.families.items()},
        "checks": list(map(_check, summary.checks)),
        "scores": {one.name: _score(one) for one in summary.scores},
        "agents": list(map(_agent, summary.agents)),
        "ranked": summary.ranked,
        "clusters": _clusters(summary.clusters) if summary.clusters else None,
        "openings": list(map(_formula, summary.openings)),
        "closings": list(map(_formula, summary.closings)),
        "reading": list(map(_reading, summary.reading)),
        "outcomes": list(summary.outcomes),
        "comparison": _comparison(summary.comparison) if summary.comparison else None,
        "worst": dict(summary.worst),
        "deeds": list(map(_deed, summary.deeds)),
        "voice": _voice(summary.voice),
    }


def _time(summary: Summary) -> _Plain:
    return {
        "first": _day(summary.first),
        "last": _day(summary.last),
        "span": summary.span and str(summary.span),
        "periods": [{"start": _day(one.start), "replies": one.replies} for one in summary.periods],
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _number(value: float | None) -> float | None:
    return None if value is None else round(value, _DIGITS)


def _share(one: Share) -> _Plain:
    rate, low, high = map(_number, (one.rate, one.low, one.high))
    return {"count": one.count, "of": one.of, "rate": rate, "low": low, "high": high}


def _mean(one: Mean) -> _Plain:
    value, low, high = map(_number, (one.value, one.low, one.high))
    return {"value": value, "low": low, "high": high, "of": one.of}


def _change(one: Change) -> _Plain:
    value, low, high = map(_number, (one.value, one.low, one.high))
    return {"value": value, "low": low, "high": high, "p": one.p, "chance": one.chance}


def _advice(one: Advice) -> _Plain:
    return {"kind": str(one.kind), "check": one.check or None}


def _shares(groups: Mapping[Any, Share]) -> list[_Plain]:
    return [{"name": str(name), **_share(one)} for name, one in groups.items()]


def _means(groups: Mapping[Any, Mean]) -> list[_Plain]:
    return [{"name": str(name), **_mean(one)} for name, one in groups.items()]


def _check(one: CheckResult) -> _Plain:
    return {
        "check": one.check,
        "title": one.title,
        "severity": str(one.severity),
        **_share(one.share),
        "findings": one.findings,
        "agents": _shares(one.agents),
        "channels": _shares(one.channels),
        "periods": _shares(one.periods),
        "trend": one.trend and _trend(one.trend),
        "associations": list(map(_association, one.associations)),
        "needs": list(map(str, one.needs)),
    }


def _deed(one: Deed) -> _Plain:
    return {"deed": one.name, **_share(one.share), "agents": _shares(one.agents)}


def _voice(one: Voice) -> _Plain:
    """Without examples: these are people's texts, and the page has them."""
    topics = [
        {
            "words": list(topic.words),
            **_share(topic.share),
            "upset": _share(topic.upset),
            "emotion": topic.emotion or None,
            "trend": topic.trend and _trend(topic.trend),
        }
        for topic in one.topics
    ]
    stories = [{"story": each.name, **_share(each.share), "lacks": list(map(str, each.lacks))} for each in one.stories]
    return {"messages": one.messages, "topics": topics, "stories": stories}


def _trend(one: Trend) -> _Plain:
    return {"first": _share(one.first), "last": _share(one.last), "change": _change(one.change)}


def _association(one: Association) -> _Plain:
    return {
        "outcome": one.outcome,
        "effect": _change(one.effect),
        "found": one.found,
        "others": one.others,
        "thin": one.thin,
        "yes_no": one.yes_no,
    }


def _score(one: ScoreResult) -> _Plain:
    groups = {"agents": _means(one.agents), "channels": _means(one.channels), "periods": _means(one.periods)}
    return {**_mean(one.mean), **groups}


def _agent(one: AgentResult) -> _Plain:
    return {
        "name": one.name,
        "replies": one.replies,
        "severities": {str(name): _share(share) for name, share in one.severities.items()},
        "copies": _share(one.copies),
        "scores": {name: _mean(mean) for name, mean in one.scores.items()},
        "differences": [{"check": each.check, "change": _change(each.change)} for each in one.differences],
    }


def _clusters(found: Clusters) -> _Plain:
    kinds = {"replies": found.replies, "sentences": found.sentences}
    parts = {
        name: {
            "found": found.found[place],
            "distinct": found.distinct[place],
            "compared": found.compared[place],
            "largest": list(map(_cluster, clusters[:_CLUSTERS])),
            **_approximate(found.approximate[place]),
        }
        for place, (name, clusters) in enumerate(kinds.items())
    }
    return {"cutoff": found.cutoff, "copies": _share(found.copies), **parts}


def _approximate(found: Approximate | None) -> _Plain:
    """What was found beyond the texts that were all compared, apart and only where there are any."""
    if found is None:
        return {}
    return {
        "approximate": {
            "distinct": found.distinct,
            "compared": found.compared,
            "copies": _share(found.copies),
            "found": found.found,
            "largest": list(map(_cluster, found.largest[:_CLUSTERS])),
        }
    }


def _cluster(one: Cluster) -> _Plain:
    return {
        "replies": one.size,
        "texts": one.texts,
        "agents": list(one.agents),
        "first": _day(one.first),
        "last": _day(one.last),
        "text": one.text,
    }


def _formula(one: Formula) -> _Plain:
    return {"text": one.text, **_share(one.share), "agents": one.agents}


def _reading(one: Reading) -> _Plain:
    scores = {name: _number(value) for name, value in one.scores.items()}
    return {"why": one.why, "row": one.row, "id": one.id, "scores": scores, "checks": list(one.checks)}


def _comparison(one: Comparison) -> _Plain:
    return {
        "version": one.version,
        "replies": one.replies,
        "checks": {name: _change(change) for name, change in one.checks.items()},
        "scores": {name: _change(change) for name, change in one.scores.items()},
    }
