"""What a network reads: the corpus as rows of numbers, and where the sentences of a batch stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

__all__ = ["Place", "Rows", "batches"]

_Floats = npt.NDArray[np.float32]
_Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Rows:
    """What a network reads.

    Attributes:
        features: one row for each sentence, then one for each customer's message (n + m, features).
        talk: for each sentence, the number of its conversation; the sentences of one stand side by side (n).
        message: for each sentence, the row of the customer's message, -1 where there is none (n).
        facts: plain facts about each sentence's place (n, f); see `hamdel.evidence.learned.facts`.
        placed: whether a sentence has a place, or stands alone (n).
        labels: what holds of each sentence, 0 or 1 (n, labels).
        weight: how much each label of each sentence counts (n, labels).
        emotions: for each message, the number of its emotion, -1 where nobody labelled it (m).
    """

    features: csr_matrix
    talk: _Ints
    message: _Ints
    facts: _Floats
    placed: npt.NDArray[np.bool_]
    labels: _Floats
    weight: _Floats
    emotions: _Ints

    def unanswered(self) -> _Ints:
        """Return the rows of the messages whose emotion is known, and which no conversation has."""
        labelled = len(self.talk) + np.flatnonzero(self.emotions >= 0)
        return np.setdiff1d(labelled, self.message)

    def units(self, chosen: npt.NDArray[np.bool_]) -> list[_Ints]:
        """Return the sentences that are chosen, conversation by conversation."""
        ids = np.flatnonzero(chosen)
        cuts = np.flatnonzero(np.diff(self.talk[ids])) + 1
        return [unit for unit in np.split(ids, cuts) if len(unit)]


@dataclass
class Place:
    """Where the sentences of a batch stand; -1 is nowhere.

    Attributes:
        before, after: the neighbours' places in the batch.
        talk: numbers the conversations of the batch from 0.
        size: the number of sentences of each conversation.
        message: the place of the message among the batch's messages.
    """

    before: _Ints
    after: _Ints
    talk: _Ints
    size: _Floats
    message: _Ints

    @classmethod
    def of(cls, rows: Rows, ids: _Ints, messages: _Ints) -> Place:
        """Return the places of the sentences ``ids``, whole conversations side by side."""
        talk, count = rows.talk[ids], len(ids)
        same = talk[1:] == talk[:-1]
        before, after = np.full(count, -1), np.full(count, -1)
        before[1:][same] = np.arange(count - 1)[same]
        after[:-1][same] = np.arange(1, count)[same]
        numbered = np.cumsum(np.concatenate([[0], ~same]))
        size = np.bincount(numbered).astype(np.float32)[:, None]
        message = rows.message[ids]
        return cls(before, after, numbered, size, np.where(message >= 0, np.searchsorted(messages, message), -1))


def batches(units: list[_Ints], size: int) -> Iterator[_Ints]:
    """Yield conversations together, about ``size`` sentences a time."""
    waiting: list[_Ints] = []
    count = 0
    for unit in units:
        waiting.append(unit)
        count += len(unit)
        if count >= size:
            yield np.concatenate(waiting)
            waiting, count = [], 0
    if waiting:
        yield np.concatenate(waiting)
