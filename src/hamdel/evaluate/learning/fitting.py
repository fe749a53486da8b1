"""From judged sentences to lessons: how often a check is shown, and the team's own sentences.

A threshold moves only where that pays for all that is known of a check: a false alarm costs two misses, and to leave
what is shipped costs something by itself (a Gaussian prior), for a few corrections say little of a whole check. What
hamdel gets wrong about a sentence is remembered with it, which says all about that sentence and those like it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from hamdel.evaluate.learning.points import Point, Verdict, is_explicit
from hamdel.evidence.learned.wordings import ALIKE, Index
from hamdel.model.learned import Lesson, Level, Phrase

__all__ = ["fit_lessons", "fit_phrases"]

_STEPS = np.arange(-2.0, 1.01, 0.1)
_ALARM = 2.0  # misses that a false alarm costs
_PRIOR = 3.0  # what a move by one logit costs
_WORTH = 1.0  # what a move must win
_SOFT = 0.3  # logits within which a finding is neither shown nor not
_UNSAID = 0.5  # what counts that nobody said
#: A rule's finds are right so often, as if that many had been seen; below the shares they are milder, or hidden.
_RULES, _SEEN, _MILDER, _HIDDEN = 0.85, 4.0, 0.6, 0.35


def fit_lessons(points: Sequence[Point]) -> dict[str, Lesson]:
    """Return what is learned of each check that somebody said something of."""
    found: dict[str, list[Point]] = defaultdict(list)
    for point in points:
        found[point.check].append(point)
    return {check: _lesson(own) for check, own in sorted(found.items()) if any(point.said for point in own)}


def _lesson(points: Sequence[Point]) -> Lesson:
    counts = Counter(point.verdict for point in points)
    return Lesson(
        offset=_offset(points),
        level=_level(points),
        wrong=counts[Verdict.WRONG],
        missed=counts[Verdict.MISSED],
        right=counts[Verdict.RIGHT],
    )


def _offset(points: Sequence[Point]) -> float:
    """Return by how much the reader's logits are moved; 0 where that isn't worth it."""
    told = [point for point in points if point.logit is not None and point.finds and not point.rule]
    if not any(point.said for point in told):
        return 0.0
    logits = np.array([point.logit for point in told])
    limits = np.array([point.limits for point in told])
    faulty = np.array([point.verdict.faulty for point in told])
    weight = np.array([1.0 if point.said else _UNSAID for point in told])
    worth = np.where(faulty, 1.0, -_ALARM) * weight
    moved = logits[None, :, None] + _STEPS[:, None, None] - limits[None]
    shown = 1 / (1 + np.exp(-np.clip(moved / _SOFT, -30, 30)))
    gains = (shown.mean(axis=2) * worth).sum(axis=1) - _PRIOR * _STEPS**2 / 2
    best = int(np.argmax(gains))
    stay = int(np.argmin(np.abs(_STEPS)))
    return round(float(_STEPS[best]), 1) if gains[best] - gains[stay] >= _WORTH else 0.0


def _level(points: Iterable[Point]) -> Level:
    """Return what becomes of the finds of rules, by how many of them are right."""
    rules = [point for point in points if point.rule and point.shown]
    right = sum(point.verdict is Verdict.RIGHT for point in rules)
    share = (right + _RULES * _SEEN) / (len(rules) + _SEEN)
    if share < _HIDDEN:
        return Level.HIDDEN
    return Level.MILDER if share < _MILDER else Level.SHOWN


def fit_phrases(points: Sequence[Point]) -> tuple[Phrase, ...]:
    """Return the team's own sentences: what hamdel gets wrong, less what the team doesn't agree on."""
    own: dict[tuple[str, bool], list[Point]] = defaultdict(list)
    for point in points:
        if point.words:
            own[point.check, point.whole].append(point)
    kept = {key: list(_agreed(found)) for key, found in sorted(own.items())}
    return tuple(phrase for (check, _), found in kept.items() for phrase in _distinct(check, found))


def _agreed(points: Sequence[Point]) -> Iterator[Point]:
    """Yield what hamdel gets wrong where more say so of the sentences that would be taken for it than the opposite.

    Who leaves such a sentence alone says something, too.
    """
    said = [point for point in points if is_explicit(point)]
    if not said:
        return
    wordings = {frozenset(point.words): point.words for point in said}
    keys, index = list(wordings), Index(list(wordings.values()))
    votes: dict[frozenset[int], Counter[bool]] = {key: Counter() for key in keys}
    for words, voices in _voices(points):
        for place, alike in index.near(words).items():
            if alike >= ALIKE:
                votes[keys[place]] += voices
    for point in said:
        found = votes[frozenset(point.words)]
        if found[point.verdict.faulty] * 2 > found.total():
            yield point


def _voices(points: Iterable[Point]) -> Iterable[tuple[Mapping[int, float], Counter[bool]]]:
    """Return each wording once, with how many say that it has the fault, and that it hasn't."""
    found: dict[frozenset[int], tuple[Mapping[int, float], Counter[bool]]] = {}
    for point in points:
        found.setdefault(frozenset(point.words), (point.words, Counter()))[1][point.verdict.faulty] += 1
    return found.values()


def _distinct(check: str, points: Iterable[Point]) -> list[Phrase]:
    """Return one phrase for each sentence, however often it was corrected."""
    found: dict[tuple[frozenset[int], bool, bool], Phrase] = {}
    for point in points:
        faulty = point.verdict.faulty
        key = frozenset(point.words), faulty, point.whole
        found.setdefault(key, Phrase(check, faulty, dict(point.words), point.text, point.whole))
    return list(found.values())
