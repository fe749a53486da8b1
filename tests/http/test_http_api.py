"""The requests over HTTP: what is answered, and how errors are told."""

from __future__ import annotations

import json
from typing import Any

import jsonschema_rs
import pytest
from http_browser import Browser

from hamdel.doors.http.audit_methods import AUDIT_METHODS
from hamdel.doors.http.openapi import document
from hamdel.doors.requests import METHODS

DRAFT = "سلام. تو باید صبر کنی."
REPLY = "سفارش شما فردا با پیک می‌رسد و کد رهگیری را پیامک می‌کنم."
SAMPLES: list[tuple[str, dict[str, Any]]] = [
    ("check", {"draft": DRAFT, "customer": "سفارشم نرسیده", "turn": 1, "channel": "chat", "past": None}),
    ("fix", {"draft": DRAFT, "offered": True}),
    ("improve", {"draft": DRAFT, "situation": None}),
    ("explain", {"check": "respect/blame"}),
    ("checks", {}),
    ("skeletons", {}),
    ("archive/add", {"reply": REPLY, "agent": "سارا", "channel": "chat", "time": 1}),
    ("archive/search", {"text": REPLY, "at": 80.5, "limit": 3}),
    ("label", {"draft": DRAFT, "check": "respect/tu-form", "note": "دوستیم"}),
    ("session", {}),
    ("practice", {}),
    ("labels", {}),
]


def validator(schema: dict[str, Any]) -> Any:
    return jsonschema_rs.Draft202012Validator({**schema, "components": document()["components"]})


@pytest.mark.parametrize(("name", "params"), SAMPLES, ids=[name for name, _ in SAMPLES])
def test_requests_and_answers_are_as_described(browser: Browser, name: str, params: dict[str, Any]) -> None:
    operation = document()["paths"][f"/api/{name}"]["post"]
    body = operation["requestBody"]["content"]["application/json"]["schema"]
    assert list(validator(body).iter_errors(params)) == []
    answer = browser.post(f"/api/{name}", params)
    assert answer.status_code == 200, answer.text
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    assert list(validator(schema).iter_errors(answer.json())) == []


def test_all_methods_are_served_and_described(browser: Browser) -> None:
    paths = browser.client.get("/openapi.json").json()["paths"]
    others = ("audit/upload", "session", "labels", "practice")
    assert set(paths) == {f"/api/{name}" for name in (*METHODS, *AUDIT_METHODS, *others)}
    assert browser.post("/api/session").json()["methods"] == list(METHODS)


def test_the_language_of_reports_is_asked_for_in_the_address(browser: Browser) -> None:
    langs = [
        browser.post(f"/api/check{query}", {"draft": DRAFT}).json()["lang"] for query in ("", "?lang=en", "?lang=fa")
    ]
    assert langs == ["fa", "en", "fa"]


@pytest.mark.parametrize(
    ("path", "body", "status", "kind", "where"),
    [
        ("/api/check", {}, 422, "invalid", "draft"),
        ("/api/check", {"draft": 1}, 422, "invalid", "draft"),
        ("/api/check", {"draft": "", "drat": 1}, 422, "invalid", "drat"),
        ("/api/check", {"draft": "سلام " * 20_000}, 422, "too-long", "draft"),
        ("/api/check", [1], 400, "not-object", ""),
        ("/api/explain", {"check": "../../etc/passwd"}, 422, "invalid", ""),
        ("/api/improve", {"draft": "", "situation": "../x"}, 422, "invalid", ""),
        ("/api/check?lang=de", {"draft": ""}, 422, "invalid", "lang"),
        ("/api/session", {"now": True}, 422, "invalid", "now"),
        ("/api/initialize", {"folder": "/"}, 404, "not-found", ""),
        ("/api/check/", {}, 404, "not-found", ""),
        ("/", {}, 405, "wrong-method", ""),
    ],
)
def test_errors_are_problems(browser: Browser, path: str, body: Any, status: int, kind: str, where: str) -> None:  # noqa: PLR0917
    answer = browser.post(path, body)
    problem = answer.json()
    assert answer.status_code == problem["status"] == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert (problem["kind"], problem["where"]) == (kind, where)
    assert list(validator({"$ref": "#/components/schemas/problem"}).iter_errors(problem)) == []


@pytest.mark.parametrize(
    ("query", "accepted", "lang"),
    [
        ("", "", "fa"),
        ("", "en-GB,en;q=0.9", "en"),
        ("", "de, en;q=0.5, fa-IR;q=0.8", "fa"),
        ("", "de;q=x, *", "fa"),
        ("?lang=fa", "en", "fa"),
    ],
)
def test_errors_are_told_in_the_language_that_is_asked_for(
    browser: Browser, query: str, accepted: str, lang: str
) -> None:
    answer = browser.post(f"/api/check{query}", {}, **({"Accept-Language": accepted} if accepted else {}))
    problem = answer.json()
    assert answer.headers["content-language"] == lang
    assert problem["detail"] == problem[lang] == {"fa": "«draft» نیامده است", "en": "draft is missing"}[lang]


def test_personal_data_is_masked_unless_asked_for(browser: Browser) -> None:
    draft = "سلام. کارت شما 6037991234567893 است."
    for shown in (False, True):
        answer = browser.post("/api/check", {"draft": draft, "show_personal_data": shown})
        assert ("6037991234567893" in answer.text) is shown
    refused = browser.post("/api/check", {"draft": draft, "6037991234567893": 1})
    assert "6037991234567893" not in refused.text


def test_sent_replies_are_compared_with(browser: Browser) -> None:
    reply = "کفش قرمز شما امروز از انبار تهران بیرون آمد و پستچی شنبه آن را می‌آورد."
    assert browser.post("/api/archive/add", {"reply": reply}).json() == {"added": True}
    report = browser.post("/api/check", {"draft": reply}).json()
    assert "repetition/near-copy" in {finding["check"] for finding in report["findings"]}


def test_nothing_is_sent_where_no_archive_was_chosen(opened: Any) -> None:
    browser = opened(may_add=False)
    answer = browser.post("/api/archive/add", {"reply": REPLY})
    assert (answer.status_code, answer.json()["kind"]) == (409, "no-archive")
    assert browser.post("/api/session").json()["archive"] is False


def test_an_error_of_our_own_says_nothing_of_the_inside(
    browser: Browser, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("a secret")

    monkeypatch.setattr("hamdel.doors.requests.requests.json_report.to_dict", broken)
    answer = browser.post("/api/check", {"draft": DRAFT})
    assert (answer.status_code, answer.json()["kind"]) == (500, "internal")
    assert "secret" not in answer.text
    assert "internal error" in caplog.text
    assert answer.headers["content-security-policy"]


def test_files_of_the_page(browser: Browser) -> None:
    page = browser.client.get("/")
    assert (page.headers["content-type"], page.headers["cache-control"]) == ("text/html; charset=utf-8", "no-store")
    assert "همدل" in page.text
    script = browser.client.get("/page.js")
    assert (script.headers["content-type"], script.headers["cache-control"]) == (
        "text/javascript; charset=utf-8",
        "no-cache",
    )
    again = browser.client.get("/page.js", headers={"If-None-Match": script.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert browser.client.head("/").status_code == 200
    assert browser.client.get("/en/").text == browser.client.get("/en/practice").text
    for path in (
        "/../app.py",
        "/%2e%2e/app.py",
        "/..%2fapp.py",
        "/page.js/",
        "/index.html",
        "//etc/passwd",
        "/PAGE.js",
    ):
        assert browser.client.get(path).status_code == 404, path


def test_the_openapi_document_is_json(browser: Browser) -> None:
    answer = browser.client.get("/openapi.json")
    assert answer.headers["content-type"] == "application/json"
    text = json.dumps(answer.json())
    assert "$defs" not in text
    assert '"$ref": "hamdel/' not in text
