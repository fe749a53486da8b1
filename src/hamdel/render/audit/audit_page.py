"""The audit's page: one HTML file that holds all it needs and asks nothing of a network."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

import hamdel
from hamdel.base.resources import template_dir
from hamdel.model.audit import AgentResult, CheckResult, Example, Summary
from hamdel.model.measures import Association
from hamdel.model.repeats import Cluster
from hamdel.render.audit.audit_charts import at, level, scale_of, trend_chart
from hamdel.render.audit.audit_words import wording
from hamdel.render.text.bidi import visible
from hamdel.render.text.excerpt import excerpt
from hamdel.render.text.pieces import Piece

__all__ = ["environment", "page_style", "policy", "render"]

_EXCERPT = 320  # characters of an example
_AROUND = 40  # characters of what is the same at each side of a difference


class _Most(NamedTuple):
    """How much the page shows; the tables beside it have the rest."""

    clusters: int = 25
    trends: int = 6
    outcomes: int = 15
    agents: int = 100
    heat_agents: int = 25
    heat_checks: int = 12


_MOST = _Most()


def render(summary: Summary) -> str:
    """Return the page.

    Args:
        summary: what an audit found, personal data masked.
    """
    folder = template_dir() / "report"
    style, script = page_style(folder), (folder / "script.js").read_text("utf-8")
    page = environment(folder).get_template("page.html.j2")
    return page.render(
        s=summary,
        w=wording(summary.lang),
        version=hamdel.__version__,
        style=Markup(style),
        script=Markup(script),
        policy=policy(style, script),
        **_charts(summary),
        **_tables(summary),
    )


def environment(folder: Path) -> Environment:
    """Return what renders the templates of a folder."""
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        anchor=_anchor,
        around=_around,
        at=at,
        level=level,
        marked=_marked,
        short=_short,
        visible=visible,
        worth_showing=_worth_showing,
    )
    return environment


def page_style(folder: Path) -> str:
    """Return the style of all pages, with the font in it."""
    font = base64.b64encode((folder / "font" / "Vazirmatn.woff2").read_bytes()).decode()
    face = (
        "@font-face{font-family:Vazirmatn;font-weight:400 700;font-display:block;"
        f"src:url(data:font/woff2;base64,{font}) format('woff2')}}\n"
    )
    return face + (folder / "style.css").read_text("utf-8")


def policy(style: str, script: str = "") -> str:
    """What the page may do: its own style, script and font, and nothing else."""
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; font-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _charts(summary: Summary) -> dict[str, Any]:
    fired = [one for one in summary.checks if one.share.count]
    found = sorted(fired, key=lambda one: (one.severity.rank, -one.share.count))
    graver = sorted(found, key=lambda one: (one.severity.rank == 2, -one.share.count))
    charts = [trend_chart(one) for one in graver if one.trend]
    heat_checks = graver[: _MOST.heat_checks]
    heat_agents = _largest(summary.agents, _MOST.heat_agents)
    cells = [check.agents[agent.name] for check in heat_checks for agent in heat_agents if agent.name in check.agents]
    return {
        "found": found,
        "unjudged": _unjudged(summary),
        "scale": scale_of([one.share for one in found]),
        "trends": charts[: _MOST.trends],
        "heat_checks": heat_checks,
        "heat_agents": heat_agents,
        "heat_scale": max([one.rate or 0.0 for one in cells if not one.thin], default=0.0) or 1.0,
    }


def _unjudged(summary: Summary) -> list[CheckResult]:
    """Checks that couldn't judge all replies, those that could judge fewest first."""
    some = (one for one in summary.checks if one.needs and one.share.of < summary.checked)
    return sorted(some, key=lambda one: one.share.of)


def _largest(agents: Sequence[AgentResult], count: int) -> list[AgentResult]:
    """Those with the most replies, in the order in which they are."""
    kept = {one.name for one in sorted(agents, key=lambda one: -one.replies)[:count]}
    return [one for one in agents if one.name in kept]


def _tables(summary: Summary) -> dict[str, Any]:
    compared = summary.comparison.checks if summary.comparison else {}
    changed = sorted(
        ((name, change) for name, change in compared.items() if not change.chance), key=lambda one: one[1].p or 0.0
    )
    named = any(one.name for one in summary.agents)
    return {
        "titles": {one.check: one.title for one in summary.checks},
        "agents": _largest(summary.agents, _MOST.agents) if named else [],
        "outcomes": _outcomes(summary.checks),
        "changed": changed,
    }


def _outcomes(checks: Sequence[CheckResult]) -> list[tuple[CheckResult, Association]]:
    """What goes with an outcome, the surest first."""
    known = [(check, one) for check in checks for one in check.associations if one.effect.value is not None]
    return sorted(known, key=lambda pair: 1.0 if pair[1].effect.p is None else pair[1].effect.p)[: _MOST.outcomes]


def _worth_showing(clusters: Sequence[Cluster]) -> list[Cluster]:
    """The largest ones; two replies that are alike may be chance."""
    return [one for one in clusters[: _MOST.clusters] if one.size > 2]


def _anchor(check: str) -> str:
    return check.replace("/", "-")


def _marked(one: Example) -> tuple[Piece, ...]:
    spans = ((one.start, one.end),) if one.end > one.start else ()
    return excerpt(one.text, (0, len(one.text)), spans, _EXCERPT, brackets=False)


def _short(text: str, room: int) -> str:
    text = "\n".join(visible(line).strip() for line in text.splitlines()).strip()
    return text if len(text) <= room else text[:room].rsplit(" ", 1)[0] + " …"


def _around(text: str) -> str:
    """Both ends of a long run of words that two texts share."""
    if len(text) <= 2 * _AROUND:
        return text
    return f"{text[:_AROUND].rsplit(' ', 1)[0]} ⋯ {text[-_AROUND:].split(' ', 1)[-1]}"
