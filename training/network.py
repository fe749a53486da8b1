"""A small network that reads sentences in their place: what each of them does, given its neighbours and the message.

Each feature has a vector; a sentence's vector is the weighted sum of its features' vectors (a bag of n-grams, as in
fastText: Joulin et al. 2017). One hidden layer sees that vector, those of the sentence before and after, the mean of
the reply, the vector of the customer's message and its product with the sentence's own (what the reply takes up), and
a few plain facts (`hamdel.evidence.learned.facts`). All labels are learned together, families of faults beside them, so
that rare ones profit from their kin. Features are dropped at random (Srivastava et al. 2014), the message and the
neighbours too: a sentence has to be read without them, when they aren't known. The customers' emotions are learned from
the same vectors (a softmax over a message's), so that those vectors tell feelings apart.

Plain numpy and scipy: Adagrad for the features' vectors, Adam for the rest. One seed, one thread: the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from hamdel.evidence.learned.facts import OF_MESSAGE
from hamdel.model.evidence import EMOTIONS
from training.rows import Place, Rows, batches

__all__ = ["Network", "train"]

_Floats = npt.NDArray[np.float32]
_Ints = npt.NDArray[np.int64]


@dataclass
class _Pass:
    """What a forward pass leaves for the way back."""

    start: _Start
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
            "emotion": (random.standard_normal((size, len(EMOTIONS))) * 0.1).astype(np.float32),
            "emotion_bias": np.zeros(len(EMOTIONS), np.float32),
        }

    def forward(
        self, rows: Rows, ids: _Ints, drop: Drop | None = None, random: Any = None, alone: _Ints | None = None
    ) -> _Pass:
        """Read some sentences.

        Args:
            rows: all there are.
            ids: which ones; whole conversations, side by side.
            drop: what is dropped, when it learns.
            random: decides what.
            alone: rows of messages that nobody answered, to be read as well.
        """
        count = len(ids)
        messages = np.unique(rows.message[ids])
        messages = messages[messages >= 0]
        if alone is not None:
            messages = np.union1d(messages, alone)
        batch = _dropped(rows.features[np.concatenate([ids, messages])], drop.features if drop else 0, random)
        columns, places = np.unique(batch.indices, return_inverse=True)
        sparse = csr_matrix((batch.data, places, batch.indptr), shape=(batch.shape[0], len(columns)))
        vectors = sparse @ self.vectors[columns]
        place = Place.of(rows, ids, messages)
        start = _Start(sparse, columns, vectors[:count], vectors[count:], place, messages)
        return self._read(rows, ids, start, drop, random)

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
        return _Pass(start, seen, near, joined, before_relu, hidden, kept, outputs)

    def backward(self, seen: _Pass, error: _Floats, felt: _Floats) -> tuple[_Floats, dict[str, _Floats]]:
        """Return the gradients for the features' vectors (those that the pass saw) and for the rest.

        Args:
            seen: the forward pass.
            error: the gradient of the loss by the outputs.
            felt: the same by the messages' emotions.
        """
        size, place = self.size, seen.start.place
        inner = (error @ self.dense["out"].T) * seen.kept * (seen.before_relu > 0)
        dense = {
            "out": seen.hidden.T @ error,
            "out_bias": error.sum(0),
            "direct": seen.start.own.T @ error,
            "hidden": seen.joined.T @ inner,
            "hidden_bias": inner.sum(0),
            "emotion": seen.start.theirs.T @ felt,
            "emotion_bias": felt.sum(0),
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
        own += product * _taken(seen.start.theirs, place.message, seen.message_seen, seen.start.own)
        theirs = felt @ self.dense["emotion"].T
        known = seen.message_seen
        np.add.at(theirs, place.message[known], (message + product * seen.start.own)[known])
        return seen.start.sparse.T @ np.concatenate([own, theirs]).astype(np.float32), dense

    def felt(self, rows: Rows, seen: _Pass) -> _Floats:
        """Return the gradient of the loss by the emotions of the messages of a batch; zero where none is labelled."""
        known = rows.emotions[seen.start.messages - len(rows.talk)]
        outputs = np.exp(seen.start.theirs @ self.dense["emotion"] + self.dense["emotion_bias"])
        error = outputs / outputs.sum(axis=1, keepdims=True)
        labelled = np.flatnonzero(known >= 0)
        error[labelled, known[labelled]] -= 1
        error[known < 0] = 0
        return (error / len(seen.outputs)).astype(np.float32)

    def predict(self, rows: Rows, chosen: npt.NDArray[np.bool_], batch: int = 2000) -> _Floats:
        """Return the outputs (logits) for the chosen sentences, in order."""
        found = [self.forward(rows, ids).outputs for ids in batches(rows.units(chosen), batch)]
        return np.concatenate(found)


@dataclass
class _Start:
    """A batch's vectors."""

    sparse: csr_matrix
    columns: _Ints
    own: _Floats
    theirs: _Floats
    place: Place
    messages: _Ints


def _dropped(batch: csr_matrix, share: float, random: Any) -> csr_matrix:
    """Return a batch without a share of its features; what is dropped isn't stored, and so never multiplied."""
    if not share:
        return batch
    kept = random.random(batch.nnz) >= share
    ends = np.concatenate([[0], np.cumsum(kept)])[batch.indptr]
    data = (batch.data[kept] / (1 - share)).astype(np.float32)
    return csr_matrix((data, batch.indices[kept], ends), shape=batch.shape)


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
    alone = rows.unanswered()
    squares = np.full(rows.features.shape[1], 1e-6, np.float32)
    adam = _Adam(*({name: np.zeros_like(values) for name, values in network.dense.items()} for _ in range(2)))
    for epoch in range(epochs):
        left = 1 - epoch / epochs
        order = [units[i] for i in random.permutation(len(units))]
        for ids in batches(order, batch):
            some = alone[random.random(len(alone)) < len(ids) / len(chosen)]
            seen = network.forward(rows, ids, drop, random, some)
            expected = 1 / (1 + np.exp(-seen.outputs))
            error = ((expected - rows.labels[ids]) * rows.weight[ids] / len(ids)).astype(np.float32)
            sparse, dense = network.backward(seen, error, network.felt(rows, seen))
            columns = seen.start.columns
            squares[columns] += (sparse**2).mean(axis=1)
            step = rates[0] * (0.1 + 0.9 * left) / np.sqrt(squares[columns])
            network.vectors[columns] -= step[:, None].astype(np.float32) * sparse
            adam.step(network.dense, dense, rates[1] * (0.05 + 0.95 * left))
    return network
