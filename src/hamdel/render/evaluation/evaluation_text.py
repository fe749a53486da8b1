"""An evaluation for people: a table of checks, a few sentences, and where hamdel and the labels disagree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from hamdel.model import Lang
from hamdel.model.evaluation import Agreement, Disagreement, Evaluation, Figure, Row
from hamdel.render.text.bidi import isolated, ltr, visible
from hamdel.render.text.figures import decimal, percent, whole
from hamdel.render.text.paragraph import INDENT, wrapped
from hamdel.render.text.pieces import Line, Piece, Role

__all__ = ["render"]

_LRM = "\u200e"  # makes a row left-to-right, whatever its first cell is
_NARROW = dict.fromkeys(map(ord, "\u200c\u200e"))  # take no room
_GAP = "  "


@dataclass(frozen=True, slots=True)
class _Words:
    """The fixed texts of one language.

    Attributes:
        columns: of the table.
        overall: the row of all checks.
        range: an interval in a sentence, ``{low}`` and ``{high}``.
        clean: false alarms on drafts without labels.
        scores: rank correlation with ratings, by the score's name.
        emotion: the customer's emotions told right.
        disagreements: the heading of the list.
        wrong, missed: what one of them is, before a text and without one.
        more, unknown, off: what is left out, ``{n}``.
        note: how to read the figures.
    """

    columns: tuple[str, ...]
    overall: str
    range: str
    clean: str
    scores: dict[str, str]
    emotion: str
    disagreements: str
    wrong: tuple[str, str]
    missed: tuple[str, str]
    more: str
    unknown: str
    off: str
    note: str


_WORDS = {
    Lang.FA: _Words(
        columns=("بررسی", "دقت", "بازیابی", "F1", "کاپا", "برچسب", "نامعلوم"),
        overall="همه",
        range=" ({low} تا {high})",
        clean="هشدار بی‌جا روی پیش‌نویس‌های بی‌ایراد: {value}{range} از {n} مورد",
        scores={
            "respect": "هم‌خوانی امتیاز احترام با نمرهٔ آدم‌ها (ρ اسپیرمن): {value}{range}، {n} مورد",
            "empathy": "هم‌خوانی امتیاز همدلی با نمرهٔ آدم‌ها (ρ اسپیرمن): {value}{range}، {n} مورد",
        },
        emotion="تشخیص درست احساس مشتری: {value}{range} از {n} مورد",
        disagreements="اختلاف همدل با برچسب‌ها",
        wrong=("بی‌جا: «{text}»", "بی‌جا (کل متن)"),
        missed=("ندیده: «{text}»", "ندیده (کل متن)"),
        more="هنوز {n} اختلاف دیگر هم هست: " + ltr("--all-cases"),
        unknown="کنار گذاشته شد: {n} برچسب، چون همدل چنین بررسی‌ای ندارد.",
        off="کنار گذاشته شد: {n} برچسب، چون بررسی‌اش در تنظیمات خاموش است.",
        note=(
            "بر پایهٔ {n} مورد. عددهای داخل پرانتز بازهٔ اطمینان ۹۵٪ است (بوت‌استرپ روی موردها)؛ جایی که همهٔ موردها یک "
            "چیز بگویند بازه‌ای نیست. «نامعلوم» یافته‌هایی است که نه درست شمرده شد و نه غلط. وقتی برچسب کم است، به هیچ "
            "عددی زیاد تکیه نکنید."
        ),
    ),
    Lang.EN: _Words(
        columns=("check", "precision", "recall", "F1", "kappa", "labels", "unjudged"),
        overall="all",
        range=" ({low} to {high})",
        clean="False alarms on drafts without labels: {value}{range} of {n}",
        scores={
            "respect": "Respect score and people's ratings (Spearman's rho): {value}{range}, {n} cases",
            "empathy": "Empathy score and people's ratings (Spearman's rho): {value}{range}, {n} cases",
        },
        emotion="Customers' emotions told right: {value}{range} of {n}",
        disagreements="Where hamdel and the labels disagree",
        wrong=("wrong: “{text}”", "wrong (whole draft)"),
        missed=("missed: “{text}”", "missed (whole draft)"),
        more="{n} more: --all-cases",
        unknown="Labels left out because hamdel has no such check: {n}",
        off="Labels left out because their check is switched off: {n}",
        note=(
            "{n} cases. In brackets: 95% confidence intervals (bootstrap over cases); none where all cases agree. "
            "“Unjudged” findings count neither as right nor as wrong. With few labels, trust no figure much."
        ),
    ),
}


def render(evaluation: Evaluation, lang: Lang, width: int | None = None) -> Iterator[Line]:
    """All of an evaluation as lines.

    Args:
        evaluation: what to show.
        lang: the language of everything but ids and quotations.
        width: of the terminal; None for a pipe.
    """
    text = _WORDS[lang]
    if evaluation.checks:
        yield from _table([*evaluation.checks, evaluation.overall], text, lang)
        yield ()
    for sentence in _sentences(evaluation, text, lang):
        yield isolated(Piece(sentence))
    if evaluation.disagreed:
        yield from _disagreements(evaluation, text, lang)
    yield ()
    for form, number in ((text.unknown, evaluation.unknown), (text.off, evaluation.off)):
        if number:
            yield isolated(Piece(form.format(n=whole(number, lang)), Role.QUIET))
    yield from wrapped(text.note.format(n=whole(evaluation.cases, lang)), width, Role.QUIET)


def _table(rows: Iterable[Row], text: _Words, lang: Lang) -> Iterator[Line]:
    """The checks, one a row, in aligned columns."""
    cells = [text.columns, *(_cells(row, text, lang) for row in rows)]
    widths = [max(_width(row[column]) for row in cells) for column in range(len(text.columns))]
    for number, row in enumerate(cells):
        role = Role.HEADING if number in (0, len(cells) - 1) else Role.PLAIN
        first = Piece(_LRM + row[0], Role.CHECK if role is Role.PLAIN else role)
        line: Line = (first,)
        for before, cell, width in zip(row, row[1:], widths, strict=False):
            line = (*line, Piece(" " * (width - _width(before)) + _GAP), *isolated(Piece(cell, role)))
        yield line


def _width(cell: str) -> int:
    return len(cell.translate(_NARROW))


def _cells(row: Row, text: _Words, lang: Lang) -> tuple[str, ...]:
    return (
        row.check or text.overall,
        _with_interval(row.precision, lang),
        _with_interval(row.recall, lang),
        percent(row.f1.value, lang),
        decimal(row.kappa.value, lang),
        whole(row.support, lang),
        whole(row.unjudged, lang),
    )


def _with_interval(figure: Figure, lang: Lang) -> str:
    """A share and its interval, such as «97% (90–100)»."""
    shown = percent(figure.value, lang)
    if not _varies(figure):
        return shown
    return f"{shown} ({percent(figure.low, lang, '')}–{percent(figure.high, lang, '')})"


def _varies(figure: Figure) -> bool:
    """Whether there is an interval to show; one without any width would look like certainty."""
    return figure.low != figure.high


def _sentences(evaluation: Evaluation, text: _Words, lang: Lang) -> Iterator[str]:
    """What isn't about one check; nothing about what nobody labelled."""
    shares = ((text.clean, evaluation.alarms), (text.emotion, evaluation.emotion))
    for form, agreement in shares:
        if agreement.cases:
            yield _sentence(form, agreement, text, lang, share=True)
    for name, agreement in evaluation.scores.items():
        if agreement.cases:
            yield _sentence(text.scores[name], agreement, text, lang, share=False)


def _sentence(form: str, agreement: Agreement, text: _Words, lang: Lang, *, share: bool) -> str:
    write = percent if share else decimal
    value, low, high = (write(number, lang) for number in agreement.figure)
    range_ = text.range.format(low=low, high=high) if _varies(agreement.figure) else ""
    return form.format(value=value, range=range_, n=whole(agreement.cases, lang))


def _disagreements(evaluation: Evaluation, text: _Words, lang: Lang) -> Iterator[Line]:
    if evaluation.disagreements:
        yield ()
        yield isolated(Piece(text.disagreements, Role.HEADING))
    for one in evaluation.disagreements:
        yield _disagreement(one, text)
    if more := evaluation.disagreed - len(evaluation.disagreements):
        yield isolated(Piece(text.more.format(n=whole(more, lang)), Role.QUIET))


def _disagreement(one: Disagreement, text: _Words) -> Line:
    about_text, about_whole = text.missed if one.missed else text.wrong
    what = about_text.format(text=visible(one.text)) if one.text else about_whole
    return (
        INDENT,
        Piece(_LRM + visible(one.place), Role.QUIET),
        Piece(_GAP),
        Piece(one.check, Role.CHECK),
        Piece(_GAP),
        *isolated(Piece(what)),
    )
