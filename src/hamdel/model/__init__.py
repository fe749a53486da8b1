"""The values that travel through hamdel, all frozen.

Offsets are code points in the raw draft: ``draft[finding.start:finding.end] == finding.matched``.
A finding about something that is absent from the whole draft has ``start == end == 0``.
"""

from __future__ import annotations

from hamdel.model.choices import (
    Anchor,
    Audience,
    Channel,
    Emotion,
    Lang,
    LeftReason,
    Register,
    Safety,
    Severity,
    Source,
    Stage,
    Status,
)
from hamdel.model.reports import (
    Change,
    Conversation,
    Deeds,
    Edit,
    Finding,
    Report,
    ScorePart,
    Scores,
    SentenceActs,
)
from hamdel.model.rewrites import Fixed, Improved, Left, Step

__all__ = [
    "Anchor",
    "Audience",
    "Change",
    "Channel",
    "Conversation",
    "Deeds",
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
    "SentenceActs",
    "Severity",
    "Source",
    "Stage",
    "Status",
    "Step",
]
