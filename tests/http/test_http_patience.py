"""Slow requests: a connection that says nothing, or a byte now and then, is closed; a page's quiet socket isn't."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
import uvicorn
from http_browser import TOKEN, Browser

from hamdel.doors.http import patience
from hamdel.doors.http.rules import Names

_WAIT = 0.4


@pytest.fixture
def address(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, int]]:
    """A server in a thread, that has little patience."""
    for name in ("HEAD", "BODY", "PIECE"):
        monkeypatch.setattr(patience, name, _WAIT)
    app: Any = browser.client.app
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        hosts = frozenset([f"127.0.0.1:{port}"])
        monkeypatch.setattr(app, "_names", Names(hosts, frozenset(f"http://{host}" for host in hosts)))
        config = uvicorn.Config(app, http=patience.Impatient, ws="websockets-sansio", log_config=None, lifespan="off")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        yield "127.0.0.1", port
        server.should_exit = True
        thread.join(10)


def head(address: tuple[str, int], length: int, path: str = "/api/check", type_: str = "application/json") -> bytes:
    lines = (
        f"POST {path} HTTP/1.1",
        f"Host: {address[0]}:{address[1]}",
        f"Authorization: Bearer {TOKEN}",
        f"Content-Type: {type_}",
        f"Content-Length: {length}",
    )
    return "\r\n".join([*lines, "", ""]).encode()


def answer(connection: socket.socket) -> bytes:
    """All that comes until the other side closes."""
    connection.settimeout(10)
    data = b""
    while more := connection.recv(10_000):
        data += more
    return data


@pytest.mark.parametrize("begun", [b"", b"G", b"GET / HTTP/1.1\r\n", b"POST /api/check HTTP/1.1\r\nHost: x\r\n"])
def test_half_a_head_is_waited_for_a_while(address: tuple[str, int], begun: bytes) -> None:
    with socket.create_connection(address) as connection:
        connection.sendall(begun)
        since = time.monotonic()
        assert answer(connection) == b""
        assert time.monotonic() - since < 5


def test_a_byte_now_and_then_gives_no_more_time(address: tuple[str, int]) -> None:
    with socket.create_connection(address) as connection:
        since = time.monotonic()
        with pytest.raises(OSError, match=r".*"):
            for byte in head(address, 2) * 3:
                connection.sendall(bytes([byte]))
                time.sleep(_WAIT / 4)
        assert time.monotonic() - since < 10 * _WAIT


@pytest.mark.parametrize("body", [b"", b"{", b'{"draft":'])
def test_half_a_body_is_waited_for_a_while(address: tuple[str, int], body: bytes) -> None:
    with socket.create_connection(address) as connection:
        connection.sendall(head(address, 100) + body)
        assert b"408 Request Timeout" in answer(connection).split(b"\r\n")[0]


def test_the_next_head_on_the_same_connection_is_waited_for_as_long(address: tuple[str, int]) -> None:
    body = b'{"draft": "x"}'
    with socket.create_connection(address) as connection:
        connection.sendall(head(address, len(body)) + body)
        assert b" 200 " in connection.recv(100)
        connection.sendall(b"GET / HTTP/1.1\r\n")
        answer(connection)


def test_a_websocket_may_say_nothing(address: tuple[str, int]) -> None:
    import json

    from websockets.sync.client import connect

    name = f"{address[0]}:{address[1]}"
    with connect(f"ws://{name}/api/live", origin=f"http://{name}", compression=None, proxy=None) as live:  # type: ignore[arg-type]
        live.send(json.dumps({"token": TOKEN}))
        assert json.loads(live.recv(10))["ready"]
        time.sleep(3 * _WAIT)
        live.send(json.dumps({"id": 1, "method": "check", "params": {"draft": "سلام"}}))
        assert json.loads(live.recv(10))["id"] == 1
