"""What the first reply of a conversation has to say, and a later one hasn't."""

from __future__ import annotations

from hamdel.evidence.case import Case

__all__ = ["follow_up"]

_FIRST_REPLY = 1


def follow_up(case: Case) -> bool:
    """Tell whether this is a later reply of a conversation: what the first one has to say was said."""
    return case.conversation.turn is not None and case.conversation.turn > _FIRST_REPLY
