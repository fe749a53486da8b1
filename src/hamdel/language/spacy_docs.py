"""An `Analysis`, or some of its tokens, as a spaCy Doc: NORM, LEMMA, POS and MORPH filled; ``doc.text`` is the text.

spaCy is imported with the first Doc or Matcher, for most drafts need neither.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any

from hamdel.base.spacy_import import import_spacy
from hamdel.language.analysis import Analysis
from hamdel.language.tokenizer import Kind
from hamdel.language.words import Word

if TYPE_CHECKING:
    from spacy.matcher import Matcher
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

__all__ = ["DocMaker"]

_SURROGATE = re.compile("[\ud800-\udfff]")
_REPLACEMENT = "\ufffd"
_LIMIT = 250  # forms whose lexemes are kept in memory: those of some two thousand replies


class DocMaker:
    """Makes Docs over one vocabulary and remembers each word's attribute hashes.

    Attributes:
        matchers: what was compiled over the vocabulary, by whatever it was compiled from; goes with it.
    """

    def __init__(self) -> None:
        self.matchers: dict[object, Matcher] = {}
        self._normed: set[str] = set()
        self._rows: dict[Word, tuple[int, int, int]] = {}

    @cached_property
    def vocab(self) -> Vocab:
        """Of the Docs; forms come into it as they are needed."""
        import_spacy()
        from spacy.attrs import IS_PUNCT
        from spacy.lang.lex_attrs import is_punct
        from spacy.vocab import Vocab

        return Vocab(lex_attr_getters={IS_PUNCT: is_punct})

    def new_matcher(self) -> Matcher:
        """Return an empty Matcher over the vocabulary."""
        vocab = self.vocab
        from spacy.matcher import Matcher

        return Matcher(vocab)

    def make(self, analysis: Analysis, first: int = 0, last: int | None = None) -> Doc:
        """Return a Doc with the tokens of a text and their attributes.

        A lone surrogate, which UTF-8 and so spaCy can't hold, becomes U+FFFD; everything else is the raw text.

        Args:
            analysis: of the text.
            first, last: the tokens to take, ``last`` exclusive; all of them by default.
        """
        vocab = self.vocab
        import numpy as np
        from spacy.attrs import LEMMA, MORPH, POS
        from spacy.tokens import Doc

        words = analysis.words[first:last]
        texts, spaces = _texts(analysis, first, first + len(words))
        normed, rows = self._normed, self._rows
        if not normed.issuperset(texts):
            for text, word in zip(texts, words, strict=True):
                if text not in normed:
                    normed.add(text)
                    vocab[text].norm_ = _SURROGATE.sub(_REPLACEMENT, word.norm)
        doc = Doc(vocab, words=texts, spaces=spaces)
        if words:
            values: Any = np.array([rows.get(word) or self._add_row(word) for word in words], dtype="uint64")
            doc.from_array([LEMMA, MORPH, POS], values)
        return doc

    def _add_row(self, word: Word) -> tuple[int, int, int]:
        strings: Any = self.vocab.strings
        lemma = strings.add(_SURROGATE.sub(_REPLACEMENT, word.lemma))
        row = self._rows[word] = (lemma, self.vocab.morphology.add(word.feats), _pos_number(word))
        return row

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
    from spacy.parts_of_speech import IDS

    return int(IDS.get("SPACE" if word.kind is Kind.SPACE else word.pos, IDS["X"]))
