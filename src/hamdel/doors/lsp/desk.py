"""The work that takes time: checking, fixing, improving, explaining; all of it in one thread, beside the editor's."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit
from urllib.request import url2pathname

from hamdel.base.deadline import LONGEST, SECONDS, require_short, within
from hamdel.base.digits import persian_digits
from hamdel.doors.lsp.checked import Checked
from hamdel.doors.lsp.drafts import Draft, find_draft
from hamdel.doors.lsp.pages import Pages
from hamdel.doors.lsp.texts import say
from hamdel.errors import ArchiveError, InputError, TooLateError, TooLongError
from hamdel.model import Channel, Lang, Report

if TYPE_CHECKING:
    from hamdel.checker import Checker
    from hamdel.doors.keeper import Keeper, Place
    from hamdel.doors.lsp.documents import Document
    from hamdel.doors.lsp.settings import EditorSettings

__all__ = ["Desk", "path_of"]

_T = TypeVar("_T")
_WARMER = "سلام، تو باید صبر کنی."
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
        self._with_checker(settings.place(self.root), lambda checker: checker.check(_WARMER, customer=_WARMER))

    def check(self, document: Document, settings: EditorSettings) -> Checked:
        """Check a document's draft."""
        try:
            require_short("text", document.text)
            return self._checked(document, settings)
        except (TooLongError, TooLateError) as error:
            return self._unchecked(document, settings, error)

    def _unchecked(self, document: Document, settings: EditorSettings, error: InputError) -> Checked:
        """Return what is known of a document that is too long to be checked beside others: that it wasn't."""
        lang = self._worked(self._place(document, settings), lambda checker: checker.config.lang)
        what = "too_long" if isinstance(error, TooLongError) else "too_late"
        values = {"longest": f"{LONGEST:,}", "seconds": f"{SECONDS:g}"}
        if lang is Lang.FA:
            values = {name: persian_digits(value).replace(",", "٬") for name, value in values.items()}
        told = say(what, lang, **values)
        return Checked(document, Draft(0), Report("", lang=lang), settings.least, problem=told)

    def _checked(self, document: Document, settings: EditorSettings) -> Checked:
        draft = find_draft(document.text, document.language, document.uri)
        text = _LONE_CR.sub("\n", document.text[draft.start :])  # as long as before

        def check(checker: Checker) -> Checked:
            with within():
                report = checker.check(text, **_about(draft, settings))
            found = [checker.checks[id_] for id_ in {finding.check for finding in report.findings}]
            links = {one.id: self.pages.path(one, checker.config).as_uri() for one in found if self.pages.usable}
            whys = {one.id: one.why for one in found}
            file = checker.config.source or self._new_settings_file(document)
            return Checked(document, draft, report, settings.least, links, whys, file)

        return self._with_checker(self._place(document, settings), check)

    def write_pages(self, ids: Iterable[str], document: Document, settings: EditorSettings) -> None:
        """Write the explanations that a document's diagnostics link to."""

        def write(checker: Checker) -> None:
            for id_ in ids:
                self.pages.write(checker.checks[id_], checker.config)

        self._with_checker(self._place(document, settings), write)

    def fix(self, checked: Checked, settings: EditorSettings) -> str:
        """Return the text of the whole document with all safe edits applied."""
        about = _about(checked.draft, settings)
        place = self._place(checked.document, settings)
        with within():
            fixed = self._with_checker(place, lambda checker: checker.fix(checked.report.draft, **about))
        return checked.with_draft(fixed.text)

    def improve(self, checked: Checked, settings: EditorSettings) -> str:
        """Return the text of the whole document with a better draft."""
        about = _about(checked.draft, settings)
        place = self._place(checked.document, settings)
        with within():
            improved = self._with_checker(place, lambda checker: checker.improve(checked.report.draft, **about))
        return checked.with_draft(improved.text)

    def likely(self, checked: Checked, settings: EditorSettings, span: tuple[int, int]) -> list[tuple[str, str]]:
        """Return the faults that some words of a draft may have, likeliest first: ids and titles."""

        def read(checker: Checker) -> list[tuple[str, str]]:
            with within():
                found = checker.likely(checked.report.draft, span, **_about(checked.draft, settings))
            return [(check, checker.checks[check].title.pick(checked.lang)) for check in found]

        return self._with_checker(self._place(checked.document, settings), read)

    def say(self, about: str, problem: str) -> None:
        """Complain once about what is wrong, and again only when it was right in between.

        Args:
            about: what it concerns.
            problem: a line; empty when nothing is wrong any more.
        """
        if problem and self._said.get(about) != problem:
            self.complain(problem)
        self._said[about] = problem

    def _place(self, document: Document, settings: EditorSettings) -> Place:
        """Where a document's settings come from: its folder, or the root when it has none."""
        path = path_of(document.uri)
        return settings.place(path.parent if path else self.root)

    def _new_settings_file(self, document: Document) -> Path:
        """Where new settings for a document can be put: into the root, or its own folder when that is elsewhere."""
        path = path_of(document.uri)
        outside = path is not None and not path.is_relative_to(self.root)
        return (path.parent if path and outside else self.root) / "hamdel.toml"

    def _with_checker(self, place: Place, work: Callable[[Checker], _T]) -> _T:
        """Do something with a place's checker; without the archive when that can't be used."""
        try:
            done = self._worked(place, work)
            self.say("archive", "")
        except ArchiveError as error:
            self.say("archive", str(error))
            done = self._worked(replace(place, no_archive=True), work)
        return done

    def _worked(self, place: Place, work: Callable[[Checker], _T]) -> _T:
        with self.keeper.lend(place) as checker:
            self.say(str(place.folder), self.keeper.problem(place))
            self.say(f"learned {place.folder}", checker.note)
            return work(checker)


def _about(draft: Draft, settings: EditorSettings) -> dict[str, Any]:
    """What is known of a draft's conversation; a mail is sent by mail, unless the editor says otherwise."""
    about = {"customer_id": settings.customer_id, "agent": settings.agent}
    return {**about, "channel": Channel.EMAIL} if draft.mail and "channel" not in dict(settings.options) else about


def path_of(uri: str) -> Path | None:
    """Return the path that a ``file:`` URI names; None for documents that are nowhere."""
    try:
        parts = urlsplit(uri)
        return Path(url2pathname(parts.path)) if parts.scheme == "file" and parts.path else None
    except ValueError:
        return None
