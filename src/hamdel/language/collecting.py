"""Tokens, collected chunk by chunk; words that are typed apart are joined on the way."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from hamdel.language.joining import Joiner
from hamdel.language.tokenizer import Kind
from hamdel.language.words import Word

__all__ = ["Chunk", "Collector"]

_SPACES = re.compile(r"[^\S\n]+|\n")
#: What may stand inside one word: a space, a no-break space, a narrow one.
_GAPS = " \u00a0\u202f\u2009"
_LONGEST = 60  # letters of a word that another may be joined to: «ها ها ها …» is no word
_SPACE_WORDS = tuple(Word(Kind.SPACE, norm, (), norm, "SPACE", "") for norm in (" ", "\n"))
_Tokens = tuple[tuple[Word, int, int], ...]


class Chunk(NamedTuple):
    """The tokens of a stretch without white space, with their offsets in it.

    Attributes:
        tokens: at least one.
        continues: the first can belong to any word before.
        opens: the last can be continued by a word after that isn't a mere ending.
    """

    tokens: _Tokens
    continues: bool
    opens: bool


class Collector:
    """Collects tokens and joins words that are typed apart."""

    __slots__ = ("_joins", "_text", "_word", "ends", "starts", "words")

    def __init__(self, text: str, joins: Joiner, word: Callable[[str], Word]) -> None:
        self._text = text
        self._joins = joins
        self._word = word
        self.words: list[Word] = []
        self.starts: list[int] = []
        self.ends: list[int] = []

    def extend_spaced(self, chunks: Sequence[Chunk], raw: Sequence[str]) -> None:
        """Add the tokens of a whole text of chunks with one space between: what `extend` and `close` do, faster.

        Args:
            chunks: all of the text's.
            raw: how each is written.
        """
        words, starts, ends, joins = self.words, self.starts, self.ends, self._joins
        place, opened = 0, False
        for chunk, written in zip(chunks, raw, strict=True):
            tokens = chunk.tokens
            if (opened or chunk.continues) and words:
                last, word = words[-1], tokens[0][0]
                both = word.kind is Kind.WORD and last.kind is Kind.WORD
                if both and len(last.norm) < _LONGEST and joins(last.norm, word.norm):
                    tokens = self._join(place, tokens)
            for word, start, stop in tokens:
                words.append(word)
                starts.append(place + start)
                ends.append(place + stop)
            opened = chunk.opens if tokens else joins.opens(words[-1].norm)
            place += len(written) + 1

    def extend(self, placed: Iterable[tuple[int, Chunk]]) -> None:
        """Add the tokens of chunks, each with the place where it starts."""
        words, ends = self.words, self.ends
        add_word, add_start, add_end = words.append, self.starts.append, ends.append
        end, opened = 0, False
        for offset, chunk in placed:
            tokens = chunk.tokens
            if (opened or chunk.continues) and self._joins_last(offset, tokens[0][0]):
                tokens = self._join(offset, tokens)
                end = offset
            if offset != end and (offset - end != 1 or self._text[end] != " " or not words):
                self._gap(end, offset)
            for word, start, stop in tokens:
                add_word(word)
                add_start(offset + start)
                add_end(offset + stop)
            end = ends[-1]
            opened = chunk.opens if tokens else self._joins.opens(words[-1].norm)

    def _joins_last(self, offset: int, word: Word) -> bool:
        """Tell whether the word at ``offset`` belongs to the last one."""
        words, end = self.words, self.ends[-1] if self.ends else 0
        near = offset == end or (offset - end == 1 and self._text[end] in _GAPS)
        both = bool(words) and word.kind is Kind.WORD and words[-1].kind is Kind.WORD
        return near and both and len(words[-1].norm) < _LONGEST and self._joins(words[-1].norm, word.norm)

    def _join(self, offset: int, tokens: _Tokens) -> _Tokens:
        """Join the first tokens of a chunk to the last word; return the others."""
        self._extend(tokens[0][0], offset + tokens[0][2])
        tokens = tokens[1:]
        while tokens and self._joins(self.words[-1].norm, tokens[0][0].norm):  # «به هیچ‌عنوان»
            self._extend(tokens[0][0], offset + tokens[0][2])
            tokens = tokens[1:]
        return tokens

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
