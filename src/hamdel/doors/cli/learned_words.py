"""What was learned, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from math import exp, log
from pathlib import Path

from hamdel.model import Lang
from hamdel.model.learned import Errors, Learned, Lesson, Level
from hamdel.render.text.bidi import isolated, ltr
from hamdel.render.text.dates import calendar_day
from hamdel.render.text.figures import percent, whole
from hamdel.render.text.pieces import Line, Piece, Role

__all__ = ["say", "shown_lines", "summary_lines"]

_SAID: Mapping[str, tuple[str, str]] = {
    "forgotten": (
        "آنچه تیم یاد داده بود پاک شد؛ همدل همان است که عرضه شده: {path}",
        "what the team had taught is gone; hamdel is as it is shipped: {path}",
    ),
    "no_better": (
        "از {n} پاسخ چیزی به دست نیامد که از همدلِ عرضه‌شده بهتر باشد؛ همان می‌ماند و چیزی نوشته نشد.",
        "{n} replies taught nothing that does better than hamdel as it is shipped; that stays, nothing was written.",
    ),
    "name_it": (
        'برای به کار بردنش در hamdel.toml بنویسید: learned = "{path}"',
        'to use it, write into hamdel.toml: learned = "{path}"',
    ),
    "written": ("از {n} پاسخ یاد گرفت: {path}", "learned from {n} replies: {path}"),
    "phrases": (
        "{faulty} جملهٔ خودتان ایراد دارد و {fine} جمله درست است؛ هر وقت با کمی تغییر برگردند، شناخته می‌شوند.",
        "{faulty} sentences of yours have a fault and {fine} are right; they are known when they come again, reworded.",
    ),
    "taught": (
        "اگر همان جمله‌ها برگردند: هشدار نادرست از {a} به {b}، ایراد ندیده از {c} به {d}",
        "when these sentences come again: false alarms from {a} to {b}, missed faults from {c} to {d}",
    ),
    "unseen": (
        "در جمله‌هایی که ندیده (راستی‌آزمایی متقاطع): هشدار نادرست از {a} به {b}، ایراد ندیده از {c} به {d}",
        "on unseen sentences (cross-validation): false alarms from {a} to {b}, missed faults from {c} to {d}",
    ),
    "made": ("یاد گرفته در {day} از {n} پاسخ", "learned on {day} from {n} replies"),
    "counts": (
        "نادرست خوانده شده: {wrong}، ندیده مانده: {missed}، بی‌اعتراض: {right}",
        "called wrong: {wrong}, missed: {missed}, left alone: {right}",
    ),
    "limits": (
        "نشان دادن از احتمال {a} به {b}، هشدار از {c} به {d}",
        "shown from a chance of {a}, now {b}; a warning from {c}, now {d}",
    ),
    "milder": ("یافته‌های قاعده‌ها یک درجه ملایم‌تر", "what rules find is one severity milder"),
    "hidden": ("یافته‌های قاعده‌ها نشان داده نمی‌شود", "what rules find isn't shown"),
    "faulty": ("ایراد دارد: {text}", "has it: {text}"),
    "fine": ("درست است: {text}", "is right: {text}"),
    "draft": ("(کل پاسخ)", "(a whole reply)"),
}


def say(key: str, lang: Lang, **values: object) -> str:
    """Return a text by its name, with ``values`` put in."""
    shown = {
        name: whole(value, lang) if isinstance(value, int) else ltr(str(value)) if isinstance(value, Path) else value
        for name, value in values.items()
    }
    return _SAID[key][lang is not Lang.FA].format(**shown)


def summary_lines(learned: Learned, path: Path, lang: Lang) -> Iterator[Line]:
    """Yield what one run learned."""
    yield isolated(Piece(say("written", lang, n=learned.cases, path=path), Role.HEADING))
    yield from _proof(learned, lang)


def _day(made: str, lang: Lang) -> str:
    """A day of the reader's calendar; what is no day stays as it is."""
    try:
        return calendar_day(date.fromisoformat(made), lang)
    except ValueError:
        return made


def _proof(learned: Learned, lang: Lang) -> Iterator[Line]:
    faulty = sum(phrase.faulty for phrase in learned.phrases)
    yield isolated(Piece(say("phrases", lang, faulty=faulty, fine=len(learned.phrases) - faulty)))
    for key in ("taught", "unseen"):
        before, after = getattr(learned.validation, key)
        yield isolated(Piece(say(key, lang, **_changes(before, after))))


def _changes(before: Errors, after: Errors) -> dict[str, int]:
    return {"a": before.alarms, "b": after.alarms, "c": before.missed, "d": after.missed}


def shown_lines(
    learned: Learned, titles: Mapping[str, str], limits: Mapping[str, tuple[float, float]], lang: Lang
) -> Iterator[Line]:
    """Yield what a file holds, check by check.

    Args:
        learned: what was learned.
        titles: of all checks, by id.
        limits: from which chance on the shipped reader shows a finding of a check, and from which it is a warning.
        lang: the language.
    """
    yield isolated(Piece(say("made", lang, day=_day(learned.made, lang), n=learned.cases), Role.HEADING))
    yield from _proof(learned, lang)
    for check, lesson in learned.lessons.items():
        yield ()
        title = isolated(Piece(titles.get(check, check), Role.HEADING))
        yield (*title, Piece("  "), *isolated(Piece(check, Role.CHECK)))
        yield from (_indented(text) for text in _lesson(lesson, limits.get(check), lang))
        for phrase in learned.phrases:
            if phrase.check == check:
                text = phrase.text if not phrase.whole else f"{say('draft', lang)} {phrase.text[:80]}"
                yield _indented(say("faulty" if phrase.faulty else "fine", lang, text=f"«{text}»"), Role.QUIET)


def _lesson(lesson: Lesson, limits: tuple[float, float] | None, lang: Lang) -> Iterator[str]:
    yield say("counts", lang, wrong=lesson.wrong, missed=lesson.missed, right=lesson.right)
    if limits and lesson.offset:
        (shown, sure), moved = limits, [_moved(limit, lesson.offset) for limit in limits]
        chances = {"a": shown, "b": moved[0], "c": sure, "d": moved[1]}
        yield say("limits", lang, **{name: percent(chance, lang) for name, chance in chances.items()})
    if lesson.level is not Level.SHOWN:
        yield say(lesson.level.value, lang)
    if lesson.offset or lesson.level is not Level.SHOWN:
        yield say("unseen", lang, **_changes(lesson.shipped, lesson.learned))


def _moved(limit: float, offset: float) -> float:
    """Return from which shipped chance on a finding is shown when logits are moved."""
    inside = min(max(limit, 1e-6), 1 - 1e-6)
    return 1 / (1 + exp(offset - log(inside / (1 - inside))))


def _indented(text: str, role: Role = Role.PLAIN) -> Line:
    return (Piece("  "), *isolated(Piece(text, role)))
