"""A text and all that its language says: tokens, words, sentences, clauses, zones; made once per text.

`Analysis` keeps offsets into the raw text; `hamdel.language.docs` makes a spaCy Doc with the same tokens of it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from functools import cached_property

from hamdel.language.fold import JOINERS, key
from hamdel.language.joining import PARTICIPLES, Joiner
from hamdel.language.memory import Memory
from hamdel.language.sentences import clauses, sentences
from hamdel.language.tokenizer import SPANNING, Kind, Piece, scan
from hamdel.language.words import Word, Words
from hamdel.language.zones import silent_tokens

__all__ = ["Analysis", "Analyzer"]

_JOINER_CUT = re.compile(f"[^{JOINERS}]+[{JOINERS}]*")
_CHUNK = re.compile(r"\S+")
_SPACES = re.compile(r"[^\S\n]+|\n")
_CHUNKS = 6_000  # kept in memory: a thousand replies have about twice as many
#: What may stand inside one word: a space, a no-break space, a narrow one.
_GAPS = " \u00a0\u202f\u2009"
_SPACE_WORDS = tuple(Word(Kind.SPACE, norm, (), norm, "SPACE", "") for norm in (" ", "\n"))
_Tokens = tuple[tuple[Word, int, int], ...]


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
        return frozenset(w.norm for w, quiet in zip(self.words, self.silent, strict=True) if not quiet)

    @cached_property
    def lemmas(self) -> frozenset[str]:
        """All lemmas of tokens that may speak."""
        return frozenset(w.lemma for w, quiet in zip(self.words, self.silent, strict=True) if not quiet)

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

    def sentence(self, token: int) -> tuple[int, int]:
        """Return the token range of the sentence around ``token``."""
        return self.sentences[bisect_right(self._sentence_starts, token) - 1]

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


class Analyzer:
    """Texts to `Analysis`.

    Args:
        words: the word forms.
        joins: tells for two keys whether they are one word, whatever stands between them.

    Attributes:
        lookup: the lexicon's readings of a matching key.
    """

    def __init__(self, words: Words, joins: Joiner) -> None:
        self._words = words
        self.lookup = words.lookup
        self._joins: Callable[[str, str], bool] = joins
        self._chunks = Memory[str, _Tokens](_CHUNKS)

    def __call__(self, text: str) -> Analysis:
        """Return the analysis of ``text``, any string."""
        tokens = _Joined(text, self._joins, self._words.word)
        add, known = tokens.add, self._chunks.get
        if SPANNING.isdisjoint(text):
            for match in _CHUNK.finditer(text):
                chunk = match[0]
                add(match.start(), known(chunk) or self._read(chunk))
        else:
            for piece in scan(text):
                if piece.kind is not Kind.SPACE:
                    part = text[piece.start : piece.end]
                    add(piece.start, known(part) or self._read(part))
        tokens.close()
        return Analysis(text, tokens.words, tokens.starts, tokens.ends)

    def _read(self, chunk: str) -> _Tokens:
        """Return the tokens of a stretch without white space (or of one piece), and remember them."""
        found: list[tuple[Word, int, int]] = []
        for piece in scan(chunk):
            for part in self._parts(chunk, piece):
                word, start = self._word(part), part.start
                if found and self._glued(found[-1], start, word):
                    left, start, _ = found.pop()
                    word = self._words.word(left.norm + word.norm)
                found.append((word, start, part.end))
        tokens = tuple(found)
        self._chunks.put(chunk, tokens)
        return tokens

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


class _Joined:
    """Collects tokens and joins words that are typed apart."""

    __slots__ = ("_joins", "_text", "_word", "ends", "starts", "words")

    def __init__(self, text: str, joins: Callable[[str, str], bool], word: Callable[[str], Word]) -> None:
        self._text = text
        self._joins = joins
        self._word = word
        self.words: list[Word] = []
        self.starts: list[int] = []
        self.ends: list[int] = []

    def add(self, offset: int, tokens: _Tokens) -> None:
        """Add the tokens of a chunk that starts at ``offset``."""
        words, starts, ends = self.words, self.starts, self.ends
        first = tokens[0][0]
        end = ends[-1] if ends else 0
        near = offset == end or (offset - end == 1 and self._text[end] in _GAPS)
        near = near and bool(words) and first.kind is Kind.WORD and words[-1].kind is Kind.WORD
        if near and self._joins(words[-1].norm, first.norm):
            self._extend(first, offset + tokens[0][2])
            tokens = tokens[1:]
            while tokens and self._joins(words[-1].norm, tokens[0][0].norm):  # «به هیچ‌عنوان»
                self._extend(tokens[0][0], offset + tokens[0][2])
                tokens = tokens[1:]
            end = offset
        if offset != end and (offset - end != 1 or self._text[end] != " " or not words):
            self._gap(end, offset)
        for word, start, stop in tokens:
            words.append(word)
            starts.append(offset + start)
            ends.append(offset + stop)

    def _extend(self, word: Word, end: int) -> None:
        """Join ``word`` to the last one; «بر می گردد» shows only then that the word before belongs to it too."""
        words, starts, ends = self.words, self.starts, self.ends
        words[-1] = self._word(words[-1].norm + word.norm)
        ends[-1] = end
        near = len(words) > 1 and words[-2].kind is Kind.WORD and starts[-1] - ends[-2] <= 1
        if near and self._joins(words[-2].norm, words[-1].norm):
            joined = words.pop()
            starts.pop()
            ends.pop()
            words[-1] = self._word(words[-1].norm + joined.norm)
            ends[-1] = end

    def _gap(self, start: int, end: int) -> None:
        """Add tokens for white space, but for the one space that a token may have after it, as in spaCy."""
        if self.words and self._text.startswith(" ", start):
            start += 1
        for match in _SPACES.finditer(self._text, start, end):
            self.words.append(_SPACE_WORDS[match[0] == "\n"])
            self.starts.append(match.start())
            self.ends.append(match.end())

    def close(self) -> None:
        """Add what follows the last token."""
        self._gap(self.ends[-1] if self.ends else 0, len(self._text))
