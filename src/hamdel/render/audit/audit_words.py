"""The texts of an audit in one language, from ``templates/report``: figures, days, what matters most and what to do."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from hamdel.base.resources import template_dir
from hamdel.model import Lang
from hamdel.model.audit import Advice, AdviceKind, Summary
from hamdel.model.measures import THIN, Association, Change, Mean, Share, Span
from hamdel.model.policy import Need
from hamdel.model.voice import Lack
from hamdel.render.text.bidi import ltr, visible
from hamdel.render.text.dates import calendar_day, calendar_month
from hamdel.render.text.figures import decimal, grouped, rate, signed, whole

__all__ = ["Wording", "wording"]

_DRAWN = 100  # replies of the sample that is advised; as few can be read whole
_SAMPLE, _COMPARE = ltr(f"hamdel audit --sample {_DRAWN}"), ltr("hamdel audit --compare")
_LONGEST = 90  # characters of a quoted text


class Wording:
    """Says things in one language.

    Args:
        lang: which.

    Attributes:
        lang: which.
        texts: the fixed ones, as the TOML file has them.
    """

    def __init__(self, lang: Lang) -> None:
        self.lang = lang
        path = template_dir() / "report" / f"{lang}.toml"
        self.texts: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))

    def number(self, value: int) -> str:
        """A whole number."""
        return grouped(value, self.lang)

    def share(self, one: Share) -> str:
        """A rate in per cent."""
        return rate(one.rate, self.lang)

    def interval(self, one: Share) -> str:
        """The ends of a rate's interval."""
        return self._fill("interval", low=rate(one.low, self.lang), high=rate(one.high, self.lang))

    def rate_with_interval(self, one: Share) -> str:
        """A rate and its interval."""
        low, high = rate(one.low, self.lang), rate(one.high, self.lang)
        return self._fill("rate_with_interval", rate=self.share(one), low=low, high=high)

    def part(self, count: int, of: int) -> str:
        """A part of a whole in per cent."""
        return rate(count / of, self.lang)

    def scores(self, scores: Mapping[str, float]) -> str:
        """The scores of a reply; a dash for what isn't known."""
        texts = {name: decimal(scores.get(name), self.lang, 0) for name in ("respect", "empathy", "originality")}
        template: str = self.texts["reading"]["scores"]
        return template.format(**texts)

    def mean(self, one: Mean) -> str:
        """A score."""
        return "—" if one.value is None else whole(round(one.value), self.lang)

    def mean_interval(self, one: Mean) -> str:
        """The ends of a mean's interval; nothing when it isn't known."""
        if one.low is None or one.high is None:
            return ""
        return self._fill("interval", low=decimal(one.low, self.lang, 1), high=decimal(one.high, self.lang, 1))

    def day(self, when: date | None) -> str:
        """A day."""
        return "" if when is None else calendar_day(when, self.lang)

    def period(self, start: date, span: Span | None) -> str:
        """A period by its month or its first day."""
        return calendar_month(start, self.lang) if span is Span.MONTH else calendar_day(start, self.lang)

    def points(self, change: Change) -> str:
        """A difference of rates in percentage points, with its interval."""
        return self._change(change, self.texts["changes"]["percent_points"], 100)

    def effect(self, one: Association) -> str:
        """A difference of outcomes, with its interval: marks, percentage points of a yes/no outcome, or a number."""
        return self._change(one.effect, *self._unit(one))

    def score_change(self, change: Change) -> str:
        """A difference of scores, with its interval."""
        return self._change(change, "{n}", 1)

    def _unit(self, one: Association) -> tuple[str, float, int]:
        """How an outcome's difference is written: unit, factor and decimals."""
        units: dict[str, str] = self.texts["changes"]
        if one.yes_no:
            return units["percent_points"], 100, 1
        return units["points"] if one.outcome == "csat" else "{n}", 1, 2

    def _change(self, change: Change, unit: str, factor: float, digits: int = 1) -> str:
        """A difference and its interval: so much more or less, or with signs when it could be either."""
        if change.value is None or change.low is None or change.high is None:
            return "—"
        ends = [factor * one for one in (change.low, change.high)]
        if ends[0] * ends[1] > 0:
            value = self._amount(change, unit, factor, digits)
            low, high = (decimal(one, self.lang, digits) for one in sorted(map(abs, ends)))
        else:
            value = unit.format(n=ltr(signed(factor * change.value, self.lang, digits)))
            low, high = (ltr(signed(one, self.lang, digits)) for one in ends)
        return f"{value} ({self._fill('interval', low=low, high=high)})"

    def _amount(self, change: Change, unit: str, factor: float, digits: int) -> str:
        """So much more, or less."""
        value = factor * (change.value or 0.0)
        template: str = self.texts["changes"]["more" if value > 0 else "less"]
        return template.format(amount=unit.format(n=decimal(abs(value), self.lang, digits)))

    def part_of(self, one: Share, whole: str) -> str:
        """So many of so many, and of what."""
        return self._fill("part_of", count=self.number(one.count), of=self.number(one.of), whole=whole)

    def reasons(self, needs: Sequence[Need]) -> str:
        """What a check needs."""
        comma: str = self.texts["comma"]
        return comma.join(self.texts["judged"][need] for need in needs)

    def lacking(self, lacks: Sequence[Lack]) -> str:
        """What an export doesn't tell."""
        what = self.texts["comma"].join(self.texts["voice"][lack] for lack in lacks)
        template: str = self.texts["voice"]["lacks"]
        return template.format(what=what)

    def outcome(self, name: str) -> str:
        """The name of an outcome."""
        known: str = self.texts["outcome_names"].get(name, name)
        return known

    def headline(self, summary: Summary) -> str:
        """What matters most, in one sentence."""
        thin = summary.headline.kind is AdviceKind.AGAIN and summary.checked < THIN
        template: str = self.texts["headline"]["thin" if thin else summary.headline.kind]
        return template.format(**self._slots(summary.headline))

    def to_do(self, advice: Advice, checked: int) -> str:
        """One thing to do.

        Args:
            advice: what is advised.
            checked: how many replies there are.
        """
        few = advice.kind is AdviceKind.READ and checked <= _DRAWN
        template: str = self.texts["do"]["read_few" if few else advice.kind]
        return template.format(**self._slots(advice))

    def example(self, advice: Advice) -> str:
        """A better wording for it; empty when there is none."""
        template: str = self.texts["do"]["suggestion"]
        return template.format(text=_apart(advice.suggestion)) if advice.suggestion else ""

    def _slots(self, advice: Advice) -> dict[str, str]:
        slots = {
            "title": _apart(advice.title),
            "text": _apart(_short(advice.text)),
            "sample": _SAMPLE,
            "compare": _COMPARE,
        }
        if advice.share:
            share = advice.share
            slots |= {"rate": self.share(share), "count": self.number(share.count), "of": self.number(share.of)}
        if advice.trend:
            slots |= {"first": self.share(advice.trend.first), "last": self.share(advice.trend.last)}
        if advice.association:
            one = advice.association
            amount = self._amount(one.effect, *self._unit(one))
            slots |= {"outcome": self.outcome(one.outcome), "effect": self.effect(one), "amount": amount}
        return slots

    def _fill(self, key: str, **slots: str) -> str:
        template: str = self.texts[key]
        return template.format(**slots)


def _apart(text: str) -> str:
    """A text with a direction of its own: an English sentence may end in «تو», and a figure follow."""
    return f"\u2068{text}\u2069"


def _short(text: str) -> str:
    line = visible(text).strip()
    return line if len(line) <= _LONGEST else line[:_LONGEST].rsplit(" ", 1)[0] + " …"


@cache
def wording(lang: Lang) -> Wording:
    """The texts in a language."""
    return Wording(lang)
