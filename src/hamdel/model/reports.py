"""A conversation that is checked, and the report about it: findings with their edits, scores."""

from __future__ import annotations

from dataclasses import dataclass, field

from hamdel.model.choices import (
    Anchor,
    Audience,
    Channel,
    Emotion,
    Lang,
    Register,
    Safety,
    Severity,
    Source,
    Stage,
    Status,
)
from hamdel.model.history import Copy
from hamdel.model.policy import Role

__all__ = ["Change", "Conversation", "Deeds", "Edit", "Finding", "Report", "ScorePart", "Scores", "SentenceActs"]


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
        draft: the agent's text, raw; what is quoted in it is the customer's message.
        customer: the customer's message, raw; empty when it isn't known.
        past: earlier replies, raw, oldest first; ``repetition/near-copy`` compares with them.
        audience: a consumer or a business.
        channel: chat, email or (public) social media.
        turn: 1 for the first reply, 2 and more for follow-ups, None when unknown.
        customer_id: tells the customer from others, as in the archive; empty when unknown.
        agent: who answers, as in the archive; empty when unknown.
        same_customer: the replies in ``past`` went to this very customer.
        signature: what signs the draft below it, where that isn't part of ``draft``.
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
    signature: str = ""


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
        source: who found it; of the learned reader's own findings ``evidence`` has the words that weigh most.
        score: how likely it is right, 0 to 1; None where only rules were asked.
        nearest: the labelled sentence that the reader's finding is most like; empty for others, and without wordings.
        roles: what the check is known by.
        priority: among findings of one severity the higher come first.
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
    source: Source = Source.RULE
    score: float | None = None
    nearest: str = ""
    roles: tuple[Role, ...] = ()
    priority: int = 0

    def __hash__(self) -> int:
        """Return what equal findings share; not all of it, for an edit may have hundreds of changes."""
        return hash((self.check, self.kind, self.start, self.end))


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
class SentenceActs:
    """What a sentence of a reply does for the customer.

    Attributes:
        start: first code point in the draft.
        end: one past the last code point.
        acts: pairs of an act («sorry», «commit») and how likely it is, 0 to 1; likeliest first.
    """

    start: int
    end: int
    acts: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Deeds:
    """What a whole reply does.

    Attributes:
        acts: «sorry», «commit» and so on, each that some sentence likely does, in the order of the reader's labels.
        bound: hours from the reply to the end of the time by which it promises something, at most; None without one.
    """

    acts: tuple[str, ...] = ()
    bound: int | None = None


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
        customer: the customer's message that was used (given, or quoted in the draft).
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
