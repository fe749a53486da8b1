"""pygls's protocol with our documents, and with an answer to everything that isn't a message of the protocol."""

from __future__ import annotations

import logging
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInvalidRequest, JsonRpcParseError
from pygls.protocol import LanguageServerProtocol, lsp_method

from hamdel.identifiers import mask_identifiers

__all__ = ["Protocol"]

log = logging.getLogger(__name__)


class Protocol(LanguageServerProtocol):
    """Hands documents to the server as they come; see `hamdel.doors.lsp.documents` for why pygls's own aren't kept."""

    _server: Any

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: types.DidOpenTextDocumentParams) -> None:
        """A document was opened."""
        self._server.opened(params.text_document)

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: types.DidChangeTextDocumentParams) -> None:
        """Somebody has typed."""
        self._server.changed(params.text_document, params.content_changes)

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: types.DidCloseTextDocumentParams) -> None:
        """A document was closed."""
        self._server.closed(params.text_document.uri)

    def structure_message(self, data: dict[str, Any]) -> Any:
        """Turn JSON into a message; a request that is wrong gets its answer here."""
        log.info("%s", data.get("method") or "answer")
        if "method" in data:
            data.setdefault("params", None)  # pygls can't read an unknown method without them
            data["method"] = str(data["method"])  # nor one that isn't a text
        try:
            message = super().structure_message(data)
            if "method" in data and "id" in data and not hasattr(message, "id"):  # else it would get no answer
                raise JsonRpcInvalidRequest(f"{data['method']} is a notification and has no id")
            return message
        except JsonRpcException as error:
            if "method" in data and "id" in data:
                self._send_response(data["id"], error=error.to_response_error())
                error.answered = True  # type: ignore[attr-defined]
            raise

    def refuse(self, error: Exception) -> None:
        """Answer what is no message at all; its id can't be known, so the answer's is null."""
        if getattr(error, "answered", False):
            return
        unreadable = isinstance(error, ValueError | RecursionError)
        kind = JsonRpcParseError if unreadable else JsonRpcInvalidRequest
        reason = mask_identifiers(f"{type(error).__name__}: {error}")[:200]
        self._send_data({"jsonrpc": "2.0", "id": None, "error": {"code": kind.CODE, "message": reason}})
