"""What each word gives to its sentence's features (see `features`): its letters, lemma and shape."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from zlib import crc32

import numpy as np
import numpy.typing as npt

from hamdel.base.resources import phrasebank_dir
from hamdel.language.bounded_cache import Memory
from hamdel.language.fold import key
from hamdel.language.sets import word_set
from hamdel.language.tokenizer import Kind
from hamdel.language.words import Word
from hamdel.phrasebank import load_words

__all__ = ["TraitReader", "Traits", "hash_of", "shipped_traits"]

_Hashes = npt.NDArray[np.uint32]

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


@dataclass(frozen=True, slots=True, eq=False)
class Traits:
    """What a word gives to its sentence's features.

    Attributes:
        form: its matching key, or what stands for it.
        lemma, shape: what stands for it in n-grams.
        content: whether it carries content.
        inflected: whether its shape says more than its part of speech.
        spelled: whether its letters matter; else the form is one feature.
        name: whether it is a name when its neighbours say so.
    """

    form: str
    lemma: int
    shape: int
    content: bool = False
    inflected: bool = False
    spelled: bool = False
    name: bool = False

    @property
    def grams(self) -> _Hashes:
        """Hashes of the character n-grams of the form, a blank on each side; or the form's own.

        ``hamdel_learn_word`` of the kernel makes the same ones.
        """
        if not self.spelled:
            return np.array([hash_of(self.form)], np.uint32)
        padded = f" {self.form} "
        found = [padded[i : i + n] for n in _GRAMS for i in range(len(padded) - n + 1)]
        return np.array(list(map(hash_of, found)), np.uint32)


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


def hash_of(text: str) -> int:
    """Return the hash that a text is known by."""
    return crc32(text.encode("utf-8", "surrogatepass"))


def _class_traits(label: str) -> Traits:
    return Traits(label, hash_of(f"l{label}"), hash_of(f"s{label}"))


_may_be_name = attrgetter("name")
#: White space, and what nothing is left of.
_NOTHING = Traits("", 0, 0)


class TraitReader:
    """Words to `Traits`, remembered by word and by form.

    Args:
        names: matching keys of first names and surnames.
        titles: matching keys of what stands before a name («آقای», «خانم»).
        dear: matching keys of what stands behind one («عزیز», «گرامی»).
        remember: how many times the usual number of words is kept in memory.
    """

    def __init__(
        self, names: frozenset[str], titles: frozenset[str], dear: frozenset[str], *, remember: int = 1
    ) -> None:
        self._names, self._titles, self._dear = names, titles, dear
        self._forms = Memory[str, Traits](_WORD_TRAITS)
        self._words = Memory[Word, Traits](_WORD_TRAITS * remember)
        self._classes = {kind: _class_traits(label) for kind, label in _CLASSES.items()}
        self._name = _class_traits(_NAME)

    def __call__(self, words: Sequence[Word]) -> list[Traits]:
        """Return the traits of a sentence's words, white space left out."""
        known = self._words
        found = [known[word] or self._read(word) for word in words]
        traits = [one for one in found if one is not _NOTHING]
        if any(map(_may_be_name, traits)):
            said = [word for word, one in zip(words, found, strict=True) if one is not _NOTHING]
            return [self._name if one.name and self._is_name(said, i) else one for i, one in enumerate(traits)]
        return traits

    def _is_name(self, words: Sequence[Word], i: int) -> bool:
        """«آقای رضایی», «مریم عزیز»: a name that its neighbours show to be one, for «امید» and «بهار» are words too."""
        word = words[i]
        before = words[i - 1].norm if i else ""
        if word.norm not in self._names:
            return before in self._titles
        after = words[i + 1].norm if i + 1 < len(words) else ""
        return before in self._titles or before in self._names or after in self._dear or after in self._names

    def _read(self, word: Word) -> Traits:
        found = self._words[word] = self._traits(word)
        return found

    def _traits(self, word: Word) -> Traits:
        if word.kind is Kind.SPACE or not word.norm:
            return _NOTHING
        fixed = self._classes.get(word.kind)
        if fixed is not None:
            return fixed
        found = self._forms[word.norm]
        if found is None:
            shape = _shape(word)
            unknown = not word.readings and word.norm not in self._titles
            found = Traits(
                form=word.norm,
                lemma=hash_of(f"l{word.lemma or word.norm}"),
                shape=hash_of(f"s{shape}"),
                content=shape.startswith(_CONTENT),
                inflected=shape[0] == "V" or "+" in shape,
                spelled=True,
                name=word.kind is Kind.WORD and (unknown or word.norm in self._names),
            )
            self._forms[word.norm] = found
        return found


def shipped_traits(*, remember: int = 1) -> TraitReader:
    """Return a reader of words with the names and titles that hamdel ships.

    Args:
        remember: how many times the usual number of words is kept in memory.

    Raises:
        PhrasebankError: a list can't be read.
    """
    folder = phrasebank_dir() / "lexicon"
    names = (*load_words(folder / "names.txt"), *load_words(folder / "surnames.txt"))
    titles, dear = word_set("acts.address.titles"), word_set("acts.address.dear")
    return TraitReader(frozenset(map(key, names)), titles, dear, remember=remember)
