"""A report for people: the sentence with its place marked, how it may be read, and better wordings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from hamdel.model import Finding, Report, Severity, Status
from hamdel.render.report.because import because
from hamdel.render.report.copies import copy_lines
from hamdel.render.report.personal import masked
from hamdel.render.report.select import Group, Selection, select
from hamdel.render.text.bidi import isolated, ltr
from hamdel.render.text.excerpt import excerpt
from hamdel.render.text.paragraph import INDENT, SEVERITY_ROLES, WIDEST, wrapped
from hamdel.render.text.pieces import Line, Piece, Role
from hamdel.render.text.positions import Positions
from hamdel.render.text.words import Words, words

__all__ = ["View", "render"]

_DEFAULT_WIDTH = 100


@dataclass(frozen=True, slots=True)
class View:
    """How to show a report.

    Attributes:
        show_all: every finding, suggestions too.
        show_personal: leave card numbers, phones and the like unmasked.
        styled: the output can underline; otherwise places are marked with ⟦…⟧.
        width: of the terminal; None for a pipe, where messages stay on one line.
    """

    show_all: bool = False
    show_personal: bool = False
    styled: bool = False
    width: int | None = None


def render(report: Report, view: View | None = None) -> list[Line]:
    """The report as lines.

    Args:
        report: what to show, in its own language.
        view: how; as for a pipe by default.
    """
    view = view or View()
    shown = report if view.show_personal else masked(report)
    text = words(shown.lang)
    if shown.status is Status.NOTHING:
        return [isolated(Piece(text.unchecked(report)))]
    selection = select(shown.findings, show_all=view.show_all)
    positions = Positions(shown.draft)
    lines: list[Line] = []
    if shown.status is Status.NOT_PERSIAN:
        lines += wrapped(text.not_persian, view.width, Role.QUIET)
    for group in selection.groups:
        lines += _block(group, shown, positions, view)
    return [*lines, *_footer(shown, selection, text)]


def _block(group: Group, report: Report, positions: Positions, view: View) -> Iterator[Line]:
    """One finding, with an empty line after it."""
    finding = group.first
    yield _heading(finding, positions, words(report.lang))
    bounds = _sentence(finding, group, positions)
    if bounds[0] < bounds[1]:
        room = min(view.width or _DEFAULT_WIDTH, WIDEST) - 2 * len(INDENT.text)
        pieces = excerpt(report.draft, bounds, group.spans, room, brackets=not view.styled)
        yield (INDENT, *isolated(*pieces))
    yield from wrapped(finding.message, view.width)
    if why := because(finding, report.lang):
        yield from wrapped(why, view.width, Role.QUIET)
    if finding.copy:
        yield from copy_lines(finding.copy, report.draft, report.lang, view.width)
    for suggestion in finding.suggestions:
        yield from wrapped(suggestion, view.width, Role.GOOD, bullet="• ")
    yield ()


def _heading(finding: Finding, positions: Positions, text: Words) -> Line:
    """Severity, check and place."""
    whole = finding.start == finding.end == 0
    place = text.whole if whole else text.at(*positions.line_column(finding.start))
    return isolated(
        Piece(text.severities[finding.severity], SEVERITY_ROLES[finding.severity]),
        Piece("  "),
        Piece(ltr(finding.check), Role.CHECK),
        Piece("  "),
        Piece(place, Role.QUIET),
    )


def _sentence(finding: Finding, group: Group, positions: Positions) -> tuple[int, int]:
    """What to quote: the sentence, widened to the spans; the line when no sentence is known."""
    start, end = finding.sentence
    if start == end and group.spans:
        start, end = positions.line_bounds(finding.start)
    edges = [edge for span in group.spans for edge in span]
    return min([start, *edges]), max([end, *edges])


def _footer(report: Report, selection: Selection, text: Words) -> Iterator[Line]:
    """The sums, and what is not shown."""
    if selection.groups:
        yield isolated(Piece(_sums(report, selection, text), Role.HEADING))
    elif report.findings:
        yield isolated(Piece(text.only_small, Role.GOOD))
    elif report.status is Status.CHECKED:
        yield isolated(Piece(text.clean, Role.GOOD))
    if report.scores:
        names = ("respect", "empathy", "originality")
        values = {name: text.number(round(getattr(report.scores, name))) for name in names}
        yield isolated(Piece(text.scores.format(**values), Role.QUIET))
    hidden = ((text.more, selection.more), (text.folded, selection.folded), (text.ignored, report.ignored))
    for forms, number in hidden:
        if number:
            yield isolated(Piece(text.count(forms, number), Role.QUIET))


def _sums(report: Report, selection: Selection, text: Words) -> str:
    """How many findings of each severity there are; folded suggestions have a line of their own."""
    counts = Counter(finding.severity for finding in report.findings)
    counts[Severity.SUGGESTION] -= selection.folded
    told = text.comma.join(text.count(text.counts[level], counts[level]) for level in Severity if counts[level])
    return text.sums.format(counts=told)
