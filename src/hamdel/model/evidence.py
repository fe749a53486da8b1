"""What is known of a draft's sentences, as values."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import exp

import numpy as np
import numpy.typing as npt

from hamdel.model import Emotion, Source

__all__ = ["EMOTIONS", "NEGATIVES", "Act", "Evidence", "chance_of", "chances_of", "emotion_of"]

_Floats = npt.NDArray[np.float32]

#: The order of a message's emotions in `Evidence.emotions`.
EMOTIONS = (
    Emotion.ANGER,
    Emotion.WORRY,
    Emotion.DISAPPOINTMENT,
    Emotion.CONFUSION,
    Emotion.THANKS,
    Emotion.NEUTRAL,
)
#: So many of them, the first ones, call for an acknowledgement.
NEGATIVES = 3


_FAR = 30.0  # beyond it a chance is 0 or 1, and its power overflows


def chances_of(logits: _Floats) -> _Floats:
    """Return the logistic function of each number, 0 to 1."""
    chances: _Floats = 1 / (1 + np.exp(-np.minimum(np.maximum(logits, -_FAR), _FAR)))
    return chances


def chance_of(logit: float) -> float:
    """Return the logistic function of one number."""
    return 1 / (1 + exp(-min(max(logit, -_FAR), _FAR)))


_SURELY_NEGATIVE = 0.75


def emotion_of(chances: _Floats) -> Emotion:
    """Return a message's emotion: the likeliest one, and a negative one only where they are likely together.

    Args:
        chances: of each of `EMOTIONS` (6).
    """
    if chances[:NEGATIVES].sum() < _SURELY_NEGATIVE:
        return EMOTIONS[NEGATIVES + int(np.argmax(chances[NEGATIVES:]))]
    return EMOTIONS[int(np.argmax(chances[:NEGATIVES]))]


@dataclass(frozen=True, slots=True)
class Act:
    """Something that a sentence does.

    Attributes:
        sentence: its tokens, first and one past the last.
        kind: an act («sorry») or a fault («blame»); see the corpus' GUIDE.
        score: how likely it is, 0 to 1.
        source: who says so.
    """

    sentence: tuple[int, int]
    kind: str
    score: float
    source: Source = Source.READER


@dataclass(frozen=True, eq=False)
class Evidence:
    """What the learned reader says of a draft, whichever checks are on.

    Attributes:
        sentences: token ranges of the sentences that say something, in order (n).
        labels: faults and acts, in the order of the columns (k).
        chances: how likely each of them is for each sentence, 0 to 1 (n, k).
        likely: faults that some sentence is likely enough to have for a finding, and in which ones.
        logits: the same before calibration (n, k).
        facts: plain facts of each sentence; see `hamdel.evidence.learned.facts` (n, f).
        emotions: how likely each of `EMOTIONS` is of the customer's message; all zero when it isn't known (6).
        moves: what a team taught, added to the calibrated logits (n, k); None where nobody taught anything.
        taught: by fault, the sentences that the team says have it.
        fine: by check, the sentences that the team says are right, each with the words that it says so of.
        fine_whole: the checks that the team calls wrong about the whole of a draft like this one.
    """

    sentences: tuple[tuple[int, int], ...]
    labels: tuple[str, ...]
    chances: _Floats
    likely: Mapping[str, Sequence[int]]
    logits: _Floats
    facts: _Floats
    emotions: _Floats
    moves: _Floats | None = None
    taught: Mapping[str, Sequence[int]] = field(default_factory=dict)
    fine: Mapping[str, Mapping[int, Mapping[int, float]]] = field(default_factory=dict)
    fine_whole: frozenset[str] = frozenset()

    @cached_property
    def some(self) -> _Floats:
        """How likely it is of each label that some sentence has it (k)."""
        some: _Floats = 1 - np.multiply.reduce(1 - self.chances, axis=0)
        return some

    def column(self, kind: str) -> int:
        """Return the column of an act or fault.

        Raises:
            ValueError: the reader knows no such kind.
        """
        return self.labels.index(kind)

    def sentence_of(self, token: int) -> int | None:
        """Return which sentence a token is in; None in one that says nothing."""
        return next((i for i, (first, last) in enumerate(self.sentences) if first <= token < last), None)

    def best(self, kind: str) -> float:
        """Return how likely it is of the likeliest sentence."""
        return float(self.chances[:, self.column(kind)].max()) if self.sentences else 0.0

    def done(self, faults: Container[str]) -> Iterator[tuple[tuple[int, int], tuple[tuple[str, float], ...]]]:
        """Yield each sentence with its acts, likeliest first; ``faults`` are left out."""
        acts = [act for act in self.acts() if act.kind not in faults]
        for sentence in self.sentences:
            own = ((act.kind, act.score) for act in acts if act.sentence == sentence)
            yield sentence, tuple(sorted(own, key=lambda act: -act[1]))

    def acts(self, least: float = 0.5) -> Iterator[Act]:
        """Yield what is at least so likely, sentence by sentence."""
        for sentence, row in zip(self.sentences, self.chances, strict=True):
            for kind, chance in zip(self.labels, row.tolist(), strict=True):
                if chance >= least:
                    yield Act(sentence, kind, chance)
