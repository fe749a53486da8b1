"""What fixing and improving a draft return."""

from __future__ import annotations

from dataclasses import dataclass

from hamdel.model.choices import LeftReason
from hamdel.model.reports import Finding, Report

__all__ = ["Fixed", "Improved", "Left", "Step"]


@dataclass(frozen=True, slots=True)
class Left:
    """A finding that a fix didn't mend, and why."""

    finding: Finding
    reason: LeftReason


@dataclass(frozen=True, slots=True)
class Fixed:
    """A draft after its edits were applied.

    Attributes:
        draft: the raw draft, as it was given.
        text: the draft with the edits applied; equal to ``draft`` outside of them.
        fixed: findings whose edit was applied; their offsets are those of ``draft``.
        left: the other findings.
        customer: the message that was answered, raw; findings may quote it.
    """

    draft: str
    text: str
    fixed: tuple[Finding, ...] = ()
    left: tuple[Left, ...] = ()
    customer: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that an improvement did.

    Attributes:
        start, end: code points in the improved text; equal where something was left out.
        before: what the draft has there, to the letter; empty for what was added.
        after: what stands there now.
        reason: why, in the report's language.
        checks: ids of the findings that it answers; empty when none asked for it.
    """

    start: int
    end: int
    before: str
    after: str
    reason: str
    checks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Improved:
    """A whole better draft.

    Attributes:
        draft: the raw draft, as it was given.
        text: the better one; what only the agent can know stands in it as «[…]».
        steps: what was done, by place in ``text``.
        report: what hamdel says of ``text``; its scores count only what the draft itself says, for an apology or a
            promise is the agent's once it is sent.
        sources: for each code point of ``text`` its place in ``draft``; -1 for what is new. Empty if nothing is kept.
    """

    draft: str
    text: str
    steps: tuple[Step, ...]
    report: Report
    sources: tuple[int, ...] = ()
