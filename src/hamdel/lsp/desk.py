"""The work that takes time: checking, fixing, improving, explaining. All of it runs in one thread, beside the editor's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import url2pathname

from hamdel.errors import ArchiveError
from hamdel.lsp.checked import Checked
from hamdel.lsp.drafts import find_draft

if TYPE_CHECKING:
    from hamdel.checker import Checker
    from hamdel.keeper import Keeper, Place
    from hamdel.lsp.documents import Document
    from hamdel.lsp.settings import EditorSettings
    from hamdel.phrasebank import CheckDef

__all__ = ["Desk", "path_of"]


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
    _said: dict[str, str] = field(default_factory=dict)

    def warm_up(self, settings: EditorSettings) -> None:
        """Load what the first check needs."""
        self._checker(settings.place(self.root)).check("سلام، تو باید صبر کنی.", customer="سلام")

    def check(self, document: Document, settings: EditorSettings) -> Checked:
        """Check a document's draft."""
        checker = self._checker(settings.place(self.folder(document.uri)))
        draft = find_draft(document.text, document.language, document.uri)
        report = checker.check(
            document.text[draft.start : draft.end],
            customer=draft.customer,
            customer_id=settings.customer_id,
            agent=settings.agent,
        )
        return Checked(document, draft, report, settings.least)

    def explain(self, document: Document, settings: EditorSettings) -> dict[str, CheckDef]:
        """Return the checks that a document's settings know, by id."""
        return self._checker(settings.place(self.folder(document.uri))).checks

    def settings_file(self, document: Document, settings: EditorSettings) -> Path:
        """Return the file in which a check is turned off for a document: its settings', or a new one in the root."""
        config = self._checker(settings.place(self.folder(document.uri))).config
        return config.source or self.root / "hamdel.toml"

    def folder(self, uri: str) -> Path:
        """Return where the search for a document's settings begins."""
        path = path_of(uri)
        return path.parent if path else self.root

    def _checker(self, place: Place) -> Checker:
        """The checker for a place; without the archive when that can't be used."""
        try:
            checker = self.keeper.checker(place)
            self._say("archive", "")
        except ArchiveError as error:
            self._say("archive", str(error))
            checker = self.keeper.checker(replace(place, no_archive=True))
        self._say(str(place.folder), self.keeper.problem(place))
        return checker

    def _say(self, about: str, problem: str) -> None:
        """Complain once about what is wrong, and again only when it was right in between."""
        if problem and self._said.get(about) != problem:
            self.complain(problem)
        self._said[about] = problem


def path_of(uri: str) -> Path | None:
    """Return the path that a ``file:`` URI names; None for documents that are nowhere."""
    try:
        parts = urlsplit(uri)
        return Path(url2pathname(parts.path)) if parts.scheme == "file" and parts.path else None
    except ValueError:
        return None
