"""What an audit found, as frozen values; nothing here knows how it was computed or how it is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from hamdel.model import Lang, Severity
from hamdel.model.measures import Association, Change, Mean, Period, Share, Span, Trend
from hamdel.model.policy import Need
from hamdel.model.repeats import Clusters, Formula
from hamdel.model.voice import Deed, Voice

__all__ = [
    "Advice",
    "AdviceKind",
    "AgentResult",
    "CheckResult",
    "Comparison",
    "Condition",
    "Difference",
    "Example",
    "Exceeded",
    "Reading",
    "ScoreResult",
    "Summary",
]


@dataclass(frozen=True, slots=True)
class Example:
    """A real reply with a finding, personal data masked.

    Attributes:
        row: of the input.
        text: the reply.
        start, end: what the finding is about, in code points of ``text``; equal for the whole reply.
        message: what the customer may read into it; empty when it couldn't be found again in the masked text.
        suggestions: better wordings, best first.
        customer: the customer's message, masked, where the finding is about what it says; empty for others.
    """

    row: int
    text: str
    start: int
    end: int
    message: str = ""
    suggestions: tuple[str, ...] = ()
    customer: str = ""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What was found of one check.

    Attributes:
        check: its id.
        title, why: in the report's language.
        severity: the most frequent of its findings; the check's own when there are none.
        share: of the replies that it could judge.
        findings: in all; a reply may have several.
        agents, channels, periods: the same share by agent, channel and first day of the period.
        trend: None when there are fewer than three periods with enough replies.
        associations: one for each outcome that could be compared.
        examples: real ones, drawn at random.
        needs: without which it judges nothing; ``share.of`` counts the replies that had it.
    """

    check: str
    title: str
    why: str
    severity: Severity
    share: Share
    findings: int
    agents: Mapping[str, Share] = field(default_factory=dict)
    channels: Mapping[str, Share] = field(default_factory=dict)
    periods: Mapping[date, Share] = field(default_factory=dict)
    trend: Trend | None = None
    associations: tuple[Association, ...] = ()
    examples: tuple[Example, ...] = ()
    needs: tuple[Need, ...] = ()


@dataclass(frozen=True, slots=True)
class ScoreResult:
    """The mean of a score, from 0 to 100."""

    name: str
    mean: Mean
    agents: Mapping[str, Mean] = field(default_factory=dict)
    channels: Mapping[str, Mean] = field(default_factory=dict)
    periods: Mapping[date, Mean] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Difference:
    """A check whose rate among an agent's replies isn't that among the others'."""

    check: str
    change: Change


@dataclass(frozen=True, slots=True)
class AgentResult:
    """One agent's replies.

    Attributes:
        name: empty for replies without one.
        replies: how many.
        severities: replies with a finding of each severity.
        copies: replies that are in a cluster.
        scores: means by the scores' names.
        differences: what isn't chance, the most frequent check first.
    """

    name: str
    replies: int
    severities: Mapping[Severity, Share]
    copies: Share
    scores: Mapping[str, Mean]
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A reply worth reading.

    Attributes:
        why: ``best``, ``worst`` or ``random``.
        row, id: of the input.
        message, text: the customer's and the agent's, personal data masked.
        scores: by their names.
        checks: what was found in it.
    """

    why: str
    row: int
    id: str
    message: str
    text: str
    scores: Mapping[str, float]
    checks: tuple[str, ...]


class AdviceKind(StrEnum):
    """What to do first."""

    STOP = "stop"  # a check of severity error
    CHECK = "check"  # a check that is often found
    RISING = "rising"  # a check that is found more often than before
    OUTCOME = "outcome"  # a check that goes with a worse outcome
    COPIES = "copies"  # near copies
    OPENING = "opening"  # one opening for all
    READ = "read"  # read the list, label a sample
    AGAIN = "again"  # nothing else stands out: audit again and compare


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing to do, or what matters most.

    Attributes:
        kind: what it is about.
        check, title: the check; empty when it is about none.
        share: how often.
        association: the outcome, for `AdviceKind.OUTCOME`.
        trend: for `AdviceKind.RISING`.
        text: the opening, or the most frequent copy.
        suggestion: a better wording.
    """

    kind: AdviceKind
    check: str = ""
    title: str = ""
    share: Share | None = None
    association: Association | None = None
    trend: Trend | None = None
    text: str = ""
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed since an earlier audit.

    Attributes:
        version: of hamdel then; another one may find other things in the same replies.
        replies: how many there were.
        checks: the change of each check's rate; p is adjusted.
        scores: the change of each score's mean.
    """

    version: str
    replies: int
    checks: Mapping[str, Change]
    scores: Mapping[str, Change]


@dataclass(frozen=True, slots=True)
class Summary:
    """All that an audit found.

    Attributes:
        lang: of the texts in it.
        replies: how many were read.
        checked: how many of them had something to check; all shares are of these.
        with_message: how many of these came with the customer's message, which half of the checks need.
        first, last: when the first and the last was sent; None when no time is known.
        span, periods: into what the time is cut; empty when no time is known.
        headline: what matters most.
        advice: three things to do; two when nothing stands out.
        severities, families: replies with a finding of a severity, and of a family of checks.
        findings: how many there are of each severity.
        checks: the enabled ones, the most frequent first.
        scores: respect, empathy, originality.
        agents: by name; those with the worst rates first when they were to be ranked.
        ranked: whether they were.
        clusters: None when they weren't looked for.
        openings, closings: overused ones, the most frequent first.
        reading: replies worth reading.
        outcomes: the columns that checks were compared with.
        comparison: with an earlier audit, if there was one.
        worst: how many replies have each severity as their gravest, and ``none``; they add up to ``checked``.
        deeds: how many replies do what is called for.
        voice: what customers write about.
    """

    lang: Lang
    replies: int
    checked: int
    with_message: int
    first: date | None
    last: date | None
    span: Span | None
    periods: tuple[Period, ...]
    headline: Advice
    advice: tuple[Advice, ...]
    severities: Mapping[Severity, Share]
    families: Mapping[str, Share]
    findings: Mapping[Severity, int]
    checks: tuple[CheckResult, ...]
    scores: tuple[ScoreResult, ...]
    agents: tuple[AgentResult, ...]
    ranked: bool
    clusters: Clusters | None
    openings: tuple[Formula, ...]
    closings: tuple[Formula, ...]
    reading: tuple[Reading, ...]
    outcomes: tuple[str, ...]
    comparison: Comparison | None = None
    worst: Mapping[str, int] = field(default_factory=dict)
    deeds: tuple[Deed, ...] = ()
    voice: Voice = field(default_factory=Voice)


@dataclass(frozen=True, slots=True)
class Condition:
    """A limit.

    Attributes:
        text: as it was given.
        name: of a severity, a family or a check.
        limit: a number of findings, or a share from 0 to 1.
        is_share: which of both.
        reached: whether the limit itself is too much.
    """

    text: str
    name: str
    limit: float
    is_share: bool
    reached: bool


@dataclass(frozen=True, slots=True)
class Exceeded:
    """A condition that came true, and the number of findings or the share that did it."""

    condition: Condition
    value: float
