"""The application: which address does what, and for whom."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.types import ASGIApp
from starlette.websockets import WebSocket

import hamdel
from hamdel.doors.http import assets
from hamdel.doors.http.guard import LARGEST, Guard
from hamdel.doors.http.lanes import Lanes
from hamdel.doors.http.limits import Buckets
from hamdel.doors.http.live import Live
from hamdel.doors.http.openapi import document
from hamdel.doors.http.people import Door, Person, Role
from hamdel.doors.http.problems import Refused, asked_language, language, problem_response
from hamdel.doors.http.rules import Names
from hamdel.doors.requests import METHODS, LabelFile, RequestError
from hamdel.doors.requests.params import take
from hamdel.errors import HamdelError
from hamdel.render.json_text import line

__all__ = ["Desk", "make_app"]

log = logging.getLogger(__name__)

_JSON = "application/json"
#: Requests a second for each person, and at once: as fast as anybody types, and a script that audits slows down.
_RATE, _BURST = 40.0, 120.0
_WRONG_RATE, _WRONG_BURST = 1.0, 20.0  # wrong tokens from an address


@dataclass
class Desk:
    """What all requests share.

    Attributes:
        lanes: do the work.
        door: tells who somebody is.
        may_add: whether replies that are sent may be added to the archive.
        labels: where findings are noted that people object to.
        lang: the language of the settings, if the command line chose one.
    """

    lanes: Lanes
    door: Door
    may_add: bool = False
    labels: LabelFile | None = None
    lang: str | None = None
    _asked: Buckets = field(default_factory=lambda: Buckets(_RATE, _BURST))
    _wrong: Buckets = field(default_factory=lambda: Buckets(_WRONG_RATE, _WRONG_BURST))

    def enter(self, token: str, address: str) -> Person:
        """Return who has a token.

        Raises:
            Refused: nobody; or too many wrong ones came from this address.
        """
        person = self.door.person(token) if token else None
        if person is None:
            if token and not self._wrong.take(address):
                raise Refused("too-many", {"Retry-After": "5"})
            raise Refused("no-token", {"WWW-Authenticate": 'Bearer realm="hamdel"'})
        return person

    def count(self, person: Person) -> None:
        """Count one request of somebody.

        Raises:
            Refused: it is one too many for now.
        """
        if not self._asked.take(person.name):
            raise Refused("too-many", {"Retry-After": "1"})

    def session(self, person: Person) -> dict[str, Any]:
        """Return what somebody may do here."""
        return {
            "name": "hamdel",
            "version": hamdel.__version__,
            "user": person.name,
            "role": person.role.value,
            "methods": list(METHODS),
            "archive": self.may_add,
            "labels": self.labels is not None,
            "audit": False,
            "lang": self.lang,
            "limits": {"body_bytes": LARGEST, "requests_per_second": _RATE},
        }

    async def answer(self, person: Person, method: str, params: Mapping[str, Any], lang: Any) -> str:
        """Do what somebody asks for, and return the result in JSON.

        Raises:
            Refused: they may not, or there is nothing to add to.
            RequestError: it can't be done.
        """
        if method == "archive/add" and not self.may_add:
            raise Refused("no-archive")
        known = METHODS.get(method)
        if person.agent and known and known.takes("agent"):
            params = {**params, "agent": person.agent}  # nobody speaks for somebody else
        return await self.lanes.answer(method, params, lang)


def make_app(desk: Desk, names: Names, files: Mapping[str, assets.Asset]) -> ASGIApp:
    """Return the application.

    Args:
        desk: what requests share.
        names: what this server is called.
        files: those of the page, by address.
    """
    site = _Site(desk, files)
    live = Live(desk)

    async def join(socket: WebSocket) -> None:
        await live.serve(socket)

    routes: list[BaseRoute] = [
        *(Route(address, site.file, methods=["GET"]) for address in files),
        Route("/openapi.json", site.openapi, methods=["GET"]),
        Route("/api/session", site.session, methods=["POST"]),
        Route("/api/labels", site.labels, methods=["POST"]),
        *(Route(f"/api/{name}", site.method, methods=["POST"]) for name in METHODS),
        WebSocketRoute("/api/live", join),
    ]
    handlers: Any = {Refused: _refused, RequestError: _refused, HTTPException: _http, HamdelError: _failed}
    app = Starlette(routes=routes, exception_handlers={**handlers, Exception: _internal})
    app.router.redirect_slashes = False
    return Guard(app, names)


class _Site:
    """Answers requests that aren't live."""

    def __init__(self, desk: Desk, files: Mapping[str, assets.Asset]) -> None:
        self._desk = desk
        self._files = files

    async def file(self, request: Request) -> Response:
        return assets.respond(self._files[request.url.path], request)

    async def openapi(self, _: Request) -> Response:
        return JSONResponse(document())

    async def session(self, request: Request) -> Response:
        person = self._person(request)
        take(await _body(request), ())
        asked_language(request.query_params)
        return _json(line(self._desk.session(person)))

    async def labels(self, request: Request) -> Response:
        self._lead(request)
        take(await _body(request), ())
        asked_language(request.query_params)
        file = self._desk.labels
        text = await self._desk.lanes.run("writing", file.read) if file else ""
        return _json(line({"labels": [json.loads(one) for one in text.splitlines() if one.strip()]}))

    async def method(self, request: Request) -> Response:
        person = self._person(request)
        name = request.url.path.removeprefix("/api/")
        params = await _body(request)
        return _json(await self._desk.answer(person, name, params, asked_language(request.query_params)))

    def _person(self, request: Request) -> Person:
        """Return who asks, and count it.

        Raises:
            Refused: nobody that we know, or too often.
        """
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        address = request.client.host if request.client else ""
        person = self._desk.enter(token.strip() if scheme.lower() == "bearer" else "", address)
        self._desk.count(person)
        return person

    def _lead(self, request: Request) -> Person:
        """Return who asks, who is a lead.

        Raises:
            Refused: they aren't.
        """
        person = self._person(request)
        if person.role is not Role.LEAD:
            raise Refused("not-yours")
        return person


def _json(text: str) -> Response:
    return Response(text, media_type=_JSON)


async def _body(request: Request) -> dict[str, Any]:
    """Return the object that a body holds.

    Raises:
        Refused: it holds none, or isn't said to be JSON.
    """
    kind, *parameters = request.headers.get("content-type", "").lower().split(";")
    charset = [one.strip().removeprefix("charset=").strip('"') for one in parameters]
    if kind.strip() != _JSON or charset not in ([], ["utf-8"]):
        raise Refused("wrong-type")
    try:
        value = json.loads((await request.body()).decode("utf-8"), parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise Refused("not-json") from None
    if not isinstance(value, dict):
        raise Refused("not-object")
    return value


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no number")


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused | RequestError)
    return problem_response(error, language(request.headers, request.query_params))


async def _http(request: Request, error: Exception) -> Response:
    """What the router has nothing for."""
    assert isinstance(error, HTTPException)
    what = "wrong-method" if error.status_code == 405 else "not-found"
    return await _refused(request, Refused(what, error.headers))


async def _failed(request: Request, error: Exception) -> Response:
    """A file that can't be read, say."""
    log.error("%s", error)
    return await _refused(request, Refused("internal"))


async def _internal(request: Request, error: Exception) -> Response:
    if isinstance(error, ClientDisconnect):
        return Response(status_code=499)
    log.error("internal error", exc_info=error)
    return await _refused(request, Refused("internal"))


