"""How audits one after another differ: lines for a terminal, and a page with charts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from markupsafe import Markup

from hamdel.base.resources import template_dir
from hamdel.model.measures import Share
from hamdel.model.trail import Advised, Month, Series, Trail
from hamdel.render.audit.audit_page import environment, page_style, policy
from hamdel.render.audit.audit_words import Wording, wording
from hamdel.render.text.bidi import isolated, ltr, visible
from hamdel.render.text.pieces import Line, Piece, Role

__all__ = ["render", "shown"]

_SHOWN = 12
_WIDTH, _HEIGHT, _MARGIN = 100.0, 40.0, 3.0  # of a panel, in units of its view box


@dataclass(frozen=True, slots=True)
class _Chart:
    """A series with the points of its line and band, as SVG has them."""

    series: Series
    title: str
    points: tuple[tuple[float, float], ...]
    line: str
    band: str


def render(trail: Trail) -> str:
    """Return the page.

    Args:
        trail: the audits, in order.
    """
    folder, words = template_dir() / "report", wording(trail.lang)
    style = page_style(folder)
    template = environment(folder).get_template("trend.html.j2")
    return template.render(
        trail=trail,
        w=words,
        charts=[_chart(one, words) for one in trail.series[:_SHOWN]],
        months=[_month(one, words) for one in trail.months],
        style=Markup(style),
        policy=policy(style),
    )


def shown(trail: Trail, page: Path | None) -> Iterator[Line]:
    """Yield which audits these are, what changed and what became of advice.

    Args:
        trail: the audits, in order.
        page: where the page was written; None when it wasn't.
    """
    words = wording(trail.lang)
    texts = words.texts["trail"]
    yield isolated(Piece(texts["title"], Role.HEADING))
    names = words.texts["comma"].join(_month(one, words) for one in trail.months)
    yield isolated(Piece(names, Role.QUIET))
    sure = [one for one in trail.series[:_SHOWN] if not one.change.chance]
    for one in sure:
        parts = (_rates(one.shares, words), words.points(one.change))
        yield isolated(Piece(f"{_title(one, words)}: {words.texts['comma'].join(parts)}"))
    if not sure:
        yield isolated(Piece(words.texts["comparison"]["nothing"]))
    for each in trail.advised:
        yield isolated(Piece(_became(each, trail, words), Role.QUIET))
    if page:
        yield isolated(Piece(texts["page"].format(path=ltr(visible(str(page)))), Role.QUIET))


def _month(one: Month, words: Wording) -> str:
    day = words.day(date.fromisoformat(one.first)) if one.first else ltr(visible(one.folder))
    template: str = words.texts["trail"]["month"]
    return template.format(day=day, n=words.number(one.replies))


def _title(one: Series, words: Wording) -> str:
    """What a series is called."""
    if one.kind == "check":
        return visible(one.name)
    title: str = words.texts["deeds" if one.kind == "deed" else "voice"].get(one.name, one.name)
    return title


def _rates(shares: Sequence[Share | None], words: Wording) -> str:
    arrow = " ← " if words.lang == "fa" else " → "
    return arrow.join("—" if one is None else words.share(one) for one in shares)


def _became(one: Advised, trail: Trail, words: Wording) -> str:
    """What was advised, and how it was found the next time."""
    verdict = words.texts["trend"]["steady"] if one.change.chance else words.points(one.change)
    template: str = words.texts["trail"]["became"]
    rates = _rates((one.before, one.after), words)
    return template.format(month=_month(trail.months[one.month], words), title=one.title, rates=rates, verdict=verdict)


def _chart(series: Series, words: Wording) -> _Chart:
    """Audits are equally far apart in it; its axis begins at 0."""
    last = max(1, len(series.shares) - 1)
    known = [(place / last, one) for place, one in enumerate(series.shares) if one is not None]
    highest = max(one.high for _, one in known)

    def point(along: float, value: float) -> tuple[float, float]:
        across = _MARGIN + (_WIDTH - 2 * _MARGIN) * along
        return round(across, 2), round(_HEIGHT - _MARGIN - (_HEIGHT - 2 * _MARGIN) * value / highest, 2)

    points = tuple(point(along, one.rate or 0.0) for along, one in known)
    band = [point(along, one.high) for along, one in known]
    band += [point(along, one.low) for along, one in reversed(known)]
    return _Chart(series, _title(series, words), points, _path(points), _path(band))


def _path(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x},{y}" for x, y in points)
