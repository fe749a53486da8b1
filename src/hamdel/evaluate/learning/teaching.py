"""The proof: what is learned is kept only where it does better than what is shipped, on sentences it didn't see.

Groups of alike sentences are left out in turn (a draft's sentences are in one group), so that no sentence is judged
by a lesson that it gave. Beside that stand the corrected sentences themselves, as when they come again: what is
remembered must set more of them right than it spoils of others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

import hamdel
from hamdel.evaluate.learning.fitting import fit_lessons, fit_phrases
from hamdel.evaluate.learning.points import Point, Verdict, is_explicit
from hamdel.evidence.learned.wordings import ALIKE, Index
from hamdel.model.learned import Errors, Learned, Lesson, Level, Phrase, Validation

__all__ = ["teach"]

_FOLDS = 5


def teach(points: Sequence[Point], model: str) -> Learned:
    """Return what a team's judgements teach; nothing where that wouldn't be better than what is shipped.

    Args:
        points: the judgements.
        model: the digest of the reader's model.
    """
    folds = _folds(points)
    lessons, phrases = _proved(points, folds)
    before, after = _left_out(points, folds, {phrase.check for phrase in phrases}, lessons)
    said = [point for point in points if is_explicit(point)]
    taught = _errors(said, {}, ()), _errors(said, lessons, phrases)
    validation = Validation((_total(before), _total(after)), (_total(taught[0]), _total(taught[1])))
    told = {
        check: replace(one, shipped=before.get(check, Errors()), learned=after.get(check, Errors()))
        for check, one in lessons.items()
    }
    drafts = len({point.draft for point in points})
    return Learned(
        model, told, phrases, validation, cases=drafts, made=date.today().isoformat(), hamdel=hamdel.__version__
    )


def _proved(points: Sequence[Point], folds: Sequence[int]) -> tuple[dict[str, Lesson], tuple[Phrase, ...]]:
    """Return the lessons and phrases of the checks that do better with them."""
    lessons, phrases = fit_lessons(points), fit_phrases(points)
    shipped, moved = _left_out(points, folds, frozenset(), lessons)
    kept = {
        check: one if moved[check].cost < shipped[check].cost else _milder(one)
        for check, one in lessons.items()
    }
    _, plain = _left_out(points, folds, frozenset(), kept)
    _, remembering = _left_out(points, folds, lessons.keys(), kept)
    worth = {check for check in lessons if remembering[check].cost <= plain[check].cost}
    return kept, tuple(phrase for phrase in phrases if phrase.check in worth)


def _milder(lesson: Lesson) -> Lesson:
    """Return a lesson that hides nothing: what rules find stays, milder where they are often wrong."""
    return replace(lesson, offset=0.0, level=Level.SHOWN if lesson.level is Level.SHOWN else Level.MILDER)


def _left_out(
    points: Sequence[Point], folds: Sequence[int], checks: Collection[str], lessons: Mapping[str, Lesson]
) -> tuple[dict[str, Errors], dict[str, Errors]]:
    """Return the errors by check on what was left out, shipped and learned.

    Args:
        points: all judgements.
        folds: in which fold each is left out.
        checks: whose phrases are remembered.
        lessons: what of them moves a check; others stay as they are shipped.
    """
    before: dict[str, Errors] = defaultdict(Errors)
    after: dict[str, Errors] = defaultdict(Errors)
    for fold in range(_FOLDS):
        seen = [point for point, place in zip(points, folds, strict=True) if place != fold]
        new = [point for point, place in zip(points, folds, strict=True) if place == fold]
        moving = {
            check: one
            for check, one in fit_lessons(seen).items()
            if check in lessons and (lessons[check].offset or lessons[check].level is not Level.SHOWN)
        }
        phrases = [phrase for phrase in fit_phrases(seen) if phrase.check in checks] if checks else []
        for sums, found in ((before, _errors(new, {}, ())), (after, _errors(new, moving, phrases))):
            for check, errors in found.items():
                sums[check] = sums[check] + errors
    return before, after


def _errors(points: Sequence[Point], lessons: Mapping[str, Lesson], phrases: Sequence[Phrase]) -> dict[str, Errors]:
    """Return by check what is wrong with the findings that these points would have."""
    by_check: dict[tuple[str, bool], list[Phrase]] = defaultdict(list)
    for phrase in phrases:
        by_check[phrase.check, phrase.whole].append(phrase)
    indexes = {key: Index([phrase.words for phrase in own]) for key, own in by_check.items()}
    found: dict[str, Errors] = defaultdict(Errors)
    for point in points:
        key = point.check, point.whole
        says = _remembered(point, by_check[key], indexes[key]) if key in indexes else None
        shown = _shown(point, lessons.get(point.check), says)
        faulty = point.verdict.faulty
        one = Errors(alarms=shown and not faulty, missed=faulty and not shown, right=faulty and shown)
        found[point.check] = found[point.check] + one
    return found


def _remembered(point: Point, phrases: Sequence[Phrase], index: Index) -> bool | None:
    """Return whether the team's sentence that is most like this one has the fault; None when none is like it."""
    near = index.near(point.words)
    best = max(sorted(near), key=lambda place: near[place], default=None)
    return phrases[best].faulty if best is not None and near[best] >= ALIKE else None


def _shown(point: Point, lesson: Lesson | None, says: bool | None) -> bool:
    """Return whether a finding is shown, with what was learned."""
    if says is not None:
        return says
    if lesson is None:
        return point.shown
    if point.rule:
        return point.shown and lesson.level is not Level.HIDDEN
    if point.logit is None or not point.finds or not lesson.offset:
        return point.shown
    if point.verdict in (Verdict.MISSED, Verdict.QUIET) and point.logit >= point.limits[0]:
        return False  # something else keeps it from being shown
    return point.logit + lesson.offset >= point.limits[0]


def _total(errors: Mapping[str, Errors]) -> Errors:
    return sum(errors.values(), Errors())


def _folds(points: Sequence[Point]) -> list[int]:
    """Return in which fold each point is left out: those of a draft together, and drafts that share a sentence."""
    parents: dict[int, int] = {point.draft: point.draft for point in points}

    def root(draft: int) -> int:
        while parents[draft] != draft:
            parents[draft] = draft = parents[parents[draft]]
        return draft

    drafts: dict[frozenset[int], list[Point]] = defaultdict(list)
    for point in points:
        if is_explicit(point):
            drafts[frozenset(point.words)].append(point)
    alike = list(drafts.values())
    index = Index([same[0].words for same in alike])
    for same in alike:
        near = index.near(same[0].words)
        for other in (*same, *(alike[place][0] for place in near if near[place] >= ALIKE)):
            parents[root(same[0].draft)] = root(other.draft)
    order = {draft: number for number, draft in enumerate(sorted({root(draft) for draft in parents}))}
    return [order[root(point.draft)] % _FOLDS for point in points]
