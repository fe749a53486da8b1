"""One agent's own page, as frozen values: what goes well first, one thing to try, and the agent's own replies."""

from __future__ import annotations

from dataclasses import dataclass

from hamdel.model.audit import CheckResult, Example
from hamdel.model.measures import Share

__all__ = ["AgentPage", "Strength", "Trial"]


@dataclass(frozen=True, slots=True)
class Strength:
    """Something that goes well.

    Attributes:
        kind: ``deed``, ``rare`` (a check that is seldom found), ``clean`` or ``calm`` (replies without an
            error, without a warning).
        name: of the deed; the check's title.
        share: how often.
        message, reply: an example of the agent's own, personal data masked; empty without one.
    """

    kind: str
    name: str
    share: Share
    message: str = ""
    reply: str = ""


@dataclass(frozen=True, slots=True)
class Trial:
    """One thing to try.

    Attributes:
        check: what it is about.
        share: how often it is in the agent's replies.
        example: one of them, with better wordings; None when there is none.
    """

    check: CheckResult
    share: Share
    example: Example | None = None


@dataclass(frozen=True, slots=True)
class AgentPage:
    """What one agent gets to read; nobody is compared with anybody by name.

    Attributes:
        name: of the agent.
        replies: how many there are.
        strengths: three of them.
        trial: None when nothing stands out.
    """

    name: str
    replies: int
    strengths: tuple[Strength, ...]
    trial: Trial | None = None
