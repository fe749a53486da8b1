"""A text and all that its language says: tokens, words, sentences, clauses, zones; made once per text.

`Analysis` keeps offsets into the raw text; `hamdel.language.spacy_docs` makes a spaCy Doc with the same tokens of it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from typing import Any

from hamdel.base.lazy import cached_property
from hamdel.language.bounded_cache import Memory
from hamdel.language.collecting import Chunk, Collector
from hamdel.language.fold import JOINERS, key
from hamdel.language.joining import PARTICIPLES, Joiner
from hamdel.language.sentences import clauses, sentences
from hamdel.language.tokenizer import Kind, Piece, may_span, scan
from hamdel.language.words import Word, Words
from hamdel.language.zones import silent_tokens

__all__ = ["Analysis", "Analyzer"]

_JOINER_CUT = re.compile(f"[^{JOINERS}]+[{JOINERS}]*")
_CHUNK = re.compile(r"\S+")
_FEW = 48  # words that are asked one by one; of more, each test asks all of the text's words once
_CHUNKS = 4_000  # in a generation; a thousand replies have three times as many


class Analysis:
    """One text, read.

    Attributes:
        text: the raw text.
        words: one `Word` a token.
        starts, ends: code-point offsets of each token in ``text``.
        sentences: token ranges that cover the text.
        silent: one byte a token: 1 where lexical checks keep quiet.
    """

    __slots__ = ("__dict__", "ends", "sentences", "silent", "starts", "text", "words")

    def __init__(self, text: str, words: list[Word], starts: list[int], ends: list[int]) -> None:
        self.text = text
        self.words = words
        self.starts = starts
        self.ends = ends
        self.sentences = sentences(words)
        self.silent = silent_tokens(text, words, starts)

    @cached_property
    def norms(self) -> frozenset[str]:
        """All matching keys of tokens that may speak."""
        return frozenset([w.norm for w, quiet in zip(self.words, self.silent, strict=True) if not quiet])

    @cached_property
    def lemmas(self) -> frozenset[str]:
        """All lemmas of tokens that may speak."""
        return frozenset([w.lemma for w, quiet in zip(self.words, self.silent, strict=True) if not quiet])

    @cached_property
    def _clauses(self) -> list[tuple[int, int]]:
        return [clause for sentence in self.sentences for clause in clauses(self.words, sentence)]

    @cached_property
    def _clause_starts(self) -> list[int]:
        return [first for first, _ in self._clauses]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [first for first, _ in self.sentences]

    def clause(self, token: int) -> tuple[int, int]:
        """Return the token range of the clause around ``token``."""
        return self._clauses[bisect_right(self._clause_starts, token) - 1]

    def clauses_of(self, sentence: tuple[int, int]) -> list[tuple[int, int]]:
        """Return the token ranges of a sentence's clauses."""
        return clauses(self.words, sentence)

    def trimmed(self, first: int, last: int) -> tuple[int, int]:
        """Return a token range without white space and punctuation at its edges; as it is when nothing is left."""
        spoken = [i for i in range(first, last) if self.words[i].kind not in (Kind.SPACE, Kind.PUNCT)]
        return (spoken[0], spoken[-1] + 1) if spoken else (first, last)

    def sentence(self, token: int) -> tuple[int, int]:
        """Return the token range of the sentence around ``token``."""
        return self.sentences[bisect_right(self._sentence_starts, token) - 1]

    @cached_property
    def notes(self) -> dict[tuple[str, int], Any]:
        """What checks worked out about a sentence, by what it is about and the sentence's first token."""
        return {}

    @cached_property
    def _passing(self) -> dict[Callable[[Word], bool], list[int]]:
        """The tokens that pass a test, by test."""
        return {}

    def first_among(self, test: Callable[[Word], bool], first: int, last: int) -> int | None:
        """Return the first of the tokens ``first`` to ``last`` (exclusive) that passes a test; None when none does.

        A text may hold thousands of matches in sentences of hundreds of words: however many ask, a text is looked at
        once a test.

        Args:
            test: a function that lives as long as the program, not one made for this question.
            first, last: the tokens; what lies outside the text is left out.
        """
        first, last = max(0, first), min(last, len(self.words))
        if last - first <= _FEW:
            return next((i for i in range(first, last) if test(self.words[i])), None)
        places = self._places(test)
        at = bisect_left(places, first)
        return places[at] if at < len(places) and places[at] < last else None

    def last_among(self, test: Callable[[Word], bool], first: int, last: int) -> int | None:
        """Return the last of the tokens ``first`` to ``last`` (exclusive) that passes a test; see `first_among`."""
        first, last = max(0, first), min(last, len(self.words))
        if last - first <= _FEW:
            return next((i for i in range(last - 1, first - 1, -1) if test(self.words[i])), None)
        places = self._places(test)
        at = bisect_left(places, last) - 1
        return places[at] if at >= 0 and places[at] >= first else None

    def _places(self, test: Callable[[Word], bool]) -> list[int]:
        """Return all tokens that pass a test."""
        places = self._passing.get(test)
        if places is None:
            places = self._passing[test] = [i for i, word in enumerate(self.words) if test(word)]
        return places

    def among(self, test: Callable[[Word], bool], first: int, last: int) -> bool:
        """Tell whether one of the tokens ``first`` to ``last`` (exclusive) passes a test; see `first_among`."""
        return self.first_among(test, first, last) is not None

    def next_word(self, token: int) -> int | None:
        """Return the next token that isn't white space, inside the sentence; None at its end."""
        last = self.sentence(token)[1]
        for i in range(token + 1, last):
            if self.words[i].kind is not Kind.SPACE:
                return i
        return None

    def previous_word(self, token: int) -> int | None:
        """Return the token before that isn't white space, inside the sentence; None at its start."""
        first = self.sentence(token)[0]
        for i in range(token - 1, first - 1, -1):
            if self.words[i].kind is not Kind.SPACE:
                return i
        return None

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return code-point offsets of tokens ``first`` to ``last`` (exclusive), without white space at the edges."""
        while first < last - 1 and self.words[first].kind is Kind.SPACE:
            first += 1
        while last > first + 1 and self.words[last - 1].kind is Kind.SPACE:
            last -= 1
        return self.starts[first], self.ends[last - 1]

    def raw(self, token: int) -> str:
        """Return what is typed for ``token``."""
        return self.text[self.starts[token] : self.ends[token]]

    def token_at(self, offset: int) -> int:
        """Return the token that holds the code point ``offset``."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def tokens(self, start: int, end: int) -> range:
        """Return the tokens that hold the code points ``start`` to ``end`` (exclusive); none where nothing is."""
        return range(self.token_at(start), self.token_at(end - 1) + 1) if start < end else range(0)


class Analyzer:
    """Texts to `Analysis`.

    Args:
        words: the word forms.
        joins: tells for two keys whether they are one word, whatever stands between them.
        remember: how many times the usual number of words is kept in memory.

    Attributes:
        lookup: the lexicon's readings of a matching key.
    """

    def __init__(self, words: Words, joins: Joiner, *, remember: int = 1) -> None:
        self._words = words
        self.lookup = words.lookup
        self._joins = joins
        self._chunks = Memory[str, Chunk](_CHUNKS * remember)

    def __call__(self, text: str) -> Analysis:
        """Return the analysis of ``text``, any string."""
        tokens = Collector(text, self._joins, self._words.word)
        stretches = [] if may_span(text) else text.split()
        if stretches and stretches == text.split(" "):  # single spaces and nothing else, as most write
            known = self._chunks
            tokens.extend_spaced([known[one] or self._read(one) for one in stretches], stretches)
        else:
            tokens.extend(self._placed(text))
            tokens.close()
        return Analysis(text, tokens.words, tokens.starts, tokens.ends)

    def _placed(self, text: str) -> Iterator[tuple[int, Chunk]]:
        """Yield what stands between white space, with the place where it starts."""
        known = self._chunks
        if not may_span(text):
            for match in _CHUNK.finditer(text):
                chunk = match[0]
                yield match.start(), known[chunk] or self._read(chunk)
        else:
            for piece in scan(text):
                if piece.kind is not Kind.SPACE:
                    part = text[piece.start : piece.end]
                    yield piece.start, known[part] or self._read(part)

    def _read(self, chunk: str) -> Chunk:
        """Return the tokens of a stretch without white space (or of one piece), and remember them."""
        found: list[tuple[Word, int, int]] = []
        for piece in scan(chunk):
            for part in self._parts(chunk, piece):
                word, start = self._word(part), part.start
                if found and self._glued(found[-1], start, word):
                    left, start, _ = found.pop()
                    word = self._words.word(left.norm + word.norm)
                found.append((word, start, part.end))
        first, last = found[0][0], found[-1][0]
        continues = first.kind is Kind.WORD and self._joins.continues(first.norm)
        opens = last.kind is Kind.WORD and self._joins.opens(last.norm)
        read = self._chunks[chunk] = Chunk(tuple(found), continues, opens)
        return read

    def _glued(self, last: tuple[Word, int, int], start: int, word: Word) -> bool:
        """Tell whether a part that a non-joiner cut off belongs to the one before after all («می‌چسبونید»)."""
        words = last[0].kind is Kind.WORD and word.kind is Kind.WORD
        return words and last[2] == start and self._joins(last[0].norm, word.norm)

    def _word(self, piece: Piece) -> Word:
        if piece.kind is Kind.WORD:
            return self._words.word(piece.key)
        return self._words.other(piece.kind, piece.key)

    def _parts(self, chunk: str, piece: Piece) -> list[Piece]:
        """Cut a word at its non-joiners where nothing is known of the whole («شده‌است»)."""
        raw = chunk[piece.start : piece.end]
        if piece.kind is not Kind.WORD or raw.isalpha():
            return [piece]
        found = _JOINER_CUT.finditer(raw)
        cut = [Piece(Kind.WORD, piece.start + m.start(), piece.start + m.end(), key(m[0])) for m in found]
        known = self._words.word(piece.key).readings and cut[-1].key not in PARTICIPLES
        return [piece] if known or not all(part.key for part in cut) else cut
