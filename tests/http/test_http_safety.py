"""Who is kept out, and how: each of the ways in which servers on one's own machine were reached by others."""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable
from typing import Any

import pytest
from http_browser import LIVE, ORIGIN, TOKEN, Browser
from starlette.websockets import WebSocketDisconnect

from hamdel.doors.http.guard import HEADERS, LARGEST
from hamdel.doors.http.limits import Buckets
from hamdel.doors.http.people import OneUser
from hamdel.doors.http.rules import allowed_names, is_loopback
from hamdel.errors import ConfigError

DRAFT = {"draft": "سلام"}


def kind(answer: Any) -> str:
    return str(answer.json()["kind"])


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8765", "127.0.0.1", "127.0.0.1:80", "localhost:8766", "127.0.0.1:8765.evil.ir", ""],
)
def test_other_names_of_the_host_are_refused_first(browser: Browser, host: str) -> None:
    """DNS rebinding: the page's own name leads to this machine, so that all is of one origin."""
    for method, path in (("GET", "/"), ("GET", "/openapi.json"), ("GET", "/nowhere"), ("POST", "/api/check")):
        origin = {"Origin": f"http://{host}", "Authorization": f"Bearer {TOKEN}"}
        answer = browser.client.request(method, path, headers={"Host": host, **origin}, json=DRAFT)
        assert (answer.status_code, kind(answer)) == (421, "wrong-host")


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost:8765", "LOCALHOST:8765", "[::1]:8765"])
def test_our_own_names_are_let_in(browser: Browser, host: str) -> None:
    assert browser.client.get("/", headers={"Host": host}).status_code == 200
    assert browser.post("/api/check", DRAFT, Host=host, Origin=f"http://{host.lower()}").status_code == 200


@pytest.mark.parametrize(
    "origin",
    ["http://evil.example", "null", "http://127.0.0.1", "https://127.0.0.1:8765", f"{ORIGIN}.evil.ir", "", "file://"],
)
def test_other_origins_are_refused(browser: Browser, origin: str) -> None:
    answer = browser.post("/api/check", DRAFT, Origin=origin)
    assert (answer.status_code, kind(answer)) == (403, "wrong-origin")
    assert browser.client.get("/", headers={"Origin": origin}).status_code == 403


def test_no_origin_at_all_is_for_reading_and_for_programs_with_a_token(browser: Browser) -> None:
    """A browser names its origin in each POST, and lets no other page set Authorization: no page can send this."""
    headers = {"Authorization": f"Bearer {TOKEN}"}
    assert browser.client.get("/").status_code == 200
    assert browser.client.post("/api/check", json=DRAFT, headers=headers).status_code == 200
    assert kind(browser.client.post("/api/check", json=DRAFT, headers={"Authorization": "Bearer x"})) == "no-token"
    assert kind(browser.client.post("/api/check", json=DRAFT, headers={**headers, "Host": "evil.ir"})) == "wrong-host"
    with browser.client.websocket_connect(LIVE, headers=headers) as socket:
        socket.send_json({"token": TOKEN})
        assert socket.receive_json()["ready"]
    twice = [("Origin", ORIGIN), ("Origin", "http://evil.example"), *headers.items()]
    assert kind(browser.client.post("/api/check", json=DRAFT, headers=twice)) == "wrong-origin"


@pytest.mark.parametrize(
    "more",
    [
        {"Authorization": ""},
        {"Authorization": "Bearer "},
        {"Authorization": f"Basic {TOKEN}"},
        {"Cookie": "a=b"},
        {"Referer": f"{ORIGIN}/"},
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Mode": "no-cors"},
        {"Origin": ""},
        {"Origin": "null"},
    ],
)
def test_what_a_browser_sends_needs_an_origin(browser: Browser, more: dict[str, str]) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}", **more}
    for method in ("POST", "PUT", "OPTIONS"):
        answer = browser.client.request(method, "/api/check", json=DRAFT, headers=headers)
        assert (answer.status_code, kind(answer)) == (403, "wrong-origin")
    with pytest.raises(WebSocketDisconnect), browser.client.websocket_connect(LIVE, headers=headers):
        pass


@pytest.mark.parametrize(
    ("site", "mode", "dest", "allowed"),
    [
        ("same-origin", "cors", "empty", True),
        ("none", "navigate", "document", True),
        ("cross-site", "navigate", "document", True),  # a link to our page
        ("cross-site", "navigate", "iframe", False),
        ("cross-site", "no-cors", "script", False),
        ("same-site", "no-cors", "image", False),  # another port of this machine
    ],
)
def test_nothing_of_ours_is_loaded_by_others(browser: Browser, site: str, mode: str, dest: str, allowed: bool) -> None:
    said = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": mode, "Sec-Fetch-Dest": dest}
    assert (browser.client.get("/", headers=said).status_code == 200) is allowed


def test_other_hosts_get_no_websocket(browser: Browser) -> None:
    said = {"Host": "evil.example:8765", "Origin": "http://evil.example:8765"}
    with pytest.raises(WebSocketDisconnect), browser.client.websocket_connect(LIVE, headers=said):
        pass


@pytest.mark.parametrize("origin", [None, "http://evil.example", "null"])
def test_other_origins_get_no_websocket(browser: Browser, origin: str | None) -> None:
    with (
        pytest.raises(WebSocketDisconnect),
        browser.client.websocket_connect(LIVE, headers={"Origin": origin} if origin else {}),
    ):
        pass


@pytest.mark.parametrize("said", ["", "Bearer", "Bearer x", f"Basic {TOKEN}", TOKEN, f"Bearer {TOKEN}x"])
def test_a_token_is_needed(browser: Browser, said: str) -> None:
    for path in ("/api/check", "/api/session", "/api/labels", "/api/archive/add"):
        answer = browser.post(path, DRAFT, Authorization=said)
        assert (answer.status_code, kind(answer)) == (401, "no-token")
        assert answer.headers["www-authenticate"].startswith("Bearer")


def test_a_token_in_the_address_is_none(browser: Browser) -> None:
    answer = browser.post(f"/api/check?t={TOKEN}&token={TOKEN}", DRAFT, Authorization="")
    assert kind(answer) == "no-token"


def test_tokens_are_compared_in_constant_time(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = []

    def compare(a: Any, b: Any) -> bool:
        compared.append((a, b))
        return bool(a == b)

    monkeypatch.setattr(hmac, "compare_digest", compare)
    door = OneUser("right")
    assert door.person("right")
    assert not door.person("wrong")
    assert [len(a) for a, _ in compared] == [64, 64]  # digests, so that not even the length shows


@pytest.mark.parametrize(
    "type_",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "",
        "application/json; charset=utf-16",
    ],
)
def test_bodies_that_need_no_preflight_are_refused(browser: Browser, type_: str) -> None:
    sent = {"Origin": ORIGIN, "Authorization": f"Bearer {TOKEN}", "Content-Type": type_}
    answer = browser.client.post("/api/check", content=json.dumps(DRAFT), headers=sent)
    assert (answer.status_code, kind(answer)) == (415, "wrong-type")


@pytest.mark.parametrize(
    "body", [b"", b"{", b"\xff", b'{"draft": NaN}', b"[" * 100_000, b'{"draft": 1' + b"1" * 5000 + b"}"]
)
def test_bodies_that_are_no_json_are_refused(browser: Browser, body: bytes) -> None:
    sent = {"Origin": ORIGIN, "Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
    answer = browser.client.post("/api/check", content=body, headers=sent)
    assert (answer.status_code, kind(answer)) == (400, "not-json")


def test_nobody_else_may_read_answers(browser: Browser) -> None:
    """No CORS headers, not even to a preflight request."""
    asked = {"Origin": "http://evil.example", "Access-Control-Request-Method": "POST"}
    for answer in (
        browser.client.options("/api/check", headers=asked),
        browser.client.options("/api/check", headers={**asked, "Origin": ORIGIN}),
        browser.post("/api/check", DRAFT),
    ):
        assert not [name for name in answer.headers if name.startswith("access-control")]


@pytest.mark.parametrize("path", ["/", "/page.js", "/openapi.json", "/nowhere"])
def test_each_answer_has_its_headers(browser: Browser, path: str) -> None:
    answers = [browser.client.get(path), browser.client.get(path, headers={"Host": "evil.example"})]
    for answer in answers:
        for name, value in HEADERS.items():
            if name not in ("Cache-Control", "Content-Security-Policy"):
                assert answer.headers[name] == value
    ours = "connect-src 'self' ws://127.0.0.1:8765 wss://127.0.0.1:8765;"
    assert (
        answers[0].headers["content-security-policy"].replace(ours, "connect-src 'self';")
        == HEADERS["Content-Security-Policy"]
    )
    assert (
        answers[1].headers["content-security-policy"] == HEADERS["Content-Security-Policy"]
    )  # a foreign name stands nowhere
    policy = dict(part.split(" ", 1) for part in HEADERS["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in HEADERS["Content-Security-Policy"]
    assert browser.post("/api/check", DRAFT).headers["cache-control"] == "no-store"


def test_bodies_have_a_bound(browser: Browser) -> None:
    sent = {"Origin": ORIGIN, "Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}

    def drip() -> Any:
        for _ in range(LARGEST // 65536 + 2):
            yield b" " * 65536

    for content in (b" " * (LARGEST + 1), drip()):
        answer = browser.client.post("/api/check", content=content, headers=sent)
        assert (answer.status_code, kind(answer)) == (413, "too-large")
    lied = browser.client.post("/api/check", content=b"{}", headers={**sent, "Content-Length": "-5"})
    assert lied.status_code == 413


def test_somebody_who_asks_too_often_waits(opened: Callable[..., Browser]) -> None:
    browser = opened(_asked=Buckets(0.001, 3))
    answers = [browser.post("/api/session") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert (kind(answers[3]), answers[3].headers["retry-after"]) == ("too-many", "1")


def test_guessing_tokens_gets_slow_and_keeps_nobody_out(opened: Callable[..., Browser]) -> None:
    browser = opened(_wrong=Buckets(0.001, 3))
    tried = [browser.post("/api/session", Authorization=f"Bearer {number}").status_code for number in range(5)]
    assert tried == [401, 401, 401, 429, 429]
    assert browser.post("/api/session").status_code == 200


def test_buckets_fill_again_and_are_forgotten() -> None:
    now = [0.0]
    buckets = Buckets(2, 2, lambda: now[0])
    assert [buckets.take("a") for _ in range(3)] == [True, True, False]
    now[0] = 0.5
    assert [buckets.take("a"), buckets.take("a"), buckets.take("b")] == [True, False, True]
    for number in range(20_000):
        buckets.take(str(number))
    assert len(buckets._filled) <= 10_000


@pytest.mark.parametrize(
    ("host", "loopback"),
    [("127.0.0.1", True), ("127.9.9.9", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("::", False),
     ("LocalHost", True), ("[::1]", True), ("0:0:0:0:0:0:0:1", True), ("::0", False), ("localhost.", False),
     ("192.168.1.2", False), ("localhost.evil.ir", False), ("", False)],
)  # fmt: skip
def test_what_only_this_machine_reaches(host: str, loopback: bool) -> None:
    assert is_loopback(host) is loopback


def test_names_behind_a_proxy() -> None:
    names = allowed_names("0.0.0.0", 8765, ["Hamdel.example.ir"])
    assert "hamdel.example.ir" in names.hosts
    assert "https://hamdel.example.ir" in names.origins
    assert allowed_names("192.168.1.2", 80).hosts == {"192.168.1.2:80", "192.168.1.2"}
    for host, public in (("0.0.0.0", []), ("127.0.0.1", ["https://x"]), ("127.0.0.1", ["*"]), ("127.0.0.1", [""])):
        with pytest.raises(ConfigError):
            allowed_names(host, 8765, public)


@pytest.mark.parametrize(
    ("host", "sent"),
    [
        ("127.0.0.2", "127.0.0.2:8765"),
        ("0:0:0:0:0:0:0:1", "[::1]:8765"),
        ("FE80::1", "[fe80::1]:8765"),
        ("2001:DB8:0:0::1", "[2001:db8::1]:8765"),
        ("My-Host.lan", "my-host.lan:8765"),
    ],
)
def test_a_server_is_called_what_browsers_write(host: str, sent: str) -> None:
    names = allowed_names(host, 8765)
    assert sent in names.hosts
    assert f"http://{sent}" in names.origins


@pytest.mark.parametrize(
    ("public", "sent"),
    [
        ("hamdel.ir", "hamdel.ir"),
        ("Hamdel.IR.", "hamdel.ir"),
        ("hamdel.ir:443", "hamdel.ir"),
        ("hamdel.ir:8443", "hamdel.ir:8443"),
        ("همدل.ایران", "xn--ugb6bbh.xn--mgba3a4f16a"),
        ("2001:DB8::1", "[2001:db8::1]"),
        ("[2001:db8::1]:8443", "[2001:db8::1]:8443"),
    ],
)
def test_a_public_name_is_what_browsers_write(public: str, sent: str) -> None:
    names = allowed_names("127.0.0.1", 8765, [public])
    assert sent in names.hosts
    assert f"https://{sent}" in names.origins
    assert all(name.isascii() for name in names.hosts)


@pytest.mark.parametrize(
    "public",
    ["a.ir:x", "a.ir:0", "a,b", "a\tb", "a b", "-", "نیک‌پور.ایران", "a..ir", "http://a.ir", "a.ir/x", "u@a.ir", "."],
)
def test_what_is_no_public_name_is_refused(public: str) -> None:
    with pytest.raises(ConfigError, match="must be a name"):
        allowed_names("127.0.0.1", 8765, [public])


@pytest.mark.parametrize("host", ["::0", "0:0::0", "0.0.0.0", ""])
def test_everywhere_needs_a_public_name(host: str) -> None:
    with pytest.raises(ConfigError, match="needs --public-host"):
        allowed_names(host, 8765)
