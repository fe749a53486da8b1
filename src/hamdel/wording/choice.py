"""Which wording to offer first: the one least like what the agent wrote lately."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from hamdel.language.fold import key

__all__ = ["least_used", "unsaid"]

_ALIKE = 60.0  # rapidfuzz's ratio, 0 to 100; below it two sentences share no more than any two about one matter do
_LONGEST = 5_000  # code points of a draft; each finding looks through all of it
_FEWEST = 3  # words that a wording needs to be recognised as said


def least_used(wordings: Sequence[str], recent: Sequence[str]) -> tuple[str, ...]:
    """Return the wordings, those that are least like a recent sentence first; equal ones keep their order.

    Args:
        wordings: best first.
        recent: layouts of earlier replies (see `hamdel.masking.mask.mask_layout`); without any, nothing changes.
    """
    if not recent:
        return tuple(wordings)
    from hamdel.masking.mask import SENTENCE

    said = list({sentence: None for layout in recent for sentence in layout.split(SENTENCE)})
    return tuple(sorted(wordings, key=lambda wording: _likeness(wording, said)))


def _likeness(wording: str, said: Sequence[str]) -> float:
    """Return how much a wording's likest sentence is like one of ``said``, 0 to 100; 0 below `_ALIKE`."""
    from rapidfuzz import fuzz, process

    best = 0.0
    for sentence in _sentences(wording):
        found = process.extractOne(sentence, said, scorer=fuzz.ratio, score_cutoff=max(best, _ALIKE))
        best = found[1] if found else best
    return best


@lru_cache(maxsize=1024)
def _sentences(wording: str) -> tuple[str, ...]:
    """Return the masked sentences of a wording, its closing included."""
    from hamdel.masking.mask import SENTENCE, mask_opening

    return tuple(mask_opening(wording).split(SENTENCE))


def unsaid(wordings: Sequence[str], draft: str) -> tuple[str, ...]:
    """Return the wordings that the draft doesn't hold; all of them when it holds each, or is too long to look."""
    if not draft or len(draft) > _LONGEST:
        return tuple(wordings)
    text = _text(draft)
    new = [wording for wording in wordings if wording.count(" ") + 1 < _FEWEST or _folded(wording) not in text]
    return tuple(new or wordings)


@lru_cache(maxsize=1)
def _text(draft: str) -> str:
    """The key of a draft, for which each finding asks."""
    return key(draft)


@lru_cache(maxsize=1024)
def _folded(wording: str) -> str:
    return key(wording).rstrip(".")
