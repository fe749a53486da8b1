"""An `Analysis`, or some of its tokens, as a spaCy Doc: NORM, LEMMA, POS and MORPH filled; ``doc.text`` is the text."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
from spacy.attrs import IS_PUNCT, LEMMA, MORPH, POS
from spacy.lang.lex_attrs import is_punct
from spacy.matcher import Matcher
from spacy.parts_of_speech import IDS
from spacy.tokens import Doc
from spacy.vocab import Vocab

from hamdel.language.analysis import Analysis
from hamdel.language.tokenizer import Kind
from hamdel.language.words import Word

__all__ = ["DocMaker"]

_SURROGATE = re.compile("[\ud800-\udfff]")
_REPLACEMENT = "\ufffd"
_LIMIT = 250  # forms whose lexemes are kept in memory: those of some two thousand replies


class DocMaker:
    """Makes Docs over one vocabulary and remembers each word's attribute hashes.

    Attributes:
        vocab: of the Docs; forms come into it as they are needed.
        matchers: what was compiled over the vocabulary, by whatever it was compiled from; goes with it.
    """

    def __init__(self) -> None:
        self.matchers: dict[object, Matcher] = {}
        self.vocab = Vocab(lex_attr_getters={IS_PUNCT: is_punct})
        self._normed: set[str] = set()
        self._rows: dict[Word, int] = {}
        self._table = np.zeros((1024, 3), dtype="uint64")

    def make(self, analysis: Analysis, first: int = 0, last: int | None = None) -> Doc:
        """Return a Doc with the tokens of a text and their attributes.

        A lone surrogate, which UTF-8 and so spaCy can't hold, becomes U+FFFD; everything else is the raw text.

        Args:
            analysis: of the text.
            first, last: the tokens to take, ``last`` exclusive; all of them by default.
        """
        words = analysis.words[first:last]
        texts, spaces = _texts(analysis, first, first + len(words))
        normed, rows = self._normed, self._rows
        if not normed.issuperset(texts):
            for text, word in zip(texts, words, strict=True):
                if text not in normed:
                    normed.add(text)
                    self.vocab[text].norm_ = _SURROGATE.sub(_REPLACEMENT, word.norm)
        doc = Doc(self.vocab, words=texts, spaces=spaces)
        if words:
            numbers = [rows[word] if word in rows else self._add_row(word) for word in words]
            values: Any = self._table[numbers]
            doc.from_array([LEMMA, MORPH, POS], values)
        return doc

    def _add_row(self, word: Word) -> int:
        number = self._rows[word] = len(self._rows)
        if number == len(self._table):
            self._table = np.vstack([self._table, np.zeros_like(self._table)])
        strings: Any = self.vocab.strings
        lemma = strings.add(_SURROGATE.sub(_REPLACEMENT, word.lemma))
        morph = self.vocab.morphology.add(word.feats)
        self._table[number] = (lemma, morph, _pos_number(word))
        return number

    @property
    def full(self) -> bool:
        """Whether so many forms were seen that a new maker should take over; Docs made before stay usable."""
        return max(len(self._normed), len(self._rows)) > _LIMIT


def _texts(analysis: Analysis, first: int, last: int) -> tuple[list[str], list[bool]]:
    """Return what is typed for each token, as spaCy can hold it, and whether a space follows."""
    text, starts, ends = analysis.text, analysis.starts[first:last], analysis.ends[first:last]
    following = [*starts[1:], *(analysis.starts[last : last + 1] or [len(text)])]
    texts = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    spaces = [end < start for end, start in zip(ends, following, strict=False)]
    if any(map(_SURROGATE.search, texts)):  # not in the whole text, of which few tokens may be wanted many times
        texts = [_SURROGATE.sub(_REPLACEMENT, one) for one in texts]
    return texts, spaces


def _pos_number(word: Word) -> int:
    """Return spaCy's number of the word's universal part of speech."""
    return int(IDS.get("SPACE" if word.kind is Kind.SPACE else word.pos, IDS["X"]))
