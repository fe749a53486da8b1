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
from dataclasses import dataclass
from typing import NamedTuple
from zlib import crc32

import numpy as np
import numpy.typing as npt

from hamdel.base.resources import phrasebank_dir
from hamdel.language.fold import key
from hamdel.language.memory import Memory
from hamdel.language.sets import word_set
from hamdel.language.tokenizer import Kind
from hamdel.language.words import Word
from hamdel.phrasebank import load_words

__all__ = ["CLOSE", "OPEN", "TraitReader", "Traits", "content_words", "lemma_hashes", "phrase_hashes", "shipped_traits"]

_Hashes = npt.NDArray[np.uint32]
_Wide = npt.NDArray[np.uint64]

_GRAMS = (2, 3, 4, 5)
_WORD_TRAITS = 3_000  # in a generation
_CLASSES = {
    Kind.NUMBER: "<n>",
    Kind.EMOJI: "<e>",
    Kind.URL: "<url>",
    Kind.EMAIL: "<email>",
    Kind.CODE: "<code>",
    Kind.SLOT: "<slot>",
}
_NAME = "<name>"
_SHOWN = ("Person", "Number", "Tense", "Polarity", "Mood", "Aspect")
_CONTENT = ("NOUN", "V", "ADJ", "ADV")
#: How far apart two content words of a pair may be, in content words.
_REACH = 3


@dataclass(frozen=True, slots=True, eq=False)
class Traits:
    """What a word gives to its sentence's features.

    Attributes:
        grams: hashes of the character n-grams of its matching key, a blank on each side.
        lemma, shape: what stands for it in n-grams.
        content: whether it carries content.
        inflected: whether its shape says more than its part of speech.
    """

    grams: _Hashes
    lemma: int
    shape: int
    content: bool
    inflected: bool


def _grams(form: str) -> _Hashes:
    padded = f" {form} "
    found = [padded[i : i + n] for n in _GRAMS for i in range(len(padded) - n + 1)]
    return np.array([crc32(gram.encode("utf-8", "surrogatepass")) for gram in found], np.uint32)


def _shape(word: Word) -> str:
    """Return a word's part of speech, with the traits that tell who does it, when and whether."""
    if not word.readings:
        return word.kind.name
    if word.pos in ("VERB", "AUX"):
        pairs = [feat.split("=") for feat in word.feats.split("|") if "=" in feat]
        return "V" + "".join(value[:3] for name, value in pairs if name in _SHOWN)
    if "psor" in word.feats:
        return f"{word.pos}+" + "".join(feat.split("=")[1][:3] for feat in word.feats.split("|") if "psor" in feat)
    return word.pos


def _known(text: str) -> int:
    return crc32(text.encode("utf-8", "surrogatepass"))


def _class_traits(label: str) -> Traits:
    return Traits(np.array([_known(label)], np.uint32), _known(f"l{label}"), _known(f"s{label}"), False, False)


class TraitReader:
    """Words to `Traits`, remembered by form.

    Args:
        names: matching keys of first names and surnames.
        titles: matching keys of what stands before a name («آقای», «خانم»).
        dear: matching keys of what stands behind one («عزیز», «گرامی»).
    """

    def __init__(self, names: frozenset[str], titles: frozenset[str], dear: frozenset[str]) -> None:
        self._names, self._titles, self._dear = names, titles, dear
        self._forms = Memory[str, Traits](_WORD_TRAITS)
        self._classes = {kind: _class_traits(label) for kind, label in _CLASSES.items()}
        self._name = _class_traits(_NAME)

    def __call__(self, words: Sequence[Word]) -> list[Traits]:
        """Return the traits of a sentence's words, white space left out."""
        said = [word for word in words if word.kind is not Kind.SPACE and word.norm]
        return [self._name if self._is_name(said, i) else self._traits(word) for i, word in enumerate(said)]

    def _is_name(self, words: Sequence[Word], i: int) -> bool:
        """«آقای رضایی», «مریم عزیز»: a name that its neighbours show to be one, for «امید» and «بهار» are words too."""
        word = words[i]
        if word.kind is not Kind.WORD:
            return False
        before = words[i - 1].norm if i else ""
        if word.norm not in self._names:
            return before in self._titles and not word.readings and word.norm not in self._titles
        after = words[i + 1].norm if i + 1 < len(words) else ""
        return before in self._titles or before in self._names or after in self._dear or after in self._names

    def _traits(self, word: Word) -> Traits:
        fixed = self._classes.get(word.kind)
        if fixed is not None:
            return fixed
        found = self._forms[word.norm]
        if found is None:
            shape = _shape(word)
            found = Traits(
                grams=_grams(word.norm),
                lemma=_known(f"l{word.lemma or word.norm}"),
                shape=_known(f"s{shape}"),
                content=shape.startswith(_CONTENT),
                inflected=shape[0] == "V" or "+" in shape,
            )
            self._forms[word.norm] = found
        return found


#: What stands at a sentence's start and at its end.
OPEN, CLOSE = _known("^"), _known("$")
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


def shipped_traits() -> TraitReader:
    """Return a reader of words with the names and titles that hamdel ships.

    Raises:
        PhrasebankError: a list can't be read.
    """
    folder = phrasebank_dir() / "lexicon"
    names = (*load_words(folder / "names.txt"), *load_words(folder / "surnames.txt"))
    return TraitReader(frozenset(map(key, names)), word_set("acts.address.titles"), word_set("acts.address.dear"))
