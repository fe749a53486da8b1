"""The WebSocket for checks while somebody types: a newer one takes the place of an older one about the same draft."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from hamdel.doors.http.guard import LARGEST
from hamdel.doors.http.people import Person
from hamdel.doors.http.problems import Refused, language, problem_of
from hamdel.doors.requests import METHODS, RequestError
from hamdel.model import Lang
from hamdel.render.text.json_text import line

if TYPE_CHECKING:
    from hamdel.doors.http.desk import Desk

__all__ = ["Live"]

log = logging.getLogger(__name__)

_HELLO = 10.0  # seconds to say who one is
_MOST, _MOST_EACH = 500, 10  # connections in all, and of one person
_WAITING = 32  # messages of one connection that aren't answered yet
#: Methods about a draft: of these only the newest matters.
_DRAFTS = frozenset(name for name, method in METHODS.items() if method.takes("document"))
_UNWELCOME, _TOO_MANY = 1008, 1013


class Live:
    """Serves WebSockets.

    Args:
        desk: answers.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._open: dict[str, int] = {}

    async def serve(self, socket: WebSocket) -> None:
        """Serve one WebSocket to its end."""
        await socket.accept()
        try:
            token, person, lang = await asyncio.wait_for(self._hello(socket), _HELLO)
        except (Refused, TimeoutError) as error:
            refused = error if isinstance(error, Refused) else Refused("no-token")
            await _say(socket, {"error": problem_of(refused, language(socket.headers, socket.query_params))})
            await socket.close(_UNWELCOME)
            return
        except WebSocketDisconnect:
            return
        if sum(self._open.values()) >= _MOST or self._open.get(person.name, 0) >= _MOST_EACH:
            await socket.close(_TOO_MANY)
            return
        self._open[person.name] = self._open.get(person.name, 0) + 1
        talk = _Talk(self._desk, socket, token, person, lang)
        try:
            await talk.run()
        finally:
            self._open[person.name] -= 1
            if not self._open[person.name]:
                del self._open[person.name]

    async def _hello(self, socket: WebSocket) -> tuple[str, Person, Lang | None]:
        """Take the first message, and return whose token it has.

        Raises:
            Refused: it has no token of anybody's.
        """
        message = await _receive(socket)
        said = message.get("token") if isinstance(message, dict) else None
        token = said if isinstance(said, str) else ""
        person = self._desk.enter(token, _address(socket))
        lang = Lang(message["lang"]) if message.get("lang") in list(Lang) else None
        await _say(socket, {"ready": True, **self._desk.session(person)})
        return token, person, lang


def _address(socket: WebSocket) -> str:
    return socket.client.host if socket.client else ""


async def _receive(socket: WebSocket) -> Any:
    """Return the next message's value; None for one that is no JSON.

    Raises:
        WebSocketDisconnect: there is no next one.
    """
    message = await socket.receive()
    if message["type"] == "websocket.disconnect":
        raise WebSocketDisconnect(message.get("code") or 1000)
    text = message.get("text")
    if text is None or len(text) > LARGEST:
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


async def _say(socket: WebSocket, value: Mapping[str, Any]) -> None:
    await socket.send_text(line(dict(value)))


@dataclass(eq=False)
class _Talk:
    """One connection."""

    desk: Desk
    socket: WebSocket
    token: str
    person: Person
    lang: Lang | None
    _latest: dict[tuple[str, str], asyncio.Task[None]] = field(default_factory=dict)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _sending: asyncio.Lock = field(default_factory=asyncio.Lock)
    _over: bool = False

    async def run(self) -> None:
        """Answer messages until the connection ends."""
        try:
            while await self._take(await _receive(self.socket)):
                pass
        except WebSocketDisconnect:
            pass
        finally:
            self._over = True
            for task in self._tasks:
                task.cancel()

    async def _take(self, message: Any) -> bool:
        """Begin to answer a message; return whether more of them are taken."""
        id_ = message.get("id") if isinstance(message, dict) else None
        try:
            # Whose token it is may have changed since the first message: who was removed is out at once.
            self.person = self.desk.enter(self.token, _address(self.socket))
            method, params = _call(message)
            self.desk.count(self.person)
            if len(self._tasks) >= _WAITING:
                raise Refused("too-many")
        except Refused as refused:
            await self._error(id_, refused)
            if refused.what == "no-token":
                await self.socket.close(_UNWELCOME)
            return refused.what != "no-token"
        task = asyncio.create_task(self._answer(id_, method, params))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        if method in _DRAFTS:
            self._supersede((method, str(params.get("document", ""))), task)
        return True

    def _supersede(self, key: tuple[str, str], task: asyncio.Task[None]) -> None:
        """Give up an older task about the same draft; it isn't begun any more, or its outcome is dropped."""
        older = self._latest.get(key)
        if older and not older.done():
            older.cancel()
        self._latest[key] = task
        task.add_done_callback(lambda done: self._latest.pop(key) if self._latest.get(key) is done else None)

    async def _answer(self, id_: Any, method: str, params: Mapping[str, Any]) -> None:
        try:
            result = await self.desk.answer(self.person, method, params, self.lang)
            await self._send(f'{{"id":{line(id_).rstrip()},"result":{result.rstrip()}}}')
        except asyncio.CancelledError:
            await self._send(line({"id": id_, "superseded": True}))
        except (Refused, RequestError) as error:
            await self._error(id_, error)
        except Exception:
            log.exception("internal error")
            await self._error(id_, Refused("internal"))

    async def _error(self, id_: Any, error: Refused | RequestError) -> None:
        lang = self.lang or language(self.socket.headers, self.socket.query_params)
        await self._send(line({"id": id_, "error": problem_of(error, lang)}))

    async def _send(self, text: str) -> None:
        """Send a text unless nobody is there any more."""
        async with self._sending:
            if self._over or self.socket.client_state is not WebSocketState.CONNECTED:
                return
            try:
                await self.socket.send_text(text)
            except (RuntimeError, WebSocketDisconnect):
                self._over = True


def _call(message: Any) -> tuple[str, dict[str, Any]]:
    """Return method and parameters of a message.

    Raises:
        Refused: it has none.
    """
    if not isinstance(message, dict):
        raise Refused("not-json")
    id_, method, params = message.get("id"), message.get("method"), message.get("params", {})
    if not isinstance(method, str) or not isinstance(params, dict) or not isinstance(id_, int | str | None):
        raise Refused("not-object")
    return method, params
