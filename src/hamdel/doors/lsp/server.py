"""The language server: documents come in, diagnostics go out, 150 ms after typing stops.

The event loop only reads and writes messages; whatever looks at a text runs in a thread of its own, one thing at a
time, so that a long draft never keeps the editor waiting. An answer about a text that has changed meanwhile is dropped.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from lsprotocol import types
from pygls.lsp.server import LanguageServer

import hamdel
from hamdel.doors.keeper import Keeper
from hamdel.doors.lsp.checked import Checked
from hamdel.doors.lsp.desk import Desk, path_of
from hamdel.doors.lsp.diagnostics import diagnostics
from hamdel.doors.lsp.documents import Document
from hamdel.doors.lsp.protocol import Protocol
from hamdel.doors.lsp.settings import EditorSettings, read_settings
from hamdel.doors.requests import LabelFile
from hamdel.identifiers import mask_identifiers

__all__ = ["Server"]

log = logging.getLogger(__name__)
_T = TypeVar("_T")


class Server(LanguageServer):
    """A language server for one editor.

    Args:
        keeper: keeps the checkers.
        settings: what holds unless the editor says otherwise.
        labels: where corrections are noted; None for nowhere.
    """

    protocol: Protocol

    def __init__(
        self, keeper: Keeper, settings: EditorSettings | None = None, labels: LabelFile | None = None
    ) -> None:
        super().__init__("hamdel", hamdel.__version__, protocol_cls=Protocol)
        self.labels = labels
        self.base = self.settings = settings or EditorSettings()
        self.desk = Desk(keeper, Path.cwd(), self._complain)
        self.documents: dict[str, Document] = {}
        self._checked: dict[str, Checked] = {}
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._jobs: dict[str, Future[None]] = {}
        self._thread = ThreadPoolExecutor(1, "hamdel")
        self._loop: asyncio.AbstractEventLoop | None = None

    # The editor's documents.

    def opened(self, item: types.TextDocumentItem) -> None:
        """Check a document that was opened, at once."""
        encoding = str(self.workspace.position_encoding)
        self.documents[item.uri] = Document(item.uri, item.text, item.version, item.language_id, encoding)
        self.schedule(item.uri, 0)

    def changed(self, item: types.VersionedTextDocumentIdentifier, changes: Sequence[Any]) -> None:
        """Take over what was typed, and check when nothing more comes for a while."""
        document = self.documents.get(item.uri)
        if document is None:
            log.warning("change of a document that isn't open: %s", item.uri)
            return
        self.documents[item.uri] = document.changed(changes, item.version)
        self.schedule(item.uri, self.settings.delay)

    def closed(self, uri: str) -> None:
        """Forget a document, and take its diagnostics back."""
        self._cancel(uri)
        self._checked.pop(uri, None)
        if self.documents.pop(uri, None):
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))

    # Checks.

    def schedule(self, uri: str, delay: float) -> None:
        """Check a document in ``delay`` seconds, in place of any check that was to come."""
        self._cancel(uri)
        self._timers[uri] = asyncio.get_running_loop().call_later(delay, self._begin, uri)

    def check_all(self) -> None:
        """Check all open documents: their settings may have changed."""
        self._checked.clear()
        for uri in self.documents:
            self.schedule(uri, 0)

    def settings_changed(self) -> None:
        """Read the settings on disk again, and check everything with them."""
        self._thread.submit(self.desk.keeper.look_again)
        self.check_all()

    def _cancel(self, uri: str) -> None:
        timer, job = self._timers.pop(uri, None), self._jobs.pop(uri, None)
        if timer:
            timer.cancel()
        if job:
            job.cancel()  # one that runs goes on, but nobody waits for it

    def _begin(self, uri: str) -> None:
        self._timers.pop(uri, None)
        document, known = self.documents[uri], self._checked.get(uri)
        if known is None or known.document is not document:  # a request may have been faster
            self._jobs[uri] = self._thread.submit(self._check, asyncio.get_running_loop(), document, self.settings)

    def _check(self, loop: asyncio.AbstractEventLoop, document: Document, settings: EditorSettings) -> None:
        """Check in the other thread, and hand the outcome over to this one."""
        try:
            checked = self.desk.check(document, settings)
            self.desk.say("check", "")
        except Exception as error:
            self._report("check", error)
            return
        loop.call_soon_threadsafe(self._publish, checked)

    def _publish(self, checked: Checked) -> None:
        """Show what was found, unless the text is another one by now."""
        uri = checked.document.uri
        if self.documents.get(uri) is not checked.document:
            return
        self._jobs.pop(uri, None)
        self._checked[uri] = checked
        found = diagnostics(checked)
        self.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(uri, found, version=checked.document.version)
        )
        self._thread.submit(self.desk.write_pages, checked.links, checked.document, self.settings)

    async def checked(self, uri: str) -> Checked | None:
        """Return what is known of a document as it is now; None when it isn't open, or can't be checked."""
        document = self.documents.get(uri)
        if document is None:
            return None
        known = self._checked.get(uri)
        if known is None or known.document is not document:
            known = await self.in_thread(self.desk.check, document, self.settings)
            self._publish(known)
        return known

    async def in_thread(self, work: Callable[..., _T], *values: Any) -> _T:
        """Do something in the thread that checks."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, work, *values)

    # Beginning, settings, messages, ending.

    def begin(self, params: types.InitializeParams) -> None:
        """Take over what the editor says of itself, and warm up."""
        self._loop = asyncio.get_running_loop()
        self.desk.root = self._root(params)
        self.base = self._read(params.initialization_options, self.base)
        self.settings = self.base
        self._thread.submit(self._warm_up, self.settings)

    def _warm_up(self, settings: EditorSettings) -> None:
        try:
            self.desk.warm_up(settings)
        except Exception as error:
            self._report("start", error)

    def _root(self, params: types.InitializeParams) -> Path:
        folders = [folder.uri for folder in params.workspace_folders or ()]
        for uri in (*folders, params.root_uri):
            if uri and (path := path_of(uri)):
                return path
        return Path(params.root_path) if params.root_path else Path.cwd()

    def configure(self, values: object) -> None:
        """Use settings that the editor sent; documents are checked again when they are others than before."""
        settings = self._read(values, self.base)
        if settings != self.settings:
            self.settings = settings
            self.check_all()

    def _read(self, values: object, base: EditorSettings) -> EditorSettings:
        settings, problems = read_settings(values, base, self.desk.root)
        for problem in problems:
            self.show(problem)
        return settings

    def _complain(self, message: str) -> None:
        """Show a message; called from the thread that checks."""
        if self._loop:
            self._loop.call_soon_threadsafe(self.show, message)

    def show(self, message: str) -> None:
        """Show a message to the user."""
        text = f"hamdel: {mask_identifiers(message)}"
        self.window_show_message(types.ShowMessageParams(types.MessageType.Warning, text))

    def _report(self, about: str, error: Exception) -> None:
        """Say once that something went wrong; called from the thread that checks."""
        if isinstance(error, hamdel.HamdelError):
            self.desk.say(about, str(error))
            return
        log.error("internal error", exc_info=error)
        self.desk.say(about, f"internal error, please report it: {type(error).__name__}: {error}")

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Answer what couldn't be read as a message, log the rest; pygls would show a pop-up for each."""
        name = getattr(source, "__name__", str(source))
        log.warning("%s: %s", name, error)
        if name == "JsonRpcException":
            self.protocol.refuse(error)

    def shutdown(self) -> None:
        """Let go of everything."""
        self._thread.shutdown(wait=False, cancel_futures=True)
        super().shutdown()  # type: ignore[no-untyped-call]
