"""The closed lists: what a value may be."""

from __future__ import annotations

from enum import StrEnum

__all__ = [
    "Anchor",
    "Audience",
    "Channel",
    "Emotion",
    "Lang",
    "LeftReason",
    "Register",
    "Safety",
    "Severity",
    "Source",
    "Stage",
    "Status",
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

    @property
    def milder(self) -> Severity:
        """The next severity down; a suggestion stays one."""
        return list(Severity)[min(self.rank + 1, len(Severity) - 1)]


_RANKS = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.SUGGESTION: 2}


class Source(StrEnum):
    """Who says so: rules, the reader that learned, or both of them."""

    RULE = "rule"
    READER = "reader"
    BOTH = "both"


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


class LeftReason(StrEnum):
    """Why a fix left a finding as it was."""

    NO_EDIT = "no-edit"  # nothing mechanical can mend it
    OFFERED = "offered"  # its edit needs somebody who reads it
    OVERLAP = "overlap"  # another edit changed the same words
    WORSE = "worse"  # its edit would have made another finding
