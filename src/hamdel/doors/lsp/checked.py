"""One version of a document with what hamdel says of it, in the document's own offsets."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from lsprotocol import types

from hamdel.doors.lsp.documents import Document
from hamdel.doors.lsp.drafts import Draft
from hamdel.identifiers.veil import Veil
from hamdel.language.parts import split
from hamdel.model import Anchor, Change, Edit, Finding, Lang, Report, Severity
from hamdel.phrasebank import Bilingual
from hamdel.render.report.personal import masked

__all__ = ["Checked"]

_WORD = re.compile(r"\S*\w\S*")


@dataclass(frozen=True)
class Checked:
    """A document and the report on its draft.

    Attributes:
        document: the version that was checked.
        draft: which part of it.
        report: on ``document.text[draft.start:]``.
        least: findings below this severity aren't shown.
        links: URIs of explanations by check id.
        whys: the reasons by check id.
        settings_file: where a check is turned off for this document.
        problem: why the draft wasn't checked, in a line; empty when it was.
    """

    document: Document
    draft: Draft
    report: Report
    least: Severity = Severity.SUGGESTION
    links: Mapping[str, str] = field(default_factory=dict)
    whys: Mapping[str, Bilingual] = field(default_factory=dict)
    settings_file: Path = Path("hamdel.toml")
    problem: str = ""

    @property
    def lang(self) -> Lang:
        """The language to speak."""
        return self.report.lang

    @cached_property
    def shown(self) -> tuple[tuple[Finding, Finding], ...]:
        """The findings that are shown, each as it is and without personal data."""
        pairs = zip(self.report.findings, masked(self.report).findings, strict=True)
        return tuple(pair for pair in pairs if pair[0].severity.rank <= self.least.rank)

    @cached_property
    def veil(self) -> Veil:
        """Covers personal data in all that is shown of the document: in menus, for instance."""
        return Veil(self.report.draft, self.report.customer, self.document.text)

    def place(self, finding: Finding) -> tuple[int, int]:
        """Return the code points of the document to mark; the reply's first word for what the whole draft lacks."""
        if finding.anchor is Anchor.DOCUMENT:
            return self.first_word
        return finding.start + self.draft.start, finding.end + self.draft.start

    @cached_property
    def _pieces(self) -> tuple[tuple[int, int], ...]:
        """Where the reply itself stands in the draft, apart from what is quoted."""
        return split(self.report.draft).pieces

    @cached_property
    def first_word(self) -> tuple[int, int]:
        """Where the reply itself begins, behind the customer's lines."""
        start, end = (place + self.draft.start for place in self._pieces[0])
        word = _WORD.search(self.document.text, start, end)
        return word.span() if word else (start, start)

    @cached_property
    def end(self) -> int:
        """Where the reply ends, white space after it aside."""
        _, last = self._pieces[-1]
        return self.draft.start + len(self.report.draft[:last].rstrip())

    def moved(self, edit: Edit) -> Edit:
        """Return an edit of the draft as one of the document."""
        by = self.draft.start
        return replace(edit, changes=tuple(Change(c.start + by, c.end + by, c.new) for c in edit.changes))

    def text_edits(self, changes: Sequence[Change]) -> list[types.TextEdit]:
        """Return changes of the document as the protocol has them; line ends are the document's."""
        return [types.TextEdit(self.document.range(c.start, c.end), self._with_line_ends(c.new)) for c in changes]

    def with_draft(self, draft: str) -> str:
        """Return the document's text with another draft in it, whose line ends become the document's."""
        text = self.document.text
        return text[: self.draft.start] + self._with_line_ends(draft)

    def _with_line_ends(self, text: str) -> str:
        """A text with the document's line ends."""
        return re.sub(r"\r\n|\r|\n", self.document.line_end, text)

    def change_to(self, text: str) -> tuple[Change, ...]:
        """Return the one change that makes the document ``text``; nothing when it is that already."""
        old = self.document.text
        if old == text:
            return ()
        start = _common(old, text)
        start -= old[start - 1 : start + 1] == "\r\n"  # no position is between the two
        most = min(len(old), len(text)) - start
        same = _common(old[::-1][:most], text[::-1][:most])
        same -= same > 0 and old[-same - 1 : len(old) - same + 1] == "\r\n"
        return (Change(start, len(old) - same, text[start : len(text) - same]),)

    def touches(self, finding: Finding, start: int, end: int) -> bool:
        """Whether a finding's place and a selection have something in common, be it a border."""
        first, last = self.place(finding)
        return first <= end and start <= last


def _common(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    pairs = zip(one, other, strict=False)
    return next((place for place, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
