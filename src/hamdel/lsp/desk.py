"""The work that takes time: checking, fixing, improving, explaining; all of it in one thread, beside the editor's."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from hamdel.errors import ArchiveError
from hamdel.lsp.checked import Checked
from hamdel.lsp.drafts import find_draft
from hamdel.lsp.pages import Pages

if TYPE_CHECKING:
    from hamdel.checker import Checker
    from hamdel.keeper import Keeper, Place
    from hamdel.lsp.documents import Document
    from hamdel.lsp.drafts import Draft
    from hamdel.lsp.settings import EditorSettings

__all__ = ["Desk", "path_of"]

_LONE_CR = re.compile(r"\r(?!\n)")


@dataclass
class Desk:
    """Answers about documents.

    Args:
        keeper: keeps the checkers.
        root: the folder of documents that have none.
        complain: shows a line to the user.
    """

    keeper: Keeper
    root: Path
    complain: Callable[[str], None]
    pages: Pages = field(default_factory=Pages)
    _said: dict[str, str] = field(default_factory=dict)

    def warm_up(self, settings: EditorSettings) -> None:
        """Load what the first check needs."""
        self._checker(settings.place(self.root)).check("سلام، تو باید صبر کنی.", customer="سلام")

    def check(self, document: Document, settings: EditorSettings) -> Checked:
        """Check a document's draft."""
        checker = self._checker_for(document, settings)
        draft = find_draft(document.text, document.language, document.uri)
        text = _LONE_CR.sub("\n", document.text[draft.start : draft.end])  # as long as before
        report = checker.check(text, **_about(draft, settings))
        links = {}
        if self.pages.usable:
            ids = {finding.check for finding in report.findings}
            links = {id_: self.pages.path(checker.checks[id_], checker.config).as_uri() for id_ in ids}
        whys = {finding.check: checker.checks[finding.check].why for finding in report.findings}
        source = checker.config.source or self.root / "hamdel.toml"
        return Checked(document, draft, report, settings.least, links, whys, source)

    def write_pages(self, ids: Iterable[str], document: Document, settings: EditorSettings) -> None:
        """Write the explanations that a document's diagnostics link to."""
        checker = self._checker_for(document, settings)
        for id_ in ids:
            self.pages.write(checker.checks[id_], checker.config)

    def fix(self, checked: Checked, settings: EditorSettings) -> str:
        """Return the text of the whole document with all safe edits applied."""
        about = _about(checked.draft, settings)
        fixed = self._checker_for(checked.document, settings).fix(checked.report.draft, **about)
        return checked.with_draft(fixed.text)

    def improve(self, checked: Checked, settings: EditorSettings) -> str:
        """Return the text of the whole document with a better draft."""
        about = _about(checked.draft, settings)
        improved = self._checker_for(checked.document, settings).improve(checked.report.draft, **about)
        return checked.with_draft(improved.text)

    def _checker_for(self, document: Document, settings: EditorSettings) -> Checker:
        """The checker for a document: its folder's, or the root's when it has no folder."""
        path = path_of(document.uri)
        return self._checker(settings.place(path.parent if path else self.root))

    def _checker(self, place: Place) -> Checker:
        """The checker for a place; without the archive when that can't be used."""
        try:
            checker = self.keeper.checker(place)
            self._say("archive", "")
        except ArchiveError as error:
            self._say("archive", str(error))
            place = replace(place, no_archive=True)
            checker = self.keeper.checker(place)
        self._say(str(place.folder), self.keeper.problem(place))
        return checker

    def _say(self, about: str, problem: str) -> None:
        """Complain once about what is wrong, and again only when it was right in between."""
        if problem and self._said.get(about) != problem:
            self.complain(problem)
        self._said[about] = problem


def _about(draft: Draft, settings: EditorSettings) -> dict[str, Any]:
    """What is known of a draft's conversation."""
    return {"customer": draft.customer, "customer_id": settings.customer_id, "agent": settings.agent}


def path_of(uri: str) -> Path | None:
    """Return the path that a ``file:`` URI names; None for documents that are nowhere."""
    try:
        parts = urlsplit(uri)
        return Path(url2pathname(parts.path)) if parts.scheme == "file" and parts.path else None
    except ValueError:
        return None
