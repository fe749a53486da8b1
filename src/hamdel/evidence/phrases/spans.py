"""Where a token pattern matches in a few tokens of a text: what spaCy's Matcher finds, for patterns decided here.

A set of places in a window is a whole number, bit ``i`` for the place before token ``i``. A pattern's token moves the
places on by one, ``(places & mask) << 1``, where ``mask`` has the tokens that it matches (Baeza-Yates and Gonnet 1992,
"A new approach to text searching"). So what a pattern costs grows with its length and the window's, whatever it
repeats.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from hamdel.evidence.phrases.pattern_tokens import TokenTest
from hamdel.language.words import Word

__all__ = ["longest", "spans"]

_Window = Sequence[tuple[Word, str]]


def spans(tests: Sequence[TokenTest], window: _Window) -> Iterator[tuple[int, int]]:
    """Yield first and last token (exclusive) of each match of a pattern.

    Args:
        tests: the pattern's tokens, all of them decided here.
        window: words, each as read and as typed.
    """
    begins, masks = (2 << len(window)) - 1, []
    for test in reversed(tests):  # backwards, for most windows have the beginning of a pattern and not its end
        mask = _mask(test, window)
        masks.append(mask)
        begins = _moved(begins, mask, test, len(window), back=True)
        if not begins:
            return
    masks.reverse()
    for first in _places(begins):
        ends = 1 << first
        for test, mask in zip(tests, masks, strict=True):
            ends = _moved(ends, mask, test, len(window))
        for last in _places(ends):
            if last > first:
                yield first, last


def _mask(test: TokenTest, window: _Window) -> int:
    mask = 0
    for number, (word, text) in enumerate(window):
        if test.matches(word, text):
            mask |= 1 << number
    return mask


def _moved(places: int, mask: int, test: TokenTest, length: int, *, back: bool = False) -> int:
    """Return the places after a pattern's token has taken all that it can, or with ``back`` those before."""
    for _ in range(test.least):
        places = (places >> 1) & mask if back else (places & mask) << 1
    for _ in range((length if test.endless else test.most) - test.least):
        more = places | ((places >> 1) & mask if back else (places & mask) << 1)
        if more == places:
            break
        places = more
    return places


def _places(bits: int) -> Iterator[int]:
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


def longest(found: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans that are left when longer ones, then earlier ones, take their tokens first."""
    taken, kept = 0, []
    for first, last in sorted(set(found), key=lambda span: (span[0] - span[1], span[0])):
        own = (1 << last) - (1 << first)
        if not taken & own:
            taken |= own
            kept.append((first, last))
    return kept
