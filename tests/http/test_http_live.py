"""The WebSocket: answers while somebody types, and only to the newest draft."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from http_browser import TOKEN, Browser
from starlette.websockets import WebSocketDisconnect

from hamdel.doors.http.lanes import Lanes
from hamdel.doors.http.limits import Buckets

DRAFT = "سلام. تو باید صبر کنی."


def ask(socket: Any, id_: Any, draft: str = DRAFT, method: str = "check", **params: Any) -> None:
    socket.send_json({"id": id_, "method": method, "params": {"draft": draft, **params}})


def test_checks_while_somebody_types(browser: Browser) -> None:
    with browser.live() as socket:
        socket.send_json({"token": TOKEN, "lang": "en"})
        ready = socket.receive_json()
        assert ready["ready"]
        assert ready["role"] == "lead"
        ask(socket, 1)
        answer = socket.receive_json()
        assert (answer["id"], answer["result"]["lang"]) == (1, "en")
        assert answer["result"]["findings"]
        socket.send_json({"id": "x", "method": "explain", "params": {"check": "respect/blame"}})
        assert socket.receive_json()["result"]["id"] == "respect/blame"


@pytest.mark.parametrize(
    "first",
    [{"token": "wrong"}, {}, [], "x", 1, None, {"token": None}, {"token": ["x"]}, {"token": "\ud800"}],
)
def test_the_first_message_has_the_token(browser: Browser, first: Any) -> None:
    with browser.live() as socket:
        socket.send_json(first)
        assert socket.receive_json()["error"]["kind"] == "no-token"
        with pytest.raises(WebSocketDisconnect) as closed:
            socket.receive_json()
        assert closed.value.code == 1008


@pytest.fixture
def held(lanes: Lanes) -> Any:
    """Hold the quick lane's thread up until it is let go."""
    go, begun = threading.Event(), threading.Event()

    def wait() -> None:
        begun.set()
        assert go.wait(60)

    lanes._threads["quick"].submit(wait)
    assert begun.wait(60)
    yield go
    go.set()


def test_a_newer_draft_takes_the_place_of_an_older_one(browser: Browser, held: threading.Event) -> None:
    with browser.live() as socket:
        socket.send_json({"token": TOKEN})
        socket.receive_json()
        for number in range(4):
            ask(socket, number, document="a")
        ask(socket, "other", document="b")
        ask(socket, "fixed", method="fix", document="a")
        superseded = [socket.receive_json() for _ in range(3)]
        assert superseded == [{"id": number, "superseded": True} for number in range(3)]
        held.set()
        assert {socket.receive_json()["id"] for _ in range(3)} == {3, "other", "fixed"}


def test_what_nobody_waits_for_isnt_begun(
    browser: Browser, held: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[str] = []
    with browser.live() as socket:
        socket.send_json({"token": TOKEN})
        socket.receive_json()
        from hamdel.doors.requests import Requests

        real = Requests.answer

        def noted(self: Requests, method: str, params: Any) -> Any:
            begun.append(params["draft"])
            return real(self, method, params)

        monkeypatch.setattr(Requests, "answer", noted)
        for number in range(5):
            ask(socket, number, draft=f"سلام {number}")
        for _ in range(4):
            assert socket.receive_json()["superseded"]
        held.set()
        assert socket.receive_json()["id"] == 4
    assert begun == ["سلام 4"]


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("x", "not-json"),
        ([], "not-json"),
        ({"id": 1}, "not-object"),
        ({"id": {}, "method": "check"}, "not-object"),
        ({"id": 1, "method": "check", "params": []}, "not-object"),
        ({"id": 1, "method": "check"}, "invalid"),
        ({"id": 1, "method": "chekc", "params": {}}, "unknown-method"),
        ({"id": 1, "method": "archive/search", "params": {"text": "سلام", "at": 5}}, "invalid"),
    ],
)
def test_what_is_wrong_is_answered_and_the_next_one_too(browser: Browser, message: Any, kind: str) -> None:
    with browser.live() as socket:
        socket.send_json({"token": TOKEN})
        socket.receive_json()
        socket.send_json(message)
        assert socket.receive_json()["error"]["kind"] == kind
        socket.send_bytes(b"\xff")
        assert socket.receive_json()["error"]["kind"] == "not-json"
        ask(socket, 2)
        assert socket.receive_json()["id"] == 2


def test_messages_are_counted(opened: Callable[..., Browser]) -> None:
    browser = opened(_asked=Buckets(0.001, 2))
    with browser.live() as socket:
        socket.send_json({"token": TOKEN})
        socket.receive_json()
        for number in range(3):
            socket.send_json({"id": number, "method": "skeletons"})
        kinds = [answer.get("error", {}).get("kind") for answer in (socket.receive_json() for _ in range(3))]
        assert sorted(map(str, kinds)) == ["None", "None", "too-many"]


def test_one_person_has_so_many_connections(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hamdel.doors.http.live._MOST_EACH", 1)
    with browser.client, browser.live() as first:
        first.send_json({"token": TOKEN})
        first.receive_json()
        with browser.live() as second:
            second.send_json({"token": TOKEN})
            second.receive_json()
            with pytest.raises(WebSocketDisconnect) as closed:
                second.receive_json()
            assert closed.value.code == 1013
