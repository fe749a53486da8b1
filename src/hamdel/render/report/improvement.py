"""A better draft beside the old one, sentence by sentence, with the reasons; then the whole of it, to be copied."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from hamdel.model import Anchor, Finding, Improved, Lang, Severity, Status, Step, policy
from hamdel.render.report.personal import masked_steps
from hamdel.render.text.bidi import isolated, visible
from hamdel.render.text.paragraph import INDENT, WIDEST, wrapped
from hamdel.render.text.pieces import Line, Piece, Role
from hamdel.render.text.wide import cell_width, fitted
from hamdel.render.text.words import words

__all__ = ["render"]

_SENTENCE = re.compile(r"\S(?:[^.!؟?\n]|[.!؟?](?!\s|$))*[.!؟?]*")
_HURTING = ("respect/", "empathy/")
_NARROWEST = 80  # columns; two texts side by side need as much
_GAP = 3
_WHOLE_LINE = {Lang.FA: ("\u2067", "\u2069"), Lang.EN: ("\u2066", "\u2069")}  # its direction, for columns' order
_TITLES = {
    Lang.FA: (
        "پیش‌نویس",
        "متن بهتر",
        "متن کامل:",
        "چیزی برای بهتر کردن پیدا نشد.",
        "پیش از فرستادن پر کنید: ",
        "این جمله هنوز بازنگری می‌خواهد: «{}»",
    ),
    Lang.EN: (
        "draft",
        "better",
        "The whole text:",
        "Nothing to improve.",
        "Fill in before you send it: ",
        "This sentence still needs a second look: “{}”",
    ),
}


class _Row(NamedTuple):
    """Sentences that stand beside each other, and why they differ; without reasons they are the same."""

    before: str
    after: str
    reasons: tuple[str, ...] = ()


def render(improved: Improved, *, width: int | None = None) -> list[Line]:
    """The two drafts and the reasons as lines.

    Args:
        improved: what to show, in the language of its report; personal data in what is said of it is masked.
        width: of the terminal; None for a pipe, where one text stands under the other.
    """
    improved = masked_steps(improved)
    lang = improved.report.lang
    before, after, whole, nothing, fill, still = _TITLES[lang]
    if improved.report.status is Status.NOTHING:
        return [isolated(Piece(words(lang).unchecked(improved.report)))]
    if improved.text == improved.draft:
        left = any(map(_is_left, improved.report.findings))
        return list(_remaining(improved, fill, still)) if left else [isolated(Piece(nothing, Role.GOOD))]
    rows = list(_rows(improved))
    if width is None or width < _NARROWEST:
        lines = [line for row in rows for line in _stacked(row, width)]
    else:
        column = (min(width - 1, WIDEST) - _GAP) // 2  # a space may stand before a mark
        head = _Row(before, after)
        lines = [line for row in (head, *rows) for line in _beside(row, column, lang, heading=row is head)]
    lines += [(), isolated(Piece(whole, Role.HEADING)), ()]
    for text in improved.text.rstrip().split("\n"):
        lines += wrapped(text, width) if text.strip() else [()]
    return [*lines, *_remaining(improved, fill, still)]


def _remaining(improved: Improved, fill: str, still: str) -> Iterator[Line]:
    """What only the agent can know, and what is left to say of the new text."""
    report = improved.report
    text = words(report.lang)
    open_slots = dict.fromkeys(f.matched for f in report.findings if policy.Role.SLOT in f.roles)
    yield ()
    if open_slots:
        yield isolated(Piece(fill + text.comma.join(map(visible, open_slots)), Role.WARNING))
    named: dict[str, list[str]] = {}
    for finding in filter(_is_left, report.findings):
        sentence = report.draft[slice(*finding.sentence)].strip() if finding.anchor is Anchor.SPAN else ""
        named.setdefault(sentence, []).append(finding.message)
    for sentence, messages in named.items():
        if sentence:
            yield isolated(Piece(still.format(visible(" ".join(sentence.split()))), Role.WARNING))
        yield from (isolated(Piece(visible(message), Role.WARNING)) for message in dict.fromkeys(messages))


def _is_left(finding: Finding) -> bool:
    """Tell whether a finding of the new text is named: of hints those that may hurt somebody."""
    hurts = finding.anchor is Anchor.SPAN and finding.check.startswith(_HURTING)
    return policy.Role.SLOT not in finding.roles and (finding.severity is not Severity.SUGGESTION or hurts)


def _rows(improved: Improved) -> Iterator[_Row]:
    """Yield the new text sentence by sentence, beside what each was before."""
    text, steps = improved.text, improved.steps
    spans = list(_spans(text, steps))
    alone = [step for step in steps if step.start == step.end and not any(a < step.start < b for a, b in spans)]
    for start, end in spans:
        while alone and alone[0].start <= start:
            yield _left_out(alone.pop(0))
        mine = [step for step in steps if step.start < end and step.end > start]
        reasons = tuple(dict.fromkeys(step.reason for step in mine))
        yield _Row(_before(improved, (start, end), mine), text[start:end], reasons)
    yield from map(_left_out, alone)


def _left_out(step: Step) -> _Row:
    return _Row(step.before, "", (step.reason,))


def _spans(text: str, steps: Sequence[Step]) -> Iterator[tuple[int, int]]:
    """Yield the sentences of a text; those that one step made stay together."""
    spans = [match.span() for match in _SENTENCE.finditer(text)]
    place = 0
    while place < len(spans):
        start, end = spans[place]
        place += 1
        while place < len(spans) and any(step.start < end and step.end > spans[place][0] for step in steps):
            end = spans[place][1]
            place += 1
        yield start, end


def _before(improved: Improved, span: tuple[int, int], steps: Sequence[Step]) -> str:
    """Return what of the draft stands behind a sentence, to the letter."""
    sources = improved.sources
    kept = [source for source in sources[slice(*span)] if source >= 0]
    if not kept:
        return next((step.before for step in steps if step.before), "")
    begin, end = kept[0], kept[-1] + 1
    if any(step.before and step.start <= span[0] for step in steps):
        begin = next((source + 1 for source in reversed(sources[: span[0]]) if source >= 0), 0)
    if any(step.before and step.end >= span[1] for step in steps):
        end = next((source for source in sources[span[1] :] if source >= 0), len(improved.draft))
    return improved.draft[begin:end].strip()


def _stacked(row: _Row, width: int | None) -> list[Line]:
    if not row.reasons:
        return wrapped(row.after, width, Role.QUIET)
    lines = wrapped(row.before, width, Role.MARK, bullet="− ") if row.before else []
    lines += wrapped(row.after, width, Role.GOOD, bullet="+ ") if row.after else []
    return [*lines, *(line for reason in row.reasons if reason for line in wrapped(reason, width, Role.QUIET, "  "))]


def _beside(row: _Row, column: int, lang: Lang, *, heading: bool = False) -> Iterator[Line]:
    """Two columns: the draft comes first in the language's own direction, which the whole line has."""
    same = not row.reasons and not heading
    roles = (Role.HEADING, Role.HEADING) if heading else (Role.QUIET, Role.QUIET) if same else (Role.MARK, Role.GOOD)
    cells = [(part, role) for part, role in zip((row.before, row.after), roles, strict=True)]
    first, second = cells
    opening, closing = _WHOLE_LINE[lang]
    for one, other in zip_longest(fitted(first[0], column), fitted(second[0], column), fillvalue=""):
        gap = Piece(" " * (column - cell_width(one) + _GAP))
        rest = Piece(" " * (column - cell_width(other)) + closing)  # the same width where lines stand at the left
        yield (Piece(opening), *isolated(Piece(one, first[1])), gap, *isolated(Piece(other, second[1])), rest)
    for reason in row.reasons:
        if reason:
            yield from ((INDENT, *line) for line in wrapped(reason, 2 * column, Role.QUIET))
    yield ()
