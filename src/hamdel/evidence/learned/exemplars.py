"""Labelled sentences that the model brings along: which of them what was found is most like."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from hamdel.evidence.learned.model_file import Model
from hamdel.evidence.learned.network import Bags
from hamdel.evidence.learned.traits import Traits

__all__ = ["Exemplars"]


class Exemplars:
    """The labelled sentences of a model.

    Args:
        model: with ``exemplar_texts`` (UTF-8, one after the other), ``exemplar_ends`` (where each ends, in bytes) and
            ``exemplar_vectors`` (one row each, of any length); its ``exemplars`` say which rows show which fault.
        bags: the model's vectors.
    """

    def __init__(self, model: Model, bags: Bags) -> None:
        arrays = model.arrays
        self._texts, self._ends = arrays["exemplar_texts"], arrays["exemplar_ends"]
        self._vectors = arrays["exemplar_vectors"]
        self._rows: dict[str, list[int]] = model.values["exemplars"]
        self._bags = bags
        self._known = cache(self._of)

    def nearest(self, words: Sequence[Traits], fault: str) -> str:
        """Return the sentence with a fault whose vector points most nearly the same way; empty when there is none.

        Args:
            words: what was found.
            fault: its label.
        """
        if not words or fault not in self._rows:
            return ""
        known, lengths = self._known(fault)
        likeness = known @ self._bags([words])[0] / lengths
        return self._text(self._rows[fault][0] + int(np.argmax(likeness)))

    def _of(self, fault: str) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
        """Return the vectors of a fault's exemplars, and how long they are."""
        first, last = self._rows[fault]
        vectors = self._vectors[first:last].astype(np.float32)
        return vectors, np.maximum(np.linalg.norm(vectors, axis=1), 1)

    def _text(self, row: int) -> str:
        start = int(self._ends[row - 1]) if row else 0
        return self._texts[start : int(self._ends[row])].tobytes().decode()
