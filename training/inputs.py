"""The corpus as numbers: features of every sentence and message, labels, and how much each label counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, hstack

from hamdel.evidence.learned.facts import FACTS, facts
from hamdel.evidence.learned.features import lemma_hashes, phrase_hashes
from hamdel.evidence.learned.traits import TraitReader, Traits
from hamdel.language.analysis import Analyzer
from hamdel.model import Emotion
from hamdel.model.evidence import EMOTIONS
from training.corpus import SAID, Sentence, Talk
from training.rows import Rows

__all__ = ["ACTS", "FAMILIES", "FAULTS", "LABELS", "Block", "Inputs", "Vocabulary", "make_inputs"]

FAULTS = (
    "blame dismissal contempt threat profanity as-i-said blunt-refusal refusal-no-alternative internal-excuse "
    "deflection vague-time over-promise non-apology apology-no-ownership canned-empathy upsell over-taarof "
    "over-familiar bare-imperative tu-form"
).split()
ACTS = "greet close thank feel sorry problem answer done commit ask instruct offer refuse".split()
#: Faults that blur into one another; each family is learned beside its members.
FAMILIES = {
    "harsh": ("blame", "dismissal", "contempt", "threat", "profanity", "as-i-said"),
    "refusing": ("blunt-refusal", "refusal-no-alternative"),
    "stalling": ("vague-time", "deflection", "internal-excuse"),
    "hollow": ("canned-empathy", "apology-no-ownership", "non-apology", "over-taarof"),
}
LABELS = (*FAULTS, *ACTS, *FAMILIES)
_RARE = 5  # sentences that a feature must stand in
#: Files whose acts are all listed; others list those that their writers thought of, so a missing one says less.
_ALL_ACTS = ("pairs-acts", "pairs-acts2", "pairs-empathy")
_PLACED, _LISTED, _UNLISTED, _FAMILY = 1.5, 0.7, 0.15, 0.5

_Hashes = npt.NDArray[np.uint32]


@dataclass(frozen=True)
class Block:
    """Features of one kind: their sorted hashes, and how rare each is."""

    hashes: _Hashes
    idf: npt.NDArray[np.float32]

    @classmethod
    def of(cls, texts: Sequence[_Hashes]) -> Block:
        """Return the features that stand in enough of the texts."""
        seen = np.concatenate([np.unique(text) for text in texts])
        hashes, counts = np.unique(seen, return_counts=True)
        hashes, counts = hashes[counts >= _RARE], counts[counts >= _RARE]
        idf = np.log((1 + len(texts)) / (1 + counts)) + 1
        # As the model stores it, so that training and reading use the same numbers.
        return cls(hashes, idf.astype(np.float16).astype(np.float32))

    def matrix(self, texts: Sequence[_Hashes]) -> csr_matrix:
        """Return the texts' weighted features, each row of length 1 (as if no feature came twice)."""
        flat = np.concatenate(texts)
        places = np.minimum(np.searchsorted(self.hashes, flat), len(self.hashes) - 1)
        known = self.hashes[places] == flat
        rows = np.repeat(np.arange(len(texts)), [len(text) for text in texts])[known]
        places = places[known]
        counts = csr_matrix((self.idf[places], (rows, places)), shape=(len(texts), len(self.hashes)), dtype=np.float32)
        squares = np.bincount(rows, self.idf[places].astype(np.float64) ** 2, len(texts))
        squares[squares == 0] = 1
        counts.data /= np.repeat(np.sqrt(squares), np.diff(counts.indptr)).astype(np.float32)
        return counts


@dataclass(frozen=True)
class Vocabulary:
    """All features: the letters' and the phrases'."""

    grams: Block
    phrases: Block

    def rarity(self, lemma: int) -> float:
        """Return the square of how rare a lemma is, as `hamdel.evidence.learned.network.Bags.rarity` does."""
        known, block = lemma_hashes([lemma])[0], self.phrases
        place = min(int(np.searchsorted(block.hashes, known)), len(block.hashes) - 1)
        rarest = max(block.idf.max(), self.grams.idf.max())
        return float(block.idf[place] if block.hashes[place] == known else rarest) ** 2

    def matrix(self, texts: Sequence[Sequence[Traits]]) -> csr_matrix:
        """Return one row for each text."""
        return hstack([self.grams.matrix(_letters(texts)), self.phrases.matrix(_wordings(texts))]).tocsr()


def _letters(texts: Sequence[Sequence[Traits]]) -> list[_Hashes]:
    nothing = np.zeros(0, np.uint32)
    grams = {word: word.grams for word in {word for text in texts for word in text}}
    return [np.concatenate([nothing, *(grams[word] for word in text)]) for text in texts]


def _wordings(texts: Sequence[Sequence[Traits]]) -> list[_Hashes]:
    return [phrase_hashes([text])[0] for text in texts]


@dataclass(frozen=True)
class Inputs:
    """The corpus for a network.

    Attributes:
        rows: see `training.network.Rows`; the conversations' sentences first.
        files: each sentence's file.
        vocabulary: what the features are.
        messages: the texts of the customers' messages, in the order of their rows.
        message_files: the file in which each of them was labelled; empty where none did.
    """

    rows: Rows
    files: npt.NDArray[np.str_]
    vocabulary: Vocabulary
    messages: tuple[str, ...]
    message_files: tuple[str, ...]


def _emotions(
    talks: Sequence[Talk], messages: Sequence[tuple[str, str, str]], texts: Sequence[str]
) -> tuple[npt.NDArray[np.int64], tuple[str, ...]]:
    """Return the number of each text's emotion, and where it was labelled first."""
    told: dict[str, tuple[str, str]] = {}
    for talk in talks:
        if talk.known is None:  # a check's example says nothing of the customer
            told.setdefault(talk.customer, (talk.file, talk.emotion))
    for file, text, emotion in messages:
        told.setdefault(text, (file, emotion))
    numbers = [EMOTIONS.index(Emotion(told[text][1])) if text in told else -1 for text in texts]
    return np.array(numbers), tuple(told[text][0] if text in told else "" for text in texts)


def _targets(
    labels: Sequence[frozenset[str]], files: npt.NDArray[np.str_], placed: npt.NDArray[np.bool_]
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """Return what holds of each sentence, and how much each label counts."""
    families = [[kin for kin, members in FAMILIES.items() if not found.isdisjoint(members)] for found in labels]
    rows = [{*found, *kin} for found, kin in zip(labels, families, strict=True)]
    targets = np.array([[label in row for label in LABELS] for row in rows], np.float32)
    weight = np.ones_like(targets)
    unsure = ~(placed | np.isin(files, _ALL_ACTS))
    acts = slice(len(FAULTS), len(FAULTS) + len(ACTS))
    weight[unsure, acts] = np.where(targets[unsure, acts] > 0, _LISTED, _UNLISTED)
    weight[:, len(FAULTS) + len(ACTS) :] = _FAMILY
    weight[placed] *= _PLACED
    return targets, weight


def _only_known(talks: Sequence[Talk], weight: npt.NDArray[np.float32]) -> None:
    """Take out of the weights what wasn't decided on."""
    start = 0
    for talk in talks:
        end = start + len(talk.sentences)
        if talk.known is not None:
            known = np.array([label in talk.known for label in LABELS])
            weight[start:end] = np.where(known, talk.weight, 0)
        start = end


def make_inputs(
    talks: Sequence[Talk],
    pairs: Sequence[Sentence],
    messages: Sequence[tuple[str, str, str]],
    analyse: Analyzer,
    traits: TraitReader,
) -> Inputs:
    """Return the corpus as numbers.

    Args:
        talks: conversations.
        pairs: sentences that stand alone.
        messages: further messages of customers: file, text and emotion.
        analyse: texts to analyses.
        traits: words to what they give.
    """
    own = [traits(analyse(text.strip()).words) for talk in talks for text, _ in talk.sentences]
    own += [traits(analyse(pair.text).words) for pair in pairs]
    customers = [talk.customer for talk in talks if talk.customer.strip()]
    texts = list(dict.fromkeys([*customers, *(text for _, text, _ in messages)]))
    theirs = [traits(analyse(text).words) for text in texts]
    everything = [*own, *theirs]
    again = [talk.file.startswith(SAID) for talk in talks for _ in talk.sentences]  # they are among the messages, too
    counted = [text for text, twice in zip_longest(everything, again, fillvalue=False) if not twice]
    vocabulary = Vocabulary(Block.of(_letters(counted)), Block.of(_wordings(counted)))
    row_of = {text: len(own) + i for i, text in enumerate(texts)}
    sizes = [len(talk.sentences) for talk in talks]
    numbers = np.concatenate([np.repeat(np.arange(len(talks)), sizes), len(talks) + np.arange(len(pairs))])
    message = np.repeat([row_of.get(talk.customer, -1) for talk in talks], sizes)
    placed = np.arange(len(own)) < sum(sizes)
    files = np.array([*np.repeat([talk.file for talk in talks], sizes), *(pair.file for pair in pairs)])
    labels = [found for talk in talks for _, found in talk.sentences] + [pair.labels for pair in pairs]
    place, start = [], 0
    for talk, size in zip(talks, sizes, strict=True):
        words = theirs[row_of[talk.customer] - len(own)] if talk.customer in row_of else []
        place.append(facts(own[start : start + size], words, vocabulary.rarity))
        start += size
    place.append(np.zeros((len(pairs), FACTS), np.float32))
    targets, weight = _targets(labels, files, placed)
    _only_known(talks, weight)
    emotions, message_files = _emotions(talks, messages, texts)
    rows = Rows(
        features=vocabulary.matrix(everything),
        talk=numbers,
        message=np.concatenate([message, np.full(len(pairs), -1)]),
        facts=np.concatenate(place),
        placed=placed,
        labels=targets,
        weight=weight,
        emotions=emotions,
    )
    return Inputs(rows, files, vocabulary, tuple(texts), message_files)
