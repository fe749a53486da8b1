"""What a team taught hamdel, as values; `hamdel.evidence.learned.team_file` keeps them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

__all__ = ["Errors", "Learned", "Lesson", "Level", "Phrase", "Validation"]


class Level(StrEnum):
    """What becomes of a check's finds that rest on rules."""

    SHOWN = "shown"
    MILDER = "milder"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Errors:
    """What is wrong with the findings on some labelled sentences.

    Attributes:
        alarms: findings that the team calls wrong, or doesn't have.
        missed: faults that the team has and nothing finds.
        right: findings that are right.
    """

    alarms: int = 0
    missed: int = 0
    right: int = 0

    @property
    def cost(self) -> int:
        """A false alarm costs as much as two misses."""
        return 2 * self.alarms + self.missed

    def __add__(self, other: Errors) -> Errors:
        return Errors(self.alarms + other.alarms, self.missed + other.missed, self.right + other.right)


@dataclass(frozen=True, slots=True)
class Lesson:
    """What was learned of one check.

    Attributes:
        offset: added to the logit of the reader's chance; below 0 it is shown less often.
        level: what becomes of finds that rest on rules.
        wrong, missed, right: how many findings were called wrong, were missing, or stayed without objection.
        shipped, learned: the errors on sentences that weren't learned from, before and after.
    """

    offset: float = 0.0
    level: Level = Level.SHOWN
    wrong: int = 0
    missed: int = 0
    right: int = 0
    shipped: Errors = field(default_factory=Errors)
    learned: Errors = field(default_factory=Errors)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence of the team's own.

    Attributes:
        check: what it is about.
        faulty: whether the team says that it has the fault; else it is right as it is.
        words: the hashes of its words, each with how much it weighs.
        text: the sentence, masked as in the archive; for people, nothing compares with it.
        whole: it stands for a whole draft.
    """

    check: str
    faulty: bool
    words: Mapping[int, float]
    text: str = ""
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Validation:
    """How shipped and learned did on sentences that weren't learned from, and on those that were.

    Attributes:
        unseen: errors of the shipped reader and with what was learned, groups of alike sentences left out in turn.
        taught: the same on the corrected sentences themselves, as when they come again.
    """

    unseen: tuple[Errors, Errors] = (Errors(), Errors())
    taught: tuple[Errors, Errors] = (Errors(), Errors())

    @property
    def better(self) -> bool:
        """Whether what was learned costs less: nothing lost on what is new, and something won."""
        (before, after), (was, now) = self.unseen, self.taught
        return after.cost <= before.cost and after.cost + now.cost < before.cost + was.cost


@dataclass(frozen=True, slots=True)
class Learned:
    """What a team taught.

    Attributes:
        model: the digest of the reader's model that it was learned with.
        lessons: by check.
        phrases: the team's own sentences.
        validation: whether it is worth it.
        cases: how many labelled replies it came from.
        made: the day, as 2026-11-29.
        hamdel: the version that made it.
    """

    model: str
    lessons: Mapping[str, Lesson]
    phrases: tuple[Phrase, ...]
    validation: Validation = field(default_factory=Validation)
    cases: int = 0
    made: str = ""
    hamdel: str = ""
