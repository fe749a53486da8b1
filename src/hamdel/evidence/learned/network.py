"""The learned reader at work: sentences in, how likely each label is, out. How it learned: `training/network.py`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from hamdel.evidence.learned import kernel
from hamdel.evidence.learned.facts import facts
from hamdel.evidence.learned.features import CLOSE, OPEN, Traits, lemma_hashes, phrase_hashes
from hamdel.evidence.learned.model_file import Model

__all__ = ["NO_ROW", "Bags", "LearnedReader"]

_Floats = npt.NDArray[np.float32]
_WORDS = 6_000  # whose sums are kept; then they are forgotten
#: What stands for the row of a feature without a vector.
NO_ROW = 65_535


class Bags:
    """Sentences to vectors.

    Args:
        model: with the features: ``grams`` and ``phrases`` are sorted hashes; in that order ``idf`` says how rare each
            feature is and ``rows`` which row of ``vectors`` it has (`NO_ROW` for none); ``scale`` is what a row is
            multiplied with.
    """

    def __init__(self, model: Model) -> None:
        arrays = model.arrays
        self._grams, self._phrases = arrays["grams"], arrays["phrases"]
        self._vectors, self._scale, self._rows = arrays["vectors"], arrays["scale"], arrays["rows"]
        self._idf = arrays["idf"].astype(np.float32)
        self._squares = self._idf.astype(np.float64) ** 2
        self.size = int(self._vectors.shape[1])
        self._rarest = np.float32(self._idf.max())
        self._table = kernel.FeatureTable(arrays, self._squares)
        self._forget()

    def _forget(self) -> None:
        self._places: dict[Traits, int] = {}
        self._known = np.zeros((_WORDS, self.size), np.float32)
        self._known_squares = np.zeros(_WORDS, np.float32)
        self._rarities: dict[int, float] = {}

    def __call__(self, sentences: Sequence[Sequence[Traits]]) -> _Floats:
        """Return one row for each sentence (n, size): the letters' part and the phrases' part, each of length 1."""
        if len(self._places) + sum(map(len, sentences)) > _WORDS:
            self._forget()
        found = kernel.read_sentences(self._table, self._side_by_side(sentences))
        return self._letters(sentences) + self._wordings(sentences) if found is None else found

    def _side_by_side(self, sentences: Sequence[Sequence[Traits]]) -> kernel.Sentences:
        places = self._places
        lemmas, shapes, traits, letters, ends = [], [], [], [], []
        for words in sentences:
            lemmas += [OPEN, *(word.lemma for word in words), CLOSE]
            shapes += [OPEN, *(word.shape for word in words), CLOSE]
            traits += [0, *(word.content + 2 * word.inflected for word in words), 0]
            letters += [-1, *(places[word] if word in places else self._place(word) for word in words), -1]
            ends.append(len(lemmas))
        return kernel.Sentences(
            np.array(lemmas, np.uint32),
            np.array(shapes, np.uint32),
            np.array(traits, np.uint8),
            np.array(letters, np.int32),
            np.array(ends, np.int64),
            self._known,
            self._known_squares,
        )

    def _place(self, word: Traits) -> int:
        """Return the row with a word's sum."""
        place = self._places[word] = len(self._places)
        if place == len(self._known):  # one text may have more words than are kept
            self._known = np.concatenate([self._known, np.zeros_like(self._known)])
            self._known_squares = np.concatenate([self._known_squares, np.zeros_like(self._known_squares)])
        places, known = _found(self._grams, word.grams)
        sums, squares = self._summed(places[known], np.zeros(int(known.sum()), np.int64), 1)
        self._known[place], self._known_squares[place] = sums[0], squares[0]
        return place

    def rarity(self, lemma: int) -> float:
        """Return the square of how rare a lemma is, by its hash."""
        known = self._rarities.get(lemma)
        if known is None:
            known = self._rarities[lemma] = float(self.weights([lemma])[0]) ** 2
        return known

    def weights(self, lemmas: Sequence[int]) -> _Floats:
        """Return how rare lemmas are, by their hashes; one that is unknown is as rare as the rarest."""
        places, known = _found(self._phrases, lemma_hashes(lemmas))
        rarity: _Floats = np.where(known, self._idf[len(self._grams) + places], self._rarest)
        return rarity

    def _letters(self, sentences: Sequence[Sequence[Traits]]) -> _Floats:
        rows = np.zeros((len(sentences), self.size), np.float32)
        for number, words in enumerate(sentences):
            places = [self._places[word] if word in self._places else self._place(word) for word in words]
            square = self._known_squares[places].sum()
            if square:
                rows[number] = self._known[places].sum(axis=0) / square**0.5
        return rows

    def _wordings(self, sentences: Sequence[Sequence[Traits]]) -> _Floats:
        hashes, owners = phrase_hashes(sentences)
        places, known = _found(self._phrases, hashes)
        sums, squares = self._summed(places[known] + len(self._grams), owners[known], len(sentences))
        squares[squares == 0] = 1
        rows: _Floats = sums / np.sqrt(squares)[:, None]
        return rows

    def _summed(
        self, places: npt.NDArray[np.int64], owners: npt.NDArray[np.int64], count: int
    ) -> tuple[_Floats, _Floats]:
        """Return the sum of the features' vectors for each owner, and of the squares of their rarity."""
        squares = np.bincount(owners, self._squares[places], count).astype(np.float32)
        rows = self._rows[places]
        kept = rows != NO_ROW
        total = np.zeros((count, self.size), np.float32)
        if kept.any():
            owned, taken = owners[kept], rows[kept].astype(np.int64)
            starts = np.flatnonzero(np.diff(owned, prepend=-1))
            weighed = self._vectors[taken].astype(np.float32) * self._scale[taken, None]
            total[owned[starts]] = np.add.reduceat(weighed, starts)
        return total, squares


def _found(
    known: npt.NDArray[np.uint32], hashes: npt.NDArray[np.uint32]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """Return the places of hashes among those that are known, and which of them are there."""
    places = np.minimum(np.searchsorted(known, hashes), len(known) - 1)
    return places, known[places] == hashes


class _Layers(NamedTuple):
    """The dense layers of one network; see `training/network.py`."""

    hidden: _Floats
    hidden_bias: _Floats
    out: _Floats
    out_bias: _Floats
    direct: _Floats

    def outputs(self, own: _Floats, message: _Floats | None, plain: _Floats, *, alone: bool = False) -> _Floats:
        """Return the logits of sentences from their vectors, the message's and the plain facts.

        They are those of one reply, or each stands ``alone`` as a reply of its own.
        """
        before, after = np.zeros_like(own), np.zeros_like(own)
        mean = own
        if not alone:
            before[1:], after[:-1] = own[:-1], own[1:]
            mean = np.broadcast_to(own.mean(axis=0), own.shape)
        theirs = np.zeros_like(own) if message is None else np.broadcast_to(message, own.shape)
        joined = np.concatenate([own, before, after, mean, theirs, own * theirs, plain], axis=1)
        inner = np.maximum(joined @ self.hidden + self.hidden_bias, 0)
        found: _Floats = inner @ self.out + self.out_bias + own @ self.direct
        return found


class LearnedReader:
    """What a model says of sentences.

    Args:
        model: an open one.

    Attributes:
        labels: what it tells of a sentence, in the order of the columns.
        bags: sentences to vectors.
    """

    def __init__(self, model: Model) -> None:
        self.labels: tuple[str, ...] = tuple(model.values["labels"])
        self.bags = Bags(model)
        count = int(model.values["networks"])
        self._size = self.bags.size // count
        self._networks = [_Layers(*(model.arrays[f"{name}{i}"] for name in _Layers._fields)) for i in range(count)]

    def __call__(self, sentences: Sequence[Sequence[Traits]], message: Sequence[Traits]) -> _Floats:
        """Return the logits of each label for each sentence of a reply (n, labels): the networks' mean.

        Args:
            sentences: the reply's, at least one.
            message: the customer's words; none when the message isn't known.
        """
        return self._read(sentences, message, facts(sentences, message, self.bags.rarity), alone=False)

    def alone(self, sentences: Sequence[Sequence[Traits]], message: Sequence[Traits]) -> _Floats:
        """Return the logits of sentences, each as a reply of its own (n, labels)."""
        plain = [facts([sentence], message, self.bags.rarity) for sentence in sentences]
        return self._read(sentences, message, np.concatenate(plain), alone=True)

    def _read(
        self, sentences: Sequence[Sequence[Traits]], message: Sequence[Traits], plain: _Floats, *, alone: bool
    ) -> _Floats:
        vectors = self.bags([*sentences, message] if message else sentences)
        own, theirs = vectors[: len(sentences)], vectors[len(sentences)] if message else None
        total = np.zeros((len(sentences), len(self.labels)), np.float32)
        for i, layers in enumerate(self._networks):
            part = slice(i * self._size, (i + 1) * self._size)
            seen = None if theirs is None else theirs[part]
            if kernel.read_layers(kernel.Seen(own, part, seen, plain, alone), layers, total):
                continue
            total += layers.outputs(own[:, part], seen, plain, alone=alone)[:, : len(self.labels)]
        return total / len(self._networks)
