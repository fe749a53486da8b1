"""The values that travel through hamdel, all frozen.

Offsets are code points in the raw draft: ``draft[finding.start:finding.end] == finding.matched``.
A finding about something that is absent from the whole draft has ``start == end == 0``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from hamdel.history import Copy

__all__ = [
    "Anchor",
    "Audience",
    "Change",
    "Channel",
    "Conversation",
    "Edit",
    "Emotion",
    "Finding",
    "Fixed",
    "Improved",
    "Lang",
    "Left",
    "LeftReason",
    "Register",
    "Report",
    "Safety",
    "ScorePart",
    "Scores",
    "Severity",
    "Stage",
    "Status",
    "Step",
]


class Severity(StrEnum):
    """How sure and how grave: ``error`` must not be sent, ``suggestion`` is a quiet hint."""

    ERROR = "error"
    WARNING = "warning"
    SUGGESTION = "suggestion"

    @property
    def rank(self) -> int:
        """0 for the gravest, so that sorting by rank puts errors first."""
        return _RANKS[self]

    @property
    def graver(self) -> Severity:
        """The next severity up; an error stays one."""
        return list(Severity)[max(0, self.rank - 1)]


_RANKS = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.SUGGESTION: 2}


class Audience(StrEnum):
    CONSUMER = "consumer"
    BUSINESS = "business"


class Channel(StrEnum):
    CHAT = "chat"
    EMAIL = "email"
    SOCIAL = "social"


class Lang(StrEnum):
    """The language of messages; suggestions are always Persian, for they go into the draft."""

    FA = "fa"
    EN = "en"


class Emotion(StrEnum):
    ANGER = "anger"
    WORRY = "worry"
    DISAPPOINTMENT = "disappointment"
    CONFUSION = "confusion"
    THANKS = "thanks"
    NEUTRAL = "neutral"


class Register(StrEnum):
    FORMAL = "formal"
    NEUTRAL = "neutral"
    COLLOQUIAL = "colloquial"


class Stage(StrEnum):
    """Where the customer stands in the buyer's journey."""

    AWARENESS = "awareness"
    CONSIDERATION = "consideration"
    DECISION = "decision"
    AFTER_SALE = "after-sale"


class Anchor(StrEnum):
    """What a finding's offsets point at."""

    SPAN = "span"
    DOCUMENT = "document"


class Status(StrEnum):
    """How much of hamdel could look at the draft."""

    CHECKED = "checked"
    NOT_PERSIAN = "not-persian"  # Finglish, English …: only script-independent checks ran
    NOTHING = "nothing-to-check"  # empty, white space, emoji or quoted text only


class Safety(StrEnum):
    """Whether an edit may be applied unseen."""

    SAFE = "safe"  # mechanical, the meaning is kept
    OFFERED = "offered"  # somebody must read it first


@dataclass(frozen=True, slots=True)
class Change:
    """One replacement: ``draft[start:end]`` becomes ``new``; nothing is replaced when ``start == end``."""

    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class Edit:
    """What to do about a finding, as a whole.

    Attributes:
        changes: replacements in the draft, by place, without overlaps; all of them belong together («تو» and its verb).
        safety: whether it may be applied unseen.
    """

    changes: tuple[Change, ...]
    safety: Safety = Safety.OFFERED


@dataclass(frozen=True, slots=True)
class Conversation:
    """What is known when a draft is checked.

    Args:
        draft: the agent's text, raw. Leading ``>`` lines are the customer's message.
        customer: the customer's message, raw; empty when it isn't known.
        past: earlier replies, raw, oldest first; ``repetition/near-copy`` compares with them.
        audience: a consumer or a business.
        channel: chat, email or (public) social media.
        turn: 1 for the first reply, 2 and more for follow-ups, None when unknown.
        customer_id: tells the customer from others, as in the archive; empty when unknown.
        agent: who answers, as in the archive; empty when unknown.
        same_customer: the replies in ``past`` went to this very customer.
    """

    draft: str
    customer: str = ""
    past: tuple[str, ...] = ()
    audience: Audience = Audience.CONSUMER
    channel: Channel = Channel.CHAT
    turn: int | None = None
    customer_id: str = ""
    agent: str = ""
    same_customer: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at in a draft.

    Attributes:
        check: the check's id, such as ``respect/blame``.
        severity: how sure and how grave.
        start: first code point in the draft.
        end: one past the last code point.
        matched: ``draft[start:end]``.
        message: what the customer may read into it, in the report's language.
        suggestions: better Persian wordings, best first; unknown slots stay as ``[…]``.
        sentence: ``(start, end)`` of the sentence around it; ``(0, 0)`` for the whole draft.
        anchor: whether the offsets point at a span or the finding is about the whole draft.
        kind: the part of the check that fired, such as ``imperative`` (may be empty).
        evidence: what the verdict rests on, as short texts (for ``--format json``).
        copy: the earlier reply that is repeated; None for other checks.
        edits: ways to mend it, each whole in itself, best first; a safe one comes first, and there is one at most.
    """

    check: str
    severity: Severity
    start: int
    end: int
    matched: str
    message: str
    suggestions: tuple[str, ...] = ()
    sentence: tuple[int, int] = (0, 0)
    anchor: Anchor = Anchor.SPAN
    kind: str = ""
    evidence: tuple[str, ...] = ()
    copy: Copy | None = None
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class ScorePart:
    """One reason for a score: ``points`` for (or, negative, against) ``score``, by what is there or a check's id."""

    score: str
    reason: str
    points: int


@dataclass(frozen=True, slots=True)
class Scores:
    """How a draft does, from 0 to 100; the parts add up to each score, its start and the bounds aside."""

    respect: float
    empathy: float
    originality: float
    parts: tuple[ScorePart, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of one check.

    Attributes:
        draft: the raw draft, as it was given.
        findings: by severity, then by place; all of them (renderers may fold some away).
        status: whether everything, a part or nothing could be checked.
        lang: the language of the messages.
        emotion: of the customer's message.
        register: of the customer's message.
        stage: where the customer stands, as far as the message tells.
        ignored: how many findings ``hamdel: ignore`` comments silenced.
        customer: the customer's message that was used (given, or from ``>`` lines).
        scores: respect, empathy and originality; None when the draft couldn't be judged.
    """

    draft: str
    findings: tuple[Finding, ...] = ()
    status: Status = Status.CHECKED
    lang: Lang = Lang.FA
    emotion: Emotion = Emotion.NEUTRAL
    register: Register = Register.NEUTRAL
    stage: Stage = Stage.AWARENESS
    ignored: int = 0
    customer: str = field(default="", repr=False)
    scores: Scores | None = None

    def worst(self) -> Severity | None:
        """The gravest severity among the findings; None for a clean draft."""
        return min((f.severity for f in self.findings), key=lambda s: s.rank, default=None)


class LeftReason(StrEnum):
    """Why a fix left a finding as it was."""

    NO_EDIT = "no-edit"  # nothing mechanical can mend it
    OFFERED = "offered"  # its edit needs somebody who reads it
    OVERLAP = "overlap"  # another edit changed the same words
    WORSE = "worse"  # its edit would have made another finding


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
    """

    draft: str
    text: str
    fixed: tuple[Finding, ...] = ()
    left: tuple[Left, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that an improvement did.

    Attributes:
        start, end: code points in the improved text; equal where something was left out.
        before: what stood there; empty for what was added.
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
        report: what hamdel says of ``text``.
    """

    draft: str
    text: str
    steps: tuple[Step, ...]
    report: Report
