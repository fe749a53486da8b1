"""What every request passes first: its host, its origin, its size; and what every answer says to the browser."""

from __future__ import annotations

from collections.abc import Iterable

from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hamdel.doors.http.patience import Patient
from hamdel.doors.http.problems import Refused, language, problem_response
from hamdel.doors.http.rules import Names

__all__ = ["HEADERS", "LARGEST", "Guard"]

#: Bytes in the body of a request, and in a message of a WebSocket.
LARGEST = 2 * 1024 * 1024
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
#: What each answer says unless it says something else itself.
HEADERS = {
    "Content-Security-Policy": _POLICY,
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_SOCKETS = "connect-src 'self'"
_READING = ("GET", "HEAD")
_OF_BROWSERS = ("cookie", "referer")
_OURS = ("same-origin", "none")  # `none`: somebody typed the address


class Guard:
    """Lets requests through to an application that are ours.

    Args:
        app: the application.
        names: what this server is called.
        large: paths whose bodies may be larger; the application bounds them itself.
    """

    def __init__(self, app: ASGIApp, names: Names, large: Iterable[str] = ()) -> None:
        self._app = app
        self._names = names
        self._large = frozenset(large)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or one WebSocket."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        try:
            self._examine(scope, headers)
        except Refused as refused:
            await _refuse(scope, receive, _telling(send), refused)
            return
        if scope["type"] == "http":
            bounded = Patient(receive, None if scope["path"] in self._large else LARGEST)
            await self._app(scope, bounded, _telling(send, headers["host"]))
        else:
            await self._app(scope, receive, send)

    def _examine(self, scope: Scope, headers: Headers) -> None:
        """See that a request is ours.

        Raises:
            Refused: it isn't.
        """
        hosts = headers.getlist("host")
        if len(hosts) != 1 or hosts[0].lower() not in self._names.hosts:
            raise Refused("wrong-host")
        origins = headers.getlist("origin")
        reading = scope["type"] == "http" and scope["method"] in _READING
        if len(origins) > 1 or not self._names.origins.issuperset(origins):
            raise Refused("wrong-origin")
        if not origins and not reading and not _is_program(headers):
            raise Refused("wrong-origin")
        if headers.get("sec-fetch-site", "none") not in _OURS and not _is_visit(headers, reading):
            raise Refused("wrong-origin")
        if scope["type"] == "http" and scope["path"] not in self._large and _length(headers) > LARGEST:
            raise Refused("too-large", {"Connection": "close"})


def _is_visit(headers: Headers, reading: bool) -> bool:
    """Whether somebody followed a link to a page of ours."""
    return reading and headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"


def _is_program(headers: Headers) -> bool:
    """Whether who asks without an origin is no browser, and has a token to show.

    A browser names the origin in each POST and WebSocket, and lets no page of another origin set ``Authorization``
    before we allow it, which we never do; a form or an image can't set it at all. So nobody can be made to send this.
    """
    scheme, _, token = headers.get("authorization", "").partition(" ")
    told = any(name in _OF_BROWSERS or name.startswith("sec-fetch-") for name in headers)
    return scheme.lower() == "bearer" and bool(token.strip()) and not told


def _length(headers: Headers) -> int:
    """Bytes that a body is said to have."""
    said = headers.get("content-length", "0")
    return int(said) if said.isascii() and said.isdigit() else LARGEST + 1


async def _refuse(scope: Scope, receive: Receive, send: Send, refused: Refused) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    lang = language(Headers(scope=scope), QueryParams(scope.get("query_string", b"")))
    await problem_response(refused, lang)(scope, receive, send)


def _telling(send: Send, host: str = "") -> Send:
    """Put what each answer says into its headers.

    Args:
        send: sends the answer.
        host: one of our names, whose WebSocket the page may open: for some browsers 'self' isn't enough.
    """
    policy = _POLICY.replace(_SOCKETS, f"{_SOCKETS} ws://{host} wss://{host}") if host else _POLICY

    async def tell(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in {**HEADERS, "Content-Security-Policy": policy}.items():
                headers.setdefault(name, value)
        await send(message)

    return tell
