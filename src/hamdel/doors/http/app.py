"""The application: which address does what, and for whom."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.types import ASGIApp
from starlette.websockets import WebSocket

from hamdel.doors.http import assets
from hamdel.doors.http.audit_methods import AUDIT_METHODS, can_audit
from hamdel.doors.http.audits import Audits
from hamdel.doors.http.desk import Desk
from hamdel.doors.http.guard import Guard
from hamdel.doors.http.live import Live
from hamdel.doors.http.people import Person, Role
from hamdel.doors.http.problems import Refused, asked_language, language, problem_response
from hamdel.doors.http.rules import Names
from hamdel.doors.requests import METHODS, RequestError
from hamdel.doors.requests.params import take
from hamdel.errors import HamdelError
from hamdel.render.text.json_text import line

__all__ = ["make_app"]

log = logging.getLogger(__name__)

_JSON, _BYTES = "application/json", "application/octet-stream"
_UPLOAD = "/api/audit/upload"


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
        Route("/api/practice", site.practice, methods=["POST"]),
        Route("/api/labels", site.labels, methods=["POST"]),
        *(Route(f"/api/{name}", site.method, methods=["POST"]) for name in METHODS),
        Route(_UPLOAD, site.upload, methods=["POST"]),
        *(Route(f"/api/{name}", site.audit, methods=["POST"]) for name in AUDIT_METHODS),
        Route("/report/{name}", site.report, methods=["GET"]),
        WebSocketRoute("/api/live", join),
    ]
    handlers: Any = {Refused: _refused, RequestError: _refused, HTTPException: _http, HamdelError: _failed}
    app = Starlette(routes=routes, exception_handlers={**handlers, Exception: _internal})
    app.router.redirect_slashes = False
    return Guard(app, names, (_UPLOAD,))


class _Site:
    """Answers requests that aren't live."""

    def __init__(self, desk: Desk, files: Mapping[str, assets.Asset]) -> None:
        self._desk = desk
        self._files = files

    async def file(self, request: Request) -> Response:
        return assets.respond(self._files[request.url.path], request)

    async def openapi(self, _: Request) -> Response:
        from hamdel.doors.http.openapi import document  # here, for few ask for it

        return JSONResponse(document())

    async def session(self, request: Request) -> Response:
        person = self._person(request)
        take(await _body(request), ())
        asked_language(request.query_params)
        return _json(line(self._desk.session(person)))

    async def practice(self, request: Request) -> Response:
        self._person(request)
        take(await _body(request), ())
        asked_language(request.query_params)
        return _json(line({"exercises": list(self._desk.practice)}))

    async def labels(self, request: Request) -> Response:
        self._lead(request)
        take(await _body(request), ())
        asked_language(request.query_params)
        file = self._desk.labels
        return _json(line({"labels": await self._desk.lanes.run("writing", file.read) if file else []}))

    async def method(self, request: Request) -> Response:
        person = self._person(request)
        name = request.url.path.removeprefix("/api/")
        params = await _body(request)
        return _json(await self._desk.answer(person, name, params, asked_language(request.query_params)))

    async def upload(self, request: Request) -> Response:
        audits = self._audits(request)
        if request.headers.get("content-type", "").lower() != _BYTES:
            raise Refused("wrong-type-of-export")
        id_ = await audits.upload(request.query_params.get("name", ""), request.stream())
        try:
            return _json(line(await self._desk.lanes.run("slow", lambda: audits.preview({"id": id_}))))
        except BaseException:
            audits.forget(id_)  # nobody was told its id
            raise

    async def audit(self, request: Request) -> Response:
        audits = self._audits(request)
        method = AUDIT_METHODS[request.url.path.removeprefix("/api/")]
        given = take(await _body(request), method.params)
        asked_language(request.query_params)
        if method.name == "audit/start":
            return _json(line(audits.start(given)))
        do = {"audit/preview": audits.preview, "audit/status": audits.status, "audit/cancel": audits.cancel}
        return _json(line(await self._desk.lanes.run("slow", lambda: do[method.name](given))))

    async def report(self, request: Request) -> Response:
        if self._desk.audits is None:
            raise Refused("not-found")
        page, headers = self._desk.audits.page(request.url.path)
        return Response(page, headers={"Content-Type": "text/html; charset=utf-8", **headers})

    def _audits(self, request: Request) -> Audits:
        """Return the audits, which only a lead sees.

        Raises:
            Refused: who asks is none, or nothing can be audited here.
        """
        self._lead(request)
        if self._desk.audits is None or not can_audit():
            raise Refused("no-audit")
        return self._desk.audits

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
