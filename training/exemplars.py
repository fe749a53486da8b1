"""Which labelled sentences the model brings along: «like this one», a finding says of what it found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from hamdel.base.resources import phrasebank_dir
from hamdel.identifiers.veil import Veil
from hamdel.language.fold import key
from hamdel.phrasebank import load_words
from training.corpus import Sentence, Talk
from training.folds import Unseen
from training.inputs import FAULTS, Inputs

__all__ = ["Exemplar", "choose", "packed"]

_MOST = 40  # of a fault
_SHORTEST, _LONGEST = 3, 14  # words
_ALIKE = 0.85  # cosine from which on a sentence says nothing that a chosen one doesn't

_Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Exemplar:
    """A sentence that shows what a fault is.

    Attributes:
        fault: its label.
        text: as it was written; it holds nothing personal.
        row: of the corpus' features.
    """

    fault: str
    text: str
    row: int


def choose(talks: Sequence[Talk], pairs: Sequence[Sentence], inputs: Inputs, unseen: Unseen) -> list[Exemplar]:
    """Return the exemplars, fault by fault: short sentences that networks which didn't see their file are surest of.

    Where the conversations have too few, sentences that were written for the fault follow, the shortest first.

    Args:
        talks: the conversations.
        pairs: the sentences that stand alone.
        inputs: both as numbers.
        unseen: what networks say of conversations that they didn't see.
    """
    placed_texts = [text.strip() for talk in talks for text, _ in talk.sentences]
    labels = inputs.rows.labels
    first_pair = len(labels) - len(pairs)  # between them stand sentences of which not every label is known
    texts = dict(enumerate(placed_texts)) | {first_pair + i: pair.text for i, pair in enumerate(pairs)}
    names = frozenset(map(key, load_words(phrasebank_dir() / "lexicon" / "names.txt")))
    fit = [row for row, text in texts.items() if _SHORTEST <= len(text.split()) <= _LONGEST and _is_plain(text, names)]
    found = []
    for column, fault in enumerate(FAULTS):
        own = [row for row in fit if labels[row, column] > 0]
        placed = sorted((row for row in own if row < first_pair), key=lambda row: -unseen.logits[row, column])
        alone = sorted((row for row in own if row >= first_pair), key=lambda row: (len(texts[row]), texts[row]))
        rows = list(_unlike([*placed[: 4 * _MOST], *alone], inputs))[:_MOST]
        found += [Exemplar(fault, texts[row], row) for row in rows]
    return found


def _is_plain(text: str, names: frozenset[str]) -> bool:
    """Tell whether a sentence is one line without anything that may be personal, or that is no word."""
    if not names.isdisjoint(key(word) for word in re.findall(r"[\w\u200c]+", text)):
        return False
    odd = any(char.isdigit() or char in "\n[]{}@<>" for char in text)
    return not odd and Veil(text)(text) == text


def _unlike(rows: Sequence[int], inputs: Inputs) -> Iterator[int]:
    """Yield rows of the features, less those that are much like an earlier one."""
    features: Any = inputs.rows.features
    kept: list[int] = []
    for row in rows:
        one = features[row]
        length = one.multiply(one).sum() ** 0.5
        if kept:
            others = features[kept]
            lengths = np.sqrt(np.asarray(others.multiply(others).sum(axis=1)).ravel())
            if float(np.max((others @ one.T).toarray().ravel() / (lengths * length))) >= _ALIKE:
                continue
        kept.append(row)
        yield row


def packed(
    exemplars: Sequence[Exemplar], vectors: _Floats
) -> tuple[dict[str, npt.NDArray[Any]], dict[str, tuple[int, int]]]:
    """Return exemplars as `hamdel.evidence.learned.exemplars` reads them: arrays, and which rows show which fault.

    Args:
        exemplars: in the order of their faults.
        vectors: of each (n, size); only their directions are kept.
    """
    raw = [one.text.encode() for one in exemplars]
    scale = np.maximum(np.abs(vectors).max(axis=1), 1e-9) / 127
    faults = [one.fault for one in exemplars]
    starts = {fault: faults.index(fault) for fault in faults}
    places = {fault: (start, start + faults.count(fault)) for fault, start in starts.items()}
    arrays: dict[str, npt.NDArray[Any]] = {
        "exemplar_texts": np.frombuffer(b"".join(raw), np.uint8),
        "exemplar_ends": np.cumsum([len(text) for text in raw]).astype(np.uint32),
        "exemplar_vectors": np.round(vectors / scale[:, None]).astype(np.int8),
    }
    return arrays, places
