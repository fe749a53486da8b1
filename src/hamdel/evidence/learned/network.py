"""The learned reader at work: sentences in, how likely each label is, out. How it learned: `training/network.py`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from hamdel.evidence.learned import kernel, loops, word_table
from hamdel.evidence.learned.facts import facts
from hamdel.evidence.learned.features import lemma_hashes, phrase_hashes
from hamdel.evidence.learned.model_file import Model
from hamdel.evidence.learned.traits import Traits

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

    Attributes:
        size: numbers in a vector.
        wordings: the features that are more than letters, as the kernel reads them.
    """

    def __init__(self, model: Model) -> None:
        arrays = model.arrays
        self._grams, self._phrases = arrays["grams"], arrays["phrases"]
        self._vectors, self._scale, self._rows = arrays["vectors"], arrays["scale"], arrays["rows"]
        self._idf = arrays["idf"].astype(np.float32)
        self._squares = self._idf.astype(np.float64) ** 2
        self.size = int(self._vectors.shape[1])
        self._rarest = np.float32(self._idf.max())
        parts = (slice(len(self._grams)), self._grams), (slice(len(self._grams), None), self._phrases)
        self._letters, self.wordings = (
            word_table.Features(hashes, self._rows[part], self._squares[part], self._vectors, self._scale)
            for part, hashes in parts
        )
        self._forget()

    def _forget(self, room: int = word_table.WORDS) -> None:
        self._letter_sums: dict[Traits, tuple[_Floats, np.float32]] = {}
        self._rarities: dict[int, float] = {}
        self._table = word_table.WordTable(self._letters, self.wordings, float(self._rarest) ** 2, room)

    def said(self, sentences: Sequence[Sequence[Traits]]) -> word_table.Said:
        """Return sentences as the kernel reads them."""
        found = self._table.said(sentences)
        if found is None:
            self._forget(max(word_table.WORDS, sum(map(len, sentences))))
            found = self._table.said(sentences)
        assert found is not None, "there is room for all of their words"
        return found

    def __call__(self, sentences: Sequence[Sequence[Traits]]) -> _Floats:
        """Return one row for each sentence (n, size): the letters' part and the phrases' part, each of length 1."""
        if loops.available():
            return kernel.vectors_of(self.wordings, self.said(sentences), len(sentences))
        return self._letter_part(sentences) + self._wording_part(sentences)

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

    def _letter_part(self, sentences: Sequence[Sequence[Traits]]) -> _Floats:
        rows = np.zeros((len(sentences), self.size), np.float32)
        for number, words in enumerate(sentences):
            sums = [self._letter_sum(word) for word in words]
            square = np.array([one for _, one in sums], np.float32).sum()
            if square:
                rows[number] = np.array([one for one, _ in sums]).sum(axis=0) / square**0.5
        return rows

    def _letter_sum(self, word: Traits) -> tuple[_Floats, np.float32]:
        """Return the sum of the vectors of a word's letters, and the square that its length is made of."""
        found = self._letter_sums.get(word)
        if found is None:
            if len(self._letter_sums) >= word_table.WORDS:
                self._forget()
            places, known = _found(self._grams, word.grams)
            sums, squares = self._summed(places[known], np.zeros(int(known.sum()), np.int64), 1)
            found = self._letter_sums[word] = sums[0], squares[0]
        return found

    def _wording_part(self, sentences: Sequence[Sequence[Traits]]) -> _Floats:
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
        self.labels: tuple[str, ...] = tuple(model.values["told"])
        self.bags = Bags(model)
        count = int(model.values["networks"])
        self._size = self.bags.size // count
        self._networks = [_Layers(*(model.arrays[f"{name}{i}"] for name in _Layers._fields)) for i in range(count)]
        networks = kernel.Networks(self._networks, len(self.labels), self.bags.wordings)
        self._compiled = networks if loops.available() else None

    def __call__(
        self, sentences: Sequence[Sequence[Traits]], message: Sequence[Traits], vector: _Floats | None, *, alone: bool
    ) -> tuple[_Floats, _Floats]:
        """Return the logits of each label for each sentence of a reply (n, labels), the networks' mean, and its facts.

        Args:
            sentences: the reply's, at least one.
            message: the customer's words; none when the message isn't known.
            vector: the message's, of `bags`; None when the message isn't known.
            alone: each sentence is a reply of its own.

        Returns:
            The logits (n, labels), and what `hamdel.evidence.learned.facts` says of the sentences (n, facts).
        """
        if self._compiled is None:
            return self._plainly(sentences, message, vector, alone=alone)
        said = self.bags.said([*sentences, message] if message else sentences)
        return kernel.read_reply(self._compiled, said, len(sentences), vector, alone=alone)

    def _plainly(
        self, sentences: Sequence[Sequence[Traits]], message: Sequence[Traits], vector: _Floats | None, *, alone: bool
    ) -> tuple[_Floats, _Floats]:
        """Return the same without the kernel."""
        replies = [[sentence] for sentence in sentences] if alone else [sentences]
        plain = np.concatenate([facts(reply, message, self.bags.rarity) for reply in replies])
        own = self.bags(sentences)
        total = np.zeros((len(sentences), len(self.labels)), np.float32)
        for i, layers in enumerate(self._networks):
            part = slice(i * self._size, (i + 1) * self._size)
            seen = None if vector is None else vector[part]
            total += layers.outputs(own[:, part], seen, plain, alone=alone)[:, : len(self.labels)]
        return total / len(self._networks), plain
