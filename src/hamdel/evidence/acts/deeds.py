"""What a whole reply does: its acts, and how long its promises may take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from hamdel.evidence.case import Case
from hamdel.language.fold import key
from hamdel.language.sets import entries, table
from hamdel.language.times import Bound, Time
from hamdel.language.tokenizer import Kind
from hamdel.language.words import Word
from hamdel.model import Deeds

__all__ = ["read_deeds"]

_LIKELY = 0.5
_PROMISE = "commit"
_WEEK = 168  # hours, of a time whose length isn't known
_LONGEST = 24 * 366


def read_deeds(case: Case) -> Deeds:
    """Return what a reply does; nothing of one that the learned reader didn't read.

    Args:
        case: the draft with its evidence.
    """
    evidence = case.evidence
    if evidence is None or not evidence.sentences:
        return Deeds()
    best = evidence.chances.max(axis=0).tolist()
    acts = tuple(label for label, chance in zip(evidence.labels, best, strict=True) if chance >= _LIKELY)
    return Deeds(acts, _bound(case) if _PROMISE in acts else None)


def _bound(case: Case) -> int | None:
    """The longest of the times in the sentences that promise."""
    evidence = case.evidence
    assert evidence is not None
    column = evidence.column(_PROMISE)
    pairs = zip(evidence.sentences, evidence.chances[:, column].tolist(), strict=True)
    spans = [sentence for sentence, chance in pairs if chance >= _LIKELY]
    times = [
        time
        for time in case.times
        if time.bound is Bound.EXACT and any(first <= time.first < last for first, last in spans)
    ]
    return max((_hours(case.draft.words, time) for time in times), default=None)


@cache
def _numbers(name: str) -> Mapping[str, int]:
    """Numbers by matching key, from a table whose keys are numbers."""
    numbers = table(f"lengths.{name}")
    return {key(word): int(number) for number in numbers for word in entries(f"lengths.{name}.{number}")}


def _hours(words: Sequence[Word], time: Time) -> int:
    """How many hours a time is away at most: «تا فردا ساعت ۱۰» 48, «۲ روز کاری» 96, for a weekend may be between."""
    units, days, counts, working = map(_numbers, ("units", "days", "counts", "working"))
    known, count = 0, 0
    for word in words[time.first : time.last]:
        if word.kind is Kind.NUMBER and word.norm.isdigit():
            count = min(int(word.norm), _LONGEST)
        elif (small := counts.get(word.norm, counts.get(word.lemma))) is not None:
            count += small
        elif (unit := units.get(word.norm, units.get(word.lemma))) is not None:
            whole = 2 if unit >= _WEEK and not count else 1  # «هفتهٔ آینده» ends two weeks from now
            known, count = max(known, unit * (count or whole)), 0
        elif (day := days.get(word.norm)) is not None:
            known = max(known, day)
        elif word.norm in working:
            known *= working[word.norm]
    if not known:
        known = 24 if time.clock and not time.names_day else _WEEK
    return min(known, _LONGEST)
