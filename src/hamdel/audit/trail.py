"""Audits one after another, read from their summaries: what changed, and what became of what was advised."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from hamdel.audit.compare import read_earlier
from hamdel.audit.proportions import adjusted, change_of_shares, share
from hamdel.errors import InputError
from hamdel.model import Lang
from hamdel.model.measures import Share
from hamdel.model.trail import Advised, Month, Series, Trail

__all__ = ["read_trail"]

_Plain = Mapping[str, Any]
#: What is counted besides checks: where it stands in a summary, and what names it there.
_OTHERS = {"deed": "deed", "story": "story"}


def read_trail(folders: Sequence[Path], lang: Lang) -> Trail:
    """Read audits, and put them into the order of their time.

    Args:
        folders: of finished audits, two at least.
        lang: of the texts that are shown around them.

    Raises:
        InputError: there are fewer than two, or one isn't what hamdel wrote.
    """
    if len(folders) < 2:
        raise InputError("a trend needs two audits at least; name their folders, or wait for the next one")
    found = [(folder, read_earlier(folder)) for folder in folders]
    try:
        found.sort(key=lambda one: one[1]["time"]["first"] or "")  # stable: as they were named where no time is known
        summaries = [summary for _, summary in found]
        series = _ordered(_judged([*_checks(summaries), *_further(summaries)]))
        return Trail(lang, tuple(_month(*one) for one in found), tuple(series), tuple(_advised(summaries)))
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        names = ", ".join(str(folder) for folder, _ in found)
        raise InputError(f"{names}: one isn't what hamdel wrote ({error}); name folders of finished audits") from None


def _month(folder: Path, summary: _Plain) -> Month:
    name = folder.parent.name if folder.is_file() else folder.resolve().name
    return Month(name, summary["time"]["first"] or "", summary["replies"]["checked"], str(summary["version"]))


def _share(one: _Plain | None) -> Share | None:
    return share(one["count"], one["of"]) if one and one["of"] else None


def _checks(summaries: Sequence[_Plain]) -> Iterator[Series]:
    """The checks of the last audit."""
    known = [{one["check"]: one for one in summary["checks"]} for summary in summaries]
    for name, last in known[-1].items():
        shares = tuple(_share(checks.get(name)) for checks in known)
        yield from _series("check", last["title"], last["severity"], shares)


def _further(summaries: Sequence[_Plain]) -> Iterator[Series]:
    """Deeds and stories; earlier versions of hamdel counted none."""
    for kind, key in _OTHERS.items():
        known = [{one[key]: one for one in _listed(summary, kind)} for summary in summaries]
        for name in known[-1]:
            yield from _series(kind, name, "", tuple(_share(some.get(name)) for some in known))


def _listed(summary: _Plain, kind: str) -> Sequence[_Plain]:
    listed: Sequence[_Plain] = summary.get("deeds", ())
    return listed if kind == "deed" else summary.get("voice", {}).get("stories", ())


def _series(kind: str, name: str, severity: str, shares: tuple[Share | None, ...]) -> Iterator[Series]:
    counted = [one for one in shares if one is not None]
    if len(counted) > 1 and any(one.count for one in counted):
        yield Series(kind, name, severity, shares, change_of_shares(counted[0], counted[-1]))


def _judged(series: Sequence[Series]) -> Iterator[Series]:
    for one, p in zip(series, adjusted([each.change.p for each in series]), strict=True):
        yield replace(one, change=replace(one.change, p=p))


def _ordered(series: Iterator[Series]) -> list[Series]:
    return sorted(series, key=lambda one: (one.change.chance, -abs(one.change.value or 0.0), one.kind, one.name))


def _advised(summaries: Sequence[_Plain]) -> Iterator[Advised]:
    for place, (before, after) in enumerate(pairwise(summaries)):
        then = {one["check"]: one for one in before["checks"]}
        now = {one["check"]: one for one in after["checks"]}
        for name in dict.fromkeys(one["check"] for one in before["advice"] if one["check"]):
            first, last = _share(then.get(name)), _share(now.get(name))
            if first is not None and last is not None:
                yield Advised(now[name]["title"], place, first, last, change_of_shares(first, last))
