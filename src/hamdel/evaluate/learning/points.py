"""What a team says of one sentence and one check, as numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

__all__ = ["Point", "Verdict", "is_explicit"]


class Verdict(IntEnum):
    """What is said of a check and a sentence.

    WRONG: a finding that somebody objects to. MISSED: a fault that nothing found. RIGHT: a finding that is right, or
    that nobody objected to in a reply that somebody corrected. QUIET: nothing was found, and nobody missed anything.
    """

    WRONG = 0
    MISSED = 1
    RIGHT = 2
    QUIET = 3

    @property
    def faulty(self) -> bool:
        """Whether the fault is there."""
        return self in (Verdict.MISSED, Verdict.RIGHT)


@dataclass(frozen=True, slots=True)
class Point:
    """One check and one sentence.

    Attributes:
        draft: the number of the reply.
        check: the check's id.
        verdict: what the team says.
        words: the sentence's; see `hamdel.evidence.learned.wordings`.
        text: the sentence, masked; only where the verdict was given by somebody.
        logit: of the reader's chance, of a rule's find with the rule; None where the reader isn't asked.
        limits: from which logit on a finding of the reader's is shown, and is a warning.
        rule: a rule found it.
        finds: whether the reader's own finds of this check are shown at all.
        said: whether somebody said so, or it only follows from what they didn't say.
        whole: it is about the whole draft.
    """

    draft: int
    check: str
    verdict: Verdict
    words: Mapping[int, float]
    text: str = ""
    logit: float | None = None
    limits: tuple[float, float] = (0.0, 0.0)
    rule: bool = False
    finds: bool = True
    said: bool = False
    whole: bool = False

    @property
    def shown(self) -> bool:
        """Whether hamdel shows a finding as it is shipped."""
        return self.verdict in (Verdict.WRONG, Verdict.RIGHT)


def is_explicit(point: Point) -> bool:
    """Whether a team's sentence can be made of it: somebody said that hamdel is wrong about it."""
    return point.said and point.verdict in (Verdict.WRONG, Verdict.MISSED)
