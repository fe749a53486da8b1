"""What a check is to others and to a report, as its file says in ``[policy]``: no code names a check by its id."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Need", "Policy", "Role"]


class Role(StrEnum):
    """What a check finds, for whoever rests on it."""

    ADDRESS = "address"  # addresses the customer as «تو»; off in a house that does (`address` in the settings)
    FAMILIAR = "familiar"  # forms of «تو»; one check has their words
    MIXED_ADDRESS = "mixed-address"  # «شما» and «تو» for one person
    HARSH = "harsh"  # what hurts: it has to go first, and a kind sentence beside it mends nothing
    UNHELPFUL = "unhelpful"  # sentences that help nobody: what they say answers nothing
    REFUSAL = "refusal"  # a "no", which is an answer
    BLUNT = "blunt"  # a "no" and nothing else, which answers nothing
    ALTERNATIVES = "alternatives"  # its phrases refuse; those that give credit name another way
    HANDOVER = "handover"  # passes the customer on
    VAGUE_TIME = "vague-time"  # a "when" that says no time
    SALES = "sales"
    NON_APOLOGY = "non-apology"
    CANNED = "canned"  # its phrases are empathy that fits everybody
    EMPATHY = "empathy"  # its phrases show that a feeling was seen
    COURTESY = "courtesy"  # its phrases are formulas of taʾarof
    PROBLEM = "problem"  # misses that the problem is taken up
    NEXT_STEP = "next-step"  # misses what happens next; one check has the words for steps
    CLOSING = "closing"  # misses a closing; one check has the words
    SLOT = "slot"  # what is left to be filled in
    REPEATED = "repeated"  # the same thing twice; a better draft says it once, though it's only a suggestion


class Need(StrEnum):
    """What a check has to know besides the draft, to judge it at all."""

    MESSAGE = "message"  # the customer's message
    TURN = "turn"  # whether it's the first reply: by its number, or else by the customer's message
    PAST = "past"  # earlier replies


@dataclass(frozen=True, slots=True)
class Policy:
    """How a check goes together with others, and how its findings are shown and counted.

    Attributes:
        roles: what others know it by.
        reads: roles of checks that it rests on; it runs after these, and they run though they are off.
        priority: among findings of one severity the higher come first; 0 for most.
        any_script: it needs no Persian, and looks at Finglish and English, too.
        originality: points off a draft's originality for a finding.
        needs: without which it is silent about every draft.
    """

    roles: tuple[Role, ...] = ()
    reads: tuple[Role, ...] = ()
    priority: int = 0
    any_script: bool = False
    originality: int = 0
    needs: tuple[Need, ...] = ()
