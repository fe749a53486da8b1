"""Audits one after another, as frozen values: how each rate moved, and what became of what was advised."""

from __future__ import annotations

from dataclasses import dataclass

from hamdel.model.choices import Lang
from hamdel.model.measures import Change, Share

__all__ = ["Advised", "Month", "Series", "Trail"]


@dataclass(frozen=True, slots=True)
class Month:
    """One audit: its folder's name, the day of its first reply (ISO, empty when not known), how many were checked."""

    folder: str
    first: str
    replies: int
    version: str


@dataclass(frozen=True, slots=True)
class Series:
    """A rate over the audits.

    Attributes:
        kind: ``check``, ``deed`` or ``story``.
        name: the check's title, or the name of the deed or story.
        severity: of a check; empty for others.
        shares: one an audit; None where it wasn't counted.
        change: from the first to the last one that counted it; p is adjusted.
    """

    kind: str
    name: str
    severity: str
    shares: tuple[Share | None, ...]
    change: Change


@dataclass(frozen=True, slots=True)
class Advised:
    """What one audit advised, and how the next one found it.

    Attributes:
        title: of the check.
        month: the place of the audit that advised it.
        before, after: the rates in that audit and the next one.
        change: from one to the other.
    """

    title: str
    month: int
    before: Share
    after: Share
    change: Change


@dataclass(frozen=True, slots=True)
class Trail:
    """Audits in the order of their time.

    Attributes:
        lang: of the texts.
        months: the audits.
        series: what surely changed first, then by how frequent it is.
        advised: in the order of the audits.
    """

    lang: Lang
    months: tuple[Month, ...]
    series: tuple[Series, ...]
    advised: tuple[Advised, ...]
