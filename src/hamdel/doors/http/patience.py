"""How long a server waits for a request: connections that say nothing, or a byte now and then, must not fill it up."""

from __future__ import annotations

import asyncio
from typing import Any

from starlette.types import Message, Receive
from uvicorn.protocols.http.auto import AutoHTTPProtocol

from hamdel.doors.http.problems import Refused

__all__ = ["BODY", "HEAD", "PIECE", "Impatient", "Patient"]

#: Seconds for a request's head, for the whole of a small body, and for each piece of a large one.
HEAD, BODY, PIECE = 10.0, 30.0, 30.0


class Impatient(AutoHTTPProtocol):  # type: ignore[misc, valid-type]  # which one depends on what is installed
    """Closes a connection on which no request begins in time; uvicorn itself waits for ever."""

    _late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._look()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._look()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop()
        super().connection_lost(exc)

    def _look(self) -> None:
        """Begin to wait when no request is being answered; more bytes of a head give it no more time."""
        if not self._is_unasked():
            self._stop()
        elif self._late is None:
            self._late = self.loop.call_later(HEAD, self._give_up)

    def _is_unasked(self) -> bool:
        waits = self.cycle is None or self.cycle.response_complete
        return waits and self.transport.get_protocol() is self  # a WebSocket has another one

    def _give_up(self) -> None:
        self._late = None
        if self._is_unasked():
            self.transport.close()

    def _stop(self) -> None:
        if self._late:
            self._late.cancel()
            self._late = None


class Patient:
    """Receives a body in a bounded time, and up to a size.

    Args:
        receive: gives the next piece.
        largest: bytes; None where who reads it has a bound.
    """

    def __init__(self, receive: Receive, largest: int | None) -> None:
        self._receive = receive
        self._largest = largest
        self._size = 0
        self._more = True
        self._end = asyncio.get_running_loop().time() + BODY

    async def __call__(self) -> Message:
        """Return the next message.

        Raises:
            Refused: the body is too large, or comes too slowly.
        """
        if not self._more:  # what comes now is that the other side has gone
            return await self._receive()
        now = asyncio.get_running_loop().time()
        try:
            async with asyncio.timeout_at(now + PIECE if self._largest is None else self._end):
                message = await self._receive()
        except TimeoutError:
            raise Refused("too-slow", {"Connection": "close"}) from None
        self._more = message.get("more_body", False)
        self._size += len(message.get("body", b""))
        if self._largest is not None and self._size > self._largest:
            raise Refused("too-large", {"Connection": "close"})
        return message
