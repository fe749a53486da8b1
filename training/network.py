"""A small network that reads sentences in their place: what each of them does, given its neighbours and the message.

Each feature has a vector; a sentence's vector is the weighted sum of its features' vectors (a bag of n-grams, as in
fastText: Joulin et al. 2017). One hidden layer sees that vector, those of the sentence before and after, the mean of
the reply, the vector of the customer's message and its product with the sentence's own (what the reply takes up), and
a few plain facts (`hamdel.evidence.learned.facts`). All labels are learned together, families of faults beside them, so
that rare ones profit from their kin. Features are dropped at random (Srivastava et al. 2014), the message and the
neighbours too: a sentence has to be read without them, when they aren't known.

Plain numpy and scipy: Adagrad for the features' vectors, Adam for the rest. One seed, one thread: the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from hamdel.evidence.learned.facts import OF_MESSAGE

__all__ = ["Network", "Place", "Rows", "train"]

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
    """

    features: csr_matrix
    talk: _Ints
    message: _Ints
    facts: _Floats
    placed: npt.NDArray[np.bool_]
    labels: _Floats
    weight: _Floats

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


@dataclass
class _Pass:
    """What a forward pass leaves for the way back."""

    sparse: csr_matrix
    columns: _Ints
    own: _Floats
    theirs: _Floats
    place: Place
    message_seen: npt.NDArray[np.bool_]
    near: _Floats
    joined: _Floats
    before_relu: _Floats
    hidden: _Floats
    kept: _Floats
    outputs: _Floats = field(default_factory=lambda: np.zeros((0, 0), np.float32))


@dataclass(frozen=True)
class Drop:
    """Shares that are dropped at random while it learns."""

    features: float = 0.8
    hidden: float = 0.2
    message: float = 0.2
    neighbours: float = 0.15


class Network:
    """See the module.

    Args:
        features: how many there are.
        facts: how many plain facts a sentence has.
        labels: how many things a sentence may do.
        size: numbers in a feature's vector.
        hidden: units of the hidden layer.
        seed: of all random numbers.
    """

    def __init__(self, features: int, facts: int, labels: int, *, size: int, hidden: int, seed: int) -> None:
        random = np.random.default_rng(seed)
        width = size * 6 + facts
        self.size = size
        self.vectors = (random.standard_normal((features, size)) * 0.05).astype(np.float32)
        self.dense: dict[str, _Floats] = {
            "hidden": (random.standard_normal((width, hidden)) * np.sqrt(2 / width)).astype(np.float32),
            "hidden_bias": np.zeros(hidden, np.float32),
            "out": (random.standard_normal((hidden, labels)) * 0.1).astype(np.float32),
            "out_bias": np.full(labels, -3, np.float32),  # most labels are rare
            "direct": (random.standard_normal((size, labels)) * 0.1).astype(np.float32),
        }

    def forward(self, rows: Rows, ids: _Ints, drop: Drop | None = None, random: Any = None) -> _Pass:
        """Read some sentences.

        Args:
            rows: all there are.
            ids: which ones; whole conversations, side by side.
            drop: what is dropped, when it learns.
            random: decides what.
        """
        count = len(ids)
        messages = np.unique(rows.message[ids])
        messages = messages[messages >= 0]
        batch = rows.features[np.concatenate([ids, messages])]
        if drop:
            batch = batch.copy()
            batch.data *= (random.random(batch.nnz) >= drop.features) / (1 - drop.features)
        columns, places = np.unique(batch.indices, return_inverse=True)
        sparse = csr_matrix((batch.data.astype(np.float32), places, batch.indptr), shape=(batch.shape[0], len(columns)))
        vectors = sparse @ self.vectors[columns]
        place = Place.of(rows, ids, messages)
        return self._read(rows, ids, _Start(sparse, columns, vectors[:count], vectors[count:], place), drop, random)

    def _read(self, rows: Rows, ids: _Ints, start: _Start, drop: Drop | None, random: Any) -> _Pass:
        own, theirs, place = start.own, start.theirs, start.place
        seen = place.message >= 0
        near = rows.placed[ids][:, None].astype(np.float32)
        if drop:
            talks = len(place.size)
            seen &= (random.random(talks) >= drop.message)[place.talk]
            near *= (random.random(talks) >= drop.neighbours)[place.talk][:, None]
        total = np.zeros((len(place.size), self.size), np.float32)
        np.add.at(total, place.talk, own)
        message = _taken(theirs, place.message, seen, own)
        facts = _seen_facts(rows.facts[ids], seen, near)
        before = _taken(own, place.before, place.before >= 0, own)
        after = _taken(own, place.after, place.after >= 0, own)
        mean = (total / place.size)[place.talk]
        joined = np.concatenate([own, before * near, after * near, mean * near, message, own * message, facts], axis=1)
        before_relu = joined @ self.dense["hidden"] + self.dense["hidden_bias"]
        hidden = np.maximum(before_relu, 0)
        kept = np.ones_like(hidden)
        if drop:
            kept = (random.random(hidden.shape) >= drop.hidden).astype(np.float32) / np.float32(1 - drop.hidden)
        hidden = hidden * kept
        outputs = hidden @ self.dense["out"] + self.dense["out_bias"] + own @ self.dense["direct"]
        return _Pass(
            start.sparse, start.columns, own, theirs, place, seen, near, joined, before_relu, hidden, kept, outputs
        )

    def backward(self, seen: _Pass, error: _Floats) -> tuple[_Floats, dict[str, _Floats]]:
        """Return the gradients for the features' vectors (those that the pass saw) and for the rest.

        Args:
            seen: the forward pass.
            error: the gradient of the loss by the outputs.
        """
        size, place = self.size, seen.place
        inner = (error @ self.dense["out"].T) * seen.kept * (seen.before_relu > 0)
        dense = {
            "out": seen.hidden.T @ error,
            "out_bias": error.sum(0),
            "direct": seen.own.T @ error,
            "hidden": seen.joined.T @ inner,
            "hidden_bias": inner.sum(0),
        }
        own, before, after, mean, message, product = (
            (inner @ self.dense["hidden"].T)[:, part * size : (part + 1) * size] for part in range(6)
        )
        own = own + error @ self.dense["direct"].T
        for where, part in ((place.before, before), (place.after, after)):
            np.add.at(own, where[where >= 0], (part * seen.near)[where >= 0])
        total = np.zeros((len(place.size), size), np.float32)
        np.add.at(total, place.talk, mean * seen.near)
        own += (total / place.size)[place.talk]
        own += product * _taken(seen.theirs, place.message, seen.message_seen, seen.own)
        theirs = np.zeros_like(seen.theirs)
        known = seen.message_seen
        np.add.at(theirs, place.message[known], (message + product * seen.own)[known])
        return seen.sparse.T @ np.concatenate([own, theirs]).astype(np.float32), dense

    def predict(self, rows: Rows, chosen: npt.NDArray[np.bool_], batch: int = 2000) -> _Floats:
        """Return the outputs (logits) for the chosen sentences, in order."""
        found = [self.forward(rows, ids).outputs for ids in _batches(rows.units(chosen), batch)]
        return np.concatenate(found)


@dataclass
class _Start:
    """A batch's vectors."""

    sparse: csr_matrix
    columns: _Ints
    own: _Floats
    theirs: _Floats
    place: Place


def _taken(vectors: _Floats, where: _Ints, known: npt.NDArray[np.bool_], like: _Floats) -> _Floats:
    """Return the vectors at some places, zeros where nothing is known."""
    if not len(vectors):
        return np.zeros_like(like)
    return np.where(known[:, None], vectors[np.maximum(where, 0)], np.float32(0))


def _seen_facts(facts: _Floats, message: npt.NDArray[np.bool_], near: _Floats) -> _Floats:
    """Return the facts without those that need what was dropped; see `hamdel.evidence.learned.facts`."""
    facts = facts.copy()
    facts[:, :OF_MESSAGE] *= message[:, None]
    facts[:, OF_MESSAGE:] *= near
    return facts


def _batches(units: list[_Ints], size: int) -> Iterator[_Ints]:
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


@dataclass
class _Adam:
    """Kingma and Ba 2015, for the dense layers."""

    means: dict[str, _Floats]
    squares: dict[str, _Floats]
    steps: int = 0

    def step(self, dense: dict[str, _Floats], gradients: dict[str, _Floats], rate: float) -> None:
        self.steps += 1
        for name, gradient in gradients.items():
            values = dense[name]
            decayed = gradient.astype(np.float32) + (np.float32(1e-5) * values if values.ndim > 1 else 0)
            self.means[name] = 0.9 * self.means[name] + 0.1 * decayed
            self.squares[name] = 0.999 * self.squares[name] + 0.001 * decayed * decayed
            mean = self.means[name] / (1 - 0.9**self.steps)
            square = self.squares[name] / (1 - 0.999**self.steps)
            values -= (rate * mean / (np.sqrt(square) + 1e-8)).astype(np.float32)


def train(
    rows: Rows,
    chosen: npt.NDArray[np.bool_],
    *,
    size: int,
    hidden: int,
    seed: int,
    epochs: int = 8,
    batch: int = 400,
    rates: tuple[float, float] = (0.08, 2e-3),
) -> Network:
    """Return a network that learned from the chosen sentences.

    Args:
        rows: all there are.
        chosen: which of the sentences to learn from.
        size, hidden, seed: of the network.
        epochs: how many times each sentence is seen.
        batch: about how many sentences go into one step.
        rates: of learning, for the features' vectors and for the rest; they fall to a tenth and a twentieth.
    """
    network = Network(
        rows.features.shape[1], rows.facts.shape[1], rows.labels.shape[1], size=size, hidden=hidden, seed=seed
    )
    random, drop, units = np.random.default_rng(seed + 1), Drop(), rows.units(chosen)
    squares = np.full(rows.features.shape[1], 1e-6, np.float32)
    adam = _Adam(*({name: np.zeros_like(values) for name, values in network.dense.items()} for _ in range(2)))
    for epoch in range(epochs):
        left = 1 - epoch / epochs
        order = [units[i] for i in random.permutation(len(units))]
        for ids in _batches(order, batch):
            seen = network.forward(rows, ids, drop, random)
            expected = 1 / (1 + np.exp(-seen.outputs))
            error = ((expected - rows.labels[ids]) * rows.weight[ids] / len(ids)).astype(np.float32)
            sparse, dense = network.backward(seen, error)
            squares[seen.columns] += (sparse**2).mean(axis=1)
            step = rates[0] * (0.1 + 0.9 * left) / np.sqrt(squares[seen.columns])
            network.vectors[seen.columns] -= step[:, None].astype(np.float32) * sparse
            adam.step(network.dense, dense, rates[1] * (0.05 + 0.95 * left))
    return network
