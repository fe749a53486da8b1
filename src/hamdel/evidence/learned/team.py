"""What a team taught, at work: chances moved by check, and sentences that come again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from hamdel.evidence.learned.traits import Traits
from hamdel.evidence.learned.wordings import ALIKE, NEAR, Index, WordingReader
from hamdel.model.evidence import chance_of
from hamdel.model.learned import Learned, Level, Phrase

__all__ = ["Taught", "Team"]

_Floats = npt.NDArray[np.float32]
#: What a sentence of the team's adds to a logit, or takes from it, when it comes again: what is nearly 0 is a warning.
_PUSH = 12.0
_LEAST = 1e-6


class Taught(NamedTuple):
    """What the team says of a draft's sentences.

    Attributes:
        moves: what is added to the logits of each label (n, labels).
        taught: by fault, the sentences that the team says have it.
        fine: by check, the sentences that the team says are right, each with the words that it says so of.
        fine_whole: the checks that the team calls wrong about a draft like this one.
    """

    moves: _Floats
    taught: Mapping[str, Sequence[int]]
    fine: Mapping[str, Mapping[int, Mapping[int, float]]]
    fine_whole: frozenset[str]


class Team:
    """A team's lessons for one model.

    Args:
        learned: what was learned.
        faults: the label of each check that looks for a fault, or for something that a reply lacks.
        labels: what the reader tells of a sentence, in the order of its columns.
        words: sentences to words.
    """

    def __init__(
        self, learned: Learned, faults: Mapping[str, str], labels: Sequence[str], words: WordingReader
    ) -> None:
        self._words = words
        self._faults, self._columns = faults, {label: column for column, label in enumerate(labels)}
        self.offsets = {faults[check]: one.offset for check, one in learned.lessons.items() if check in faults}
        self.levels = {check: one.level for check, one in learned.lessons.items() if one.level is not Level.SHOWN}
        self._offsets = np.array([self.offsets.get(label, 0.0) for label in labels], np.float32)
        self._phrases = [one for one in learned.phrases if not one.whole]
        self._index = Index([one.words for one in self._phrases])
        self._whole = [one for one in learned.phrases if one.whole]
        self._drafts = Index([one.words for one in self._whole])

    def __call__(self, sentences: Sequence[Sequence[Traits]]) -> Taught:
        """Return what the team says of a draft's sentences."""
        moves = np.empty((len(sentences), len(self._offsets)), np.float32)
        moves[:] = self._offsets
        faulty: dict[str, list[int]] = {}
        fine: dict[str, dict[int, Mapping[int, float]]] = {}
        for place, traits in enumerate(sentences):
            if not self._index.may_hold(self._words.hashes(traits)):
                continue  # as of most sentences
            near = self._index.near(self._words(traits))
            for phrase, alike in _surest(self._phrases, near) if near else ():
                self._teach(moves[place], phrase, alike)
                if alike < ALIKE:
                    continue
                if not phrase.faulty:
                    fine.setdefault(phrase.check, {})[place] = phrase.words
                elif name := self._faults.get(phrase.check, ""):
                    faulty.setdefault(name, []).append(place)
        return Taught(moves, faulty, fine, self._fine_as_a_whole(sentences))

    def _fine_as_a_whole(self, sentences: Sequence[Sequence[Traits]]) -> frozenset[str]:
        """Return the checks that the team calls wrong about a draft like this one."""
        if not self._whole:
            return frozenset()
        near = self._drafts.near(self._words([one for traits in sentences for one in traits]))
        surest = _surest(self._whole, near)
        return frozenset(phrase.check for phrase, alike in surest if alike >= ALIKE and not phrase.faulty)

    def absences(self, chances: Mapping[str, float]) -> dict[str, float]:
        """Return how likely each thing is that a reply lacks, moved as the team wants it."""
        offsets = self.offsets
        return {name: _moved(one, offsets[name]) if name in offsets else one for name, one in chances.items()}

    def _teach(self, moves: _Floats, phrase: Phrase, alike: float) -> None:
        column = self._columns.get(self._faults.get(phrase.check, ""))
        if column is not None:
            push = _PUSH * min(1.0, (alike - NEAR) / (ALIKE - NEAR))
            moves[column] = push if phrase.faulty else -push


def _moved(chance: float, offset: float) -> float:
    inside = min(max(chance, _LEAST), 1 - _LEAST)
    return chance_of(log(inside / (1 - inside)) + offset) if offset else chance


def _surest(phrases: Sequence[Phrase], near: Mapping[int, float]) -> list[tuple[Phrase, float]]:
    """Return for each check the phrase that is most like a sentence."""
    best: dict[str, tuple[Phrase, float]] = {}
    for place in sorted(near):
        phrase, alike = phrases[place], near[place]
        if phrase.check not in best or alike > best[phrase.check][1]:
            best[phrase.check] = phrase, alike
    return list(best.values())
