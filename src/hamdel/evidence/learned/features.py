"""Sentences to features: what the learned reader looks at, from the analysis and never from the raw text.

A sentence's features are character n-grams inside its words (their matching keys, so all spellings of a word have the
same), n-grams of lemmas, n-grams of shapes (part of speech, and person, number, tense, polarity, mood of verbs), verbs
and possessed nouns with their shape, and pairs of content words that stand near each other. Numbers, emoji, links,
placeholders and people's names are one feature each, whatever they say: another order number is no other sentence.

Each feature is known by a hash of 32 bits. Training and reading share this module; its source is part of the model's
digest (`hamdel.evidence.learned.model_file`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from hamdel.evidence.learned.traits import Traits, hash_of

__all__ = ["CLOSE", "OPEN", "content_words", "lemma_hashes", "phrase_hashes"]

_Hashes = npt.NDArray[np.uint32]
_Wide = npt.NDArray[np.uint64]

#: How far apart two content words of a pair may be, in content words.
_REACH = 3

#: What stands at a sentence's start and at its end.
OPEN, CLOSE = hash_of("^"), hash_of("$")
_STEP = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xFF51AFD7ED558CCD)
_SHIFT, _HALF = np.uint64(29), np.uint64(32)


def _joined(tag: int, *columns: _Wide) -> _Hashes:
    """Return one hash for each row of columns; the same words under another tag have another."""
    state = np.full(len(columns[0]), tag, np.uint64) * _STEP
    for column in columns:
        state = (state ^ column) * _STEP
        state ^= state >> _SHIFT
    state = (state ^ (state >> _HALF)) * _MIX
    return (state >> _HALF).astype(np.uint32)


class _Padded(NamedTuple):
    """The sentences of a text side by side, an opening and a closing mark around each."""

    values: _Wide
    owner: npt.NDArray[np.int64]


def _runs(padded: _Padded, tag: int, longest: int) -> list[tuple[_Hashes, npt.NDArray[np.int64]]]:
    """Return the hashes of all n-grams up to ``longest``, each with its sentence."""
    found = []
    for n in range(1, longest + 1):
        count = len(padded.values) - n + 1
        if count <= 0:
            break
        whole = padded.owner[:count] == padded.owner[n - 1 :]
        columns = [padded.values[k : k + count][whole] for k in range(n)]
        found.append((_joined(tag + n, *columns), padded.owner[:count][whole]))
    return found


def _pairs(values: _Wide, owner: npt.NDArray[np.int64]) -> list[tuple[_Hashes, npt.NDArray[np.int64]]]:
    found = []
    for gap in range(1, _REACH + 1):
        same = owner[:-gap] == owner[gap:]
        found.append((_joined(30, values[:-gap][same], values[gap:][same]), owner[:-gap][same]))
    return found


def phrase_hashes(sentences: Sequence[Sequence[Traits]]) -> tuple[_Hashes, npt.NDArray[np.int64]]:
    """Return the features of sentences that are more than a word's letters.

    Args:
        sentences: each sentence's words.

    Returns:
        The hashes, and for each of them which sentence it is of; sorted by sentence.
    """
    lemmas: list[int] = []
    shapes: list[int] = []
    owners: list[int] = []
    inflected: list[tuple[int, int, int]] = []
    content: list[tuple[int, int]] = []
    for number, words in enumerate(sentences):
        lemmas += [OPEN, *(word.lemma for word in words), CLOSE]
        shapes += [OPEN, *(word.shape for word in words), CLOSE]
        owners += [number] * (len(words) + 2)
        inflected += [(number, word.lemma, word.shape) for word in words if word.inflected]
        content += [(number, word.lemma) for word in words if word.content]
    owner = np.array(owners, np.int64)
    found = _runs(_Padded(np.array(lemmas, np.uint64), owner), 0, 3)
    found += _runs(_Padded(np.array(shapes, np.uint64), owner), 10, 4)
    if inflected:
        table = np.array(inflected, np.uint64)
        found.append((_joined(20, table[:, 1], table[:, 2]), table[:, 0].astype(np.int64)))
    if content:
        table = np.array(content, np.uint64)
        found += _pairs(table[:, 1], table[:, 0].astype(np.int64))
    hashes = np.concatenate([hashes for hashes, _ in found])
    places = np.concatenate([where for _, where in found])
    order = np.argsort(places, kind="stable")
    return hashes[order], places[order]


def lemma_hashes(lemmas: Sequence[int]) -> _Hashes:
    """Return the features that single lemmas are, by what `Traits` calls them."""
    return _joined(1, np.array(lemmas, np.uint64))


def content_words(words: Sequence[Traits]) -> frozenset[int]:
    """Return the lemmas' hashes of the words that carry content; two texts that share one may speak of the same."""
    return frozenset(word.lemma for word in words if word.content)
