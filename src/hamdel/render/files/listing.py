"""Many reports for people and for editors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from hamdel.model import Lang, Severity
from hamdel.model.files import Checked, Outcome, Text
from hamdel.render.files.places import located
from hamdel.render.report import terminal
from hamdel.render.text.bidi import isolated, ltr, visible
from hamdel.render.text.pieces import Line, Piece, Role
from hamdel.render.text.words import words

__all__ = ["lines", "remarks", "render", "sums"]

_SUMS = {Lang.FA: "بررسی شد: {texts}؛ {sums}", Lang.EN: "{texts} checked: {sums}"}
_TEXTS = {Lang.FA: ("{n} متن", "{n} متن"), Lang.EN: ("{n} text", "{n} texts")}
_CLEAN = {Lang.FA: "چیزی برای تغییر پیدا نشد؛ {texts} بررسی شد.", Lang.EN: "{texts} checked, nothing to change."}
_TROUBLES = {
    Lang.FA: ("بررسی نشد: {n} پرونده.",) * 2,
    Lang.EN: ("{n} file couldn't be checked.", "{n} files couldn't be checked."),
}
_PRUNE = ltr("--prune-suppressions")
_HIDDEN = {
    Lang.FA: ("نشان داده نشد: {n} مورد که پیش‌تر کنار گذاشته شده است.",) * 2,
    Lang.EN: ("{n} finding is hidden by the suppressions file.", "{n} findings are hidden by the suppressions file."),
}
_UNNEEDED = {
    Lang.FA: (f"دیگر در متن‌ها نیست: {{n}} مورد کنارگذاشته؛ با {_PRUNE} برداشته می‌شود.",) * 2,
    Lang.EN: (
        f"{{n}} suppression is no longer needed; remove it with {_PRUNE}",
        f"{{n}} suppressions are no longer needed; remove them with {_PRUNE}",
    ),
}


def render(outcome: Outcome, lang: Lang, view: terminal.View) -> Iterator[Line]:
    """Yield all reports with findings, each under the name of its file, then the sums.

    Args:
        outcome: of the run.
        lang: of the words.
        view: as for a single report.
    """
    for one in outcome.checked:
        if one.report.findings:
            yield isolated(Piece(ltr(visible(_name(one.text))), Role.HEADING))
            yield from terminal.render(one.report, view)
            yield ()
    if outcome.checked:
        yield isolated(Piece(sums(outcome, lang), Role.HEADING))
    yield from remarks(outcome, lang)


def remarks(outcome: Outcome, lang: Lang) -> Iterator[Line]:
    """Yield what was left out: files, and findings that the suppressions file hides."""
    text = words(lang)
    unread = len(outcome.troubles) if outcome.checked else 0  # each has had a line of its own
    told = ((_TROUBLES, unread), (_HIDDEN, outcome.hidden), (_UNNEEDED, outcome.unneeded))
    for forms, number in told:
        if number:
            yield isolated(Piece(text.count(forms[lang], number), Role.QUIET))


def lines(outcome: Outcome, *, show_personal: bool = False) -> Iterator[str]:
    """Yield a line for each finding, ``FILE:LINE:COL: severity: message [id]``; column 1 where it isn't known."""
    for one in outcome.checked:
        for finding, spot in located(one, show_personal=show_personal):
            name, message = visible(one.text.file), visible(finding.message)
            place = f"{name}:{spot.line}:{spot.column or 1}"
            yield f"{place}: {finding.severity}: {message} [{finding.check}]\n"


def _name(text: Text) -> str:
    return f"{text.file}:{text.line} {text.place}" if text.place else text.file


def sums(outcome: Outcome, lang: Lang) -> str:
    """Return how many texts were checked, and how many findings of each severity there are."""
    text = words(lang)
    texts = text.count(_TEXTS[lang], len(outcome.checked))
    counts = _counted(outcome.checked)
    if not counts:
        return _CLEAN[lang].format(texts=texts)
    sums = text.comma.join(text.count(text.counts[level], counts[level]) for level in Severity if counts[level])
    return _SUMS[lang].format(texts=texts, sums=sums)


def _counted(checked: tuple[Checked, ...]) -> Counter[Severity]:
    return Counter(finding.severity for one in checked for finding in one.report.findings)
