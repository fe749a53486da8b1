"""An `Analysis` as a spaCy Doc with the same tokens; NORM, LEMMA, POS and MORPH filled; ``doc.text`` is the text."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
from spacy.attrs import IS_PUNCT, LEMMA, MORPH, POS
from spacy.lang.lex_attrs import is_punct
from spacy.parts_of_speech import IDS
from spacy.tokens import Doc
from spacy.vocab import Vocab

from hamdel.language.analysis import Analysis
from hamdel.language.tokenizer import Kind
from hamdel.language.words import Word

__all__ = ["DocMaker"]

_SURROGATE = re.compile("[\ud800-\udfff]")
_REPLACEMENT = "\ufffd"
_LIMIT = 12_000  # forms whose lexemes are kept in memory: about those of a thousand replies


class DocMaker:
    """Makes Docs over one vocabulary and remembers each word's attribute hashes."""

    def __init__(self) -> None:
        self.vocab = Vocab(lex_attr_getters={IS_PUNCT: is_punct})
        self._normed: set[str] = set()
        self._rows: dict[Word, int] = {}
        self._table = np.zeros((1024, 3), dtype="uint64")

    def _texts(self, analysis: Analysis) -> tuple[list[str], list[bool]]:
        text, starts, ends = analysis.text, analysis.starts, analysis.ends
        texts = [text[s:e] for s, e in zip(starts, ends, strict=True)]
        spaces = [e < s for e, s in zip(ends, [*starts[1:], len(text)], strict=False)]
        if _SURROGATE.search(text):
            texts = [_SURROGATE.sub(_REPLACEMENT, t) for t in texts]
        return texts, spaces

    def make(self, analysis: Analysis) -> Doc:
        """Return a Doc with tokens and NORM, which is all that phrases are matched on.

        A lone surrogate, which UTF-8 and so spaCy can't hold, becomes U+FFFD; everything else is the raw text.
        """
        texts, spaces = self._texts(analysis)
        normed = self._normed
        if not normed.issuperset(texts):
            for text, word in zip(texts, analysis.words, strict=True):
                if text not in normed:
                    normed.add(text)
                    self.vocab[text].norm_ = _SURROGATE.sub(_REPLACEMENT, word.norm)
        return Doc(self.vocab, words=texts, spaces=spaces)

    def phrase(self, norms: list[str]) -> Doc:
        """Return a Doc whose tokens are matching keys, for a PhraseMatcher on NORM."""
        for norm in norms:
            if norm not in self._normed:
                self._normed.add(norm)
                self.vocab[norm].norm_ = norm
        return Doc(self.vocab, words=norms)

    def annotate(self, doc: Doc, analysis: Analysis) -> Doc:
        """Fill LEMMA, MORPH and POS of a Doc that `make` gave; return it."""
        rows = self._rows
        if analysis.words:
            numbers = [rows[word] if word in rows else self._add_row(word) for word in analysis.words]
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


def _pos_number(word: Word) -> int:
    """Return spaCy's number of the word's universal part of speech."""
    return int(IDS.get("SPACE" if word.kind is Kind.SPACE else word.pos, IDS["X"]))
