"""Make replies comparable: what changes from customer to customer becomes one symbol, courtesy goes.

Two replies from one template get the same masked text: names, numbers, dates, amounts, times, links and codes
are covered, greeting and closing are dropped, spelling is folded, punctuation and white space are single spaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import AnyStr

from hamdel.identifiers import blank_identifiers
from hamdel.language.fold import key
from hamdel.language.sets import word_set
from hamdel.masking.courtesy import body, greeting_end
from hamdel.masking.cover import cover
from hamdel.masking.tokens import SYMBOL, Kind, Tokens, read_tokens

__all__ = [
    "CLAUSE",
    "SENTENCE",
    "SYMBOL",
    "MaskedText",
    "compared",
    "covered_spans",
    "mask",
    "mask_layout",
    "mask_opening",
    "mask_with_offsets",
    "own_words",
    "sentence_spans",
]

#: What parts the sentences and the clauses of a layout.
SENTENCE, CLAUSE = "\n", "،"

_PLAIN = str.maketrans(SENTENCE + CLAUSE, "  ")
_LETTERED = re.compile(r"[A-Za-zＡ-Ｚａ-ｚ@＠]|(?<!\w)ات\b")
_WORD, _COVERED, _MARK, _PAUSE, _STOP = map(int, Kind)
_SEPARATORS = {_MARK: " ", _PAUSE: CLAUSE, _STOP: SENTENCE}

_PREFIXES = word_set("grammar.ending.imperfective")
_SUFFIXES = word_set("grammar.ending.rejoined")


@dataclass(frozen=True, slots=True)
class MaskedText:
    """A masked reply that knows where it comes from.

    Attributes:
        text: as `mask` returns it.
        layout: as `mask_layout` returns it, as long as ``text``.
        starts, ends: for each character of ``text``, the code points of the raw reply it stands for.
    """

    text: str
    layout: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the raw ``(start, end)`` of the non-empty slice ``text[start:end]``."""
        return self.starts[start], self.ends[end - 1]


def mask(text: str) -> str:
    """Return the comparable form of a reply; empty when nothing but courtesy is in it.

    >>> mask("سلام مینا جان، سفارش ۵۵۰۱ فردا می رسد.") == mask("سلام، سفارش 7712 شنبه می‌رسد. در خدمتم.")
    True
    """
    return compared(mask_layout(text))


def compared(layout: str) -> str:
    """Return the `mask` of a reply whose layout is known."""
    return layout.translate(_PLAIN)


def mask_layout(text: str) -> str:
    r"""Return `mask` of a reply, with marks for the spaces that part sentences (`SENTENCE`) and clauses (`CLAUSE`).

    >>> mask_layout("سلام. بله، سفارش ۵۵۰۱ رسید! فاکتور هم هست.")
    'بله،سفارش # رسید\nفاکتور هم هست'
    """
    return "".join(_pieces(read_tokens(_blanked(text), body)).joined[1:])


def covered_spans(text: str) -> list[tuple[int, int]]:
    """Return where a reply has what changes from customer to customer, its greeting and closing included.

    Args:
        text: the raw reply.
    """
    text = _blanked(text)
    tokens = read_tokens(text, lambda folded: (0, len(folded)))
    cover(tokens.texts, tokens.kinds)
    froms, tos = _folded_places(text)
    return [
        (froms[start], tos[end - 1])
        for (start, end), kind in zip(tokens.spans(), tokens.kinds, strict=True)
        if kind == _COVERED
    ]


def sentence_spans(layout: AnyStr, end: AnyStr, shortest: int = 0) -> Iterator[tuple[int, int]]:
    """Yield where the sentences of a layout are.

    Args:
        layout: as `mask_layout` returns it, or coded (see `hamdel.archive.alphabet`).
        end: what parts sentences: `SENTENCE`, or its code.
        shortest: characters; shorter sentences are left out.
    """
    start = 0
    for sentence in layout.split(end):
        if len(sentence) >= shortest:
            yield start, start + len(sentence)
        start += len(sentence) + 1


def mask_opening(text: str) -> str:
    """Return the layout of a reply whose closing stays: an opening such as «ممنون از پیامتون» is courtesy as well.

    >>> mask_opening("سلام مینا جان، ممنون از صبوری شما.") == mask_opening("درود. ممنون از صبوری شما")
    True
    """
    return "".join(_pieces(read_tokens(_blanked(text), _after_greeting)).joined[1:])


def own_words(masked: str) -> int:
    """Count the words of a masked text or layout that aren't covered."""
    return sum(word != SYMBOL for word in compared(masked).split())


def mask_with_offsets(text: str, *, closing: bool = False) -> MaskedText:
    """Return `mask` of ``text`` with the way back to the raw places.

    Args:
        text: the raw reply.
        closing: keep the closing, as `mask_opening` does.
    """
    text = _blanked(text)
    froms, tos = _folded_places(text)
    tokens = read_tokens(text, _after_greeting if closing else body)
    spans = tokens.spans()
    pieces = _pieces(tokens)
    starts: list[int] = []
    ends: list[int] = []
    for words, first, last in zip(pieces.joined[1::2], pieces.firsts, pieces.lasts, strict=True):
        begin, end = spans[first][0], spans[last][1]
        if starts:
            starts.append(min(ends[-1], froms[begin]))  # one raw character may hold two pieces: «㎂»
            ends.append(froms[begin])
        if tokens.kinds[first] == _COVERED or end - begin != len(words):  # covered, or two tokens joined
            starts += [froms[begin]] * len(words)
            ends += [tos[end - 1]] * len(words)
        else:
            starts += froms[begin:end]
            ends += tos[begin:end]
    layout = "".join(pieces.joined[1:])
    return MaskedText(compared(layout), layout, tuple(starts), tuple(ends))


def _blanked(text: str) -> str:
    """Return a reply in which personal data is a number: a password has letters, and «(at)» looks like a word.

    All numbers are covered anyway, so texts without such letters needn't be searched.
    """
    return blank_identifiers(text, "0") if _LETTERED.search(text) else text


class _Lengths(dict[str, int]):
    """How long what folding leaves of a character is."""

    def __missing__(self, char: str) -> int:
        length = self[char] = len(key(char))
        return length


_LENGTHS = _Lengths()


def _folded_places(text: str) -> tuple[list[int], list[int]]:
    """Where the raw code points start and end that each folded one stands for.

    What folding drops belongs to the character before it.
    """
    starts: list[int] = []
    ends: list[int] = []
    for place, length in enumerate(map(_LENGTHS.__getitem__, text)):
        if length == 1:
            starts.append(place)
            ends.append(place + 1)
        elif length:
            starts += [place] * length
            ends += [place + 1] * length
        elif ends:
            ends[-1] = place + 1
    return starts, ends


def _after_greeting(folded: str) -> tuple[int, int]:
    return greeting_end(folded), len(folded)


@dataclass(slots=True)
class _Pieces:
    """What remains of a reply.

    Attributes:
        joined: by turns what stands before a piece and the piece.
        firsts, lasts: the first and last token of each piece.
    """

    joined: list[str]
    firsts: list[int]
    lasts: list[int]


def _pieces(tokens: Tokens) -> _Pieces:
    """Cover, and put together what is covered side by side or is one word in another spelling."""
    texts, kinds = tokens.texts, tokens.kinds
    cover(texts, kinds)
    pieces = _Pieces([], [], [])
    joined, firsts, lasts = pieces.joined, pieces.firsts, pieces.lasts
    before, gap = _MARK, 0  # the kind of the last piece, and the gravest mark after it
    for place, (kind, text) in enumerate(zip(kinds, texts, strict=True)):
        if kind >= _MARK:
            gap = max(gap, kind)
            continue
        if kind == before == _COVERED:
            lasts[-1] = place
        elif not gap and before == kind and tokens.spaced[place] and (text in _SUFFIXES or joined[-1] in _PREFIXES):
            joined[-1] += text
            lasts[-1] = place
        else:
            joined.append(_SEPARATORS[gap] if gap else " ")
            joined.append(text)
            firsts.append(place)
            lasts.append(place)
        before, gap = kind, 0
    return pieces
