"""An audit from the page: upload, preview, start, progress, report; for leads only."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from http_browser import ORIGIN, TOKEN, Browser

from hamdel.doors.http import audits as audits_module
from hamdel.doors.http.audit_methods import ORDERS as METHOD_ORDERS
from hamdel.doors.http.audit_methods import PRESETS, ROLES, SUFFIXES
from hamdel.doors.http.audit_preview import shown_names
from hamdel.doors.http.audits import Audits
from hamdel.doors.http.people import Role, Team, add_user
from hamdel.doors.keeper import Place
from hamdel.exports import _KINDS
from hamdel.exports.columns import ALL_ROLES
from hamdel.exports.dates import ORDERS
from hamdel.exports.presets import NO_PRESET, all_presets
from hamdel.render.text.directed import unmarked

pytest.importorskip("polars")
EXPORT = (
    "متن پاسخ,نام کارشناس,customer\n"
    "سلام. تو باید صبر کنی. کارت 6037991234567893,سارا,سفارشم نرسیده\n"
    "سلام، سفارش شما فردا ساعت ۱۰ با پیک می‌رسد. روز خوبی داشته باشید.,مینا,کی می‌رسد؟\n"
).encode()


@pytest.fixture
def audits(tmp_path: Path) -> Iterator[Audits]:
    made = Audits(Place(tmp_path, search=False))
    yield made
    folder = made._room._folder
    made.close()
    assert folder is None or not folder.exists()


@pytest.fixture
def browser(opened: Callable[..., Browser], audits: Audits) -> Iterator[Browser]:
    made = opened(audits=audits)
    with made.client:  # one loop for all requests: an audit runs in it
        yield made


def upload(browser: Browser, data: Any = EXPORT, name: str = "export.csv", **headers: str) -> Any:
    sent = {"Origin": ORIGIN, "Authorization": f"Bearer {browser.token}", "Content-Type": "application/octet-stream"}
    return browser.client.post("/api/audit/upload", params={"name": name}, content=data, headers={**sent, **headers})


def finished(browser: Browser, job: str) -> Any:
    for _ in range(600):
        status = browser.post("/api/audit/status", {"job": job}).json()
        if status["state"] != "running":
            return status
        time.sleep(0.1)
    raise AssertionError(status)


def test_what_is_known_here_is_known_there() -> None:
    assert set(SUFFIXES) <= set(_KINDS)
    assert sorted(ROLES) == sorted(ALL_ROLES)
    assert set(PRESETS) == {*all_presets(), NO_PRESET}
    assert METHOD_ORDERS == ORDERS


def test_an_audit_from_the_page(browser: Browser) -> None:
    assert browser.post("/api/session").json()["audit"]
    sent = upload(browser)
    export = sent.json()
    assert (export["name"], export["rows"], export["columns"]) == (
        "export.csv",
        2,
        ["متن پاسخ", "نام کارشناس", "customer"],
    )
    assert (export["guessed"]["reply"], export["guessed"]["time"]) == ("متن پاسخ", None)
    assert export["sample"][1][1] == "مینا"
    assert "6037991234567893" not in sent.text
    chosen = {"id": export["id"], "columns": {"reply": "customer", "agent": None}}
    assert browser.post("/api/audit/preview", chosen).json()["guessed"]["reply"] == "customer"

    job = browser.post("/api/audit/start", {"id": export["id"], "lang": "fa"}).json()["job"]
    busy = browser.post("/api/audit/start", {"id": export["id"]})
    assert (busy.status_code, busy.json()["kind"]) == (409, "busy")
    done = finished(browser, job)
    assert (done["state"], done["done"], done["total"]) == ("done", 2, 2)

    page = browser.client.get(done["report"])
    assert "۲ پاسخ" in page.text  # the whole page is in the language that was asked for
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    policy = page.headers["content-security-policy"]
    assert policy.startswith("sandbox allow-scripts; default-src 'none'; style-src 'sha256-")
    assert "allow-same-origin" not in policy
    assert "unsafe" not in policy
    assert page.headers["cache-control"] == "no-store"
    assert "6037991234567893" not in page.text
    assert browser.client.get(done["report"] + "x").status_code == 404
    assert browser.client.get("/report/..%2f..%2fetc%2fpasswd").status_code == 404


def test_agents_pages_are_saved_by_who_asks_for_them(browser: Browser) -> None:
    export = upload(browser).json()
    about = {"id": export["id"], "columns": {"agent": "نام کارشناس"}}
    plain = finished(browser, browser.post("/api/audit/start", about).json()["job"])
    assert plain["agents"] == []
    done = finished(browser, browser.post("/api/audit/start", about | {"agent_pages": True}).json()["job"])
    assert [one["name"] for one in done["agents"]] == ["سارا", "مینا"]
    for one in done["agents"]:
        page = browser.client.get(one["page"])
        assert one["name"] in page.text
        assert page.headers["content-disposition"].startswith("attachment; filename*=UTF-8''agent-00")
        assert page.headers["content-security-policy"].startswith("sandbox allow-scripts; default-src 'none'")
        assert page.headers["cache-control"] == "no-store"
        assert browser.client.get(one["page"][:-1]).status_code == 404
    assert len({one["page"] for one in done["agents"]} | {done["report"]}) == 3


def test_columns_that_nobody_can_guess_are_asked_for(browser: Browser) -> None:
    export = upload(browser, "a,b\nسلام، سفارش شما فردا می‌رسد.,2\n".encode()).json()
    assert (export["columns"], export["guessed"]["reply"]) == (["a", "b"], None)
    assert export["sample"] == [["سلام، سفارش شما فردا می‌رسد.", "2"]]
    named = browser.post("/api/audit/preview", {"id": export["id"], "columns": {"reply": "a"}}).json()
    assert (named["rows"], named["sample"]) == (1, [["سلام، سفارش شما فردا می‌رسد.", "2"]])


CHAT = "5/4/24, 09:02 - سارا: سلام، سفارشم نرسیده\n5/4/24, 14:30 - +98 912 345 6789: تو باید صبر کنی.\n"


def test_what_a_chat_leaves_open_is_asked(browser: Browser) -> None:
    export = upload(browser, CHAT.encode(), name="chat.txt").json()
    assert export["question"] == {"asked": "date_order", "choices": ["dmy", "mdy"]}
    about = {"id": export["id"], "date_order": "dmy"}
    question = browser.post("/api/audit/preview", about).json()["question"]
    assert (question["asked"], len(question["choices"])) == ("team", 2)
    (shop,) = (name for name in question["choices"] if name != "سارا")
    assert "345" not in shop

    failed = finished(browser, browser.post("/api/audit/start", {**about, "lang": "fa"}).json()["job"])
    assert (failed["state"], failed["question"]["asked"]) == ("failed", "team")
    assert "پاسخ" in failed["message"]
    answered = {**about, "team": [shop]}
    found = browser.post("/api/audit/preview", answered).json()
    assert (found["question"], found["rows"], found["left_out"]) == (None, 1, {"customer": 1})
    assert found["program"]["name"] == "whatsapp"
    done = finished(browser, browser.post("/api/audit/start", answered).json()["job"])
    assert (done["state"], done["done"], done["question"]) == ("done", 1, None)


def test_a_column_that_may_hold_several_things_is_asked_about(browser: Browser) -> None:
    export = upload(browser, "customer,reply\nعالی,سلام، فردا می‌رسد.\nگل,سلام، رسید.\n".encode()).json()
    question = {"asked": "column", "choices": ["message", "customer", "none"], "column": "customer"}
    assert export["question"] == question
    about = {"id": export["id"]}
    failed = finished(browser, browser.post("/api/audit/start", about).json()["job"])
    assert failed["question"] == question
    for answer, guessed in (
        ({"message": "customer"}, {"message": "customer", "customer": None}),
        ({"message": "none", "customer": "none"}, {"message": None, "customer": None}),
    ):
        found = browser.post("/api/audit/preview", about | {"columns": answer}).json()
        assert (found["question"], {role: found["guessed"][role] for role in guessed}) == (None, guessed)


def test_dates_are_asked_about_once_the_replies_are_known(browser: Browser) -> None:
    export = upload(browser, "a,date\nسلام، فردا می‌رسد.,05/12/2024\n".encode()).json()
    assert (export["question"], export["sample"]) == (None, [["سلام، فردا می‌رسد.", "05/12/2024"]])
    about = {"id": export["id"], "columns": {"reply": "a"}}
    assert browser.post("/api/audit/preview", about).json()["question"]["asked"] == "date_order"
    failed = finished(browser, browser.post("/api/audit/start", about).json()["job"])
    assert failed["question"] == {"asked": "date_order", "choices": ["dmy", "mdy"]}
    done = finished(browser, browser.post("/api/audit/start", {**about, "date_order": "mdy"}).json()["job"])
    assert done["state"] == "done"


def test_a_chats_name_tells_who_answers(browser: Browser) -> None:
    export = upload(browser, CHAT.encode(), name="WhatsApp Chat with سارا.txt").json()
    found = browser.post("/api/audit/preview", {"id": export["id"], "date_order": "dmy"}).json()
    assert [one["kind"] for one in found["notes"]] == ["team_titled"]
    nobody = {"id": export["id"], "date_order": "dmy", "team": [""]}
    assert browser.post("/api/audit/preview", nobody).json()["question"]["asked"] == "team"


def test_numbers_that_look_alike_are_told_apart(browser: Browser) -> None:
    chat = "2024/5/4, 09:02 - +98 912 345 6789: سلام\n2024/5/4, 14:30 - +98 935 111 6789: صبر کنید.\n"
    export = upload(browser, chat.encode(), name="chat.txt").json()
    first, second = export["question"]["choices"]
    assert first != second
    found = browser.post("/api/audit/preview", {"id": export["id"], "team": [second]}).json()
    assert (found["rows"], found["sample"][0][3]) == (1, "صبر کنید.")


def test_an_audit_that_fails_says_why(browser: Browser) -> None:
    id_ = upload(browser, b"a,b\n1,2\n").json()["id"]
    done = finished(browser, browser.post("/api/audit/start", {"id": id_}).json()["job"])
    assert (done["state"], done["report"]) == ("failed", None)
    assert "کدام ستون" in done["message"]
    broken = upload(browser, b"PAR1 no parquet", name="x.parquet")
    assert (broken.status_code, broken.json()["kind"]) == (422, "invalid")
    assert "/tmp" not in done["message"] + broken.text


def test_an_audit_can_be_stopped(browser: Browser) -> None:
    id_ = upload(browser).json()["id"]
    job = browser.post("/api/audit/start", {"id": id_}).json()["job"]
    assert browser.post("/api/audit/cancel", {"job": job}).json() == {"cancelled": True}
    assert browser.post("/api/audit/status", {"job": job}).json()["state"] == "cancelled"
    assert finished(browser, browser.post("/api/audit/start", {"id": id_}).json()["job"])["state"] == "done"


@pytest.mark.parametrize("name", ["", "x", "x.exe", "x.db", "../../x.py", "csv"])
def test_only_exports_are_taken(browser: Browser, audits: Audits, name: str) -> None:
    answer = upload(browser, name=name)
    assert (answer.status_code, answer.json()["where"]) == (422, "name")
    assert audits._room._folder is None


def test_names_of_files_lead_nowhere(browser: Browser, audits: Audits) -> None:
    assert upload(browser, name="../../../x.csv").json()["name"] == "x.csv"
    assert audits._room._folder is not None
    (own,) = (path for path in audits._room._folder.iterdir() if path.is_dir())
    (path,) = own.iterdir()
    assert path.name == "x.csv"
    assert [one.stat().st_mode & 0o77 for one in (path, own, audits._room._folder)] == [0, 0, 0]


ODD_NAMES = ["ا" * 300 + ".csv", 'a:b*c?"<>|\n.csv', "..\\..\\x.csv", "نام\u202e با فاصله.csv", " .csv.csv"]


@pytest.mark.parametrize("name", ODD_NAMES)
def test_odd_names_of_files_are_read(browser: Browser, name: str) -> None:
    assert upload(browser, name=name).json()["rows"] == 2


@pytest.mark.parametrize(
    ("method", "params", "where"),
    [
        ("preview", {"id": "x"}, "id"),
        ("preview", {"id": "../x"}, "id"),
        ("start", {"id": "x"}, "id"),
        ("start", {}, "id"),
        ("status", {"job": "x"}, "job"),
        ("cancel", {"job": "x"}, "job"),
        ("preview", {"id": "", "preset": "x"}, "preset"),
        ("preview", {"id": "", "team": "x"}, "team"),
        ("start", {"id": "", "date_order": "ymd"}, "date_order"),
        ("start", {"id": "", "out": "/tmp/x"}, "out"),
    ],
)
def test_what_isnt_there(browser: Browser, method: str, params: dict[str, Any], where: str) -> None:
    answer = browser.post(f"/api/audit/{method}", params)
    assert (answer.status_code, answer.json()["where"]) == (422, where)


@pytest.mark.parametrize("columns", [{"query": "x"}, {"reply": 1}, {"table": "x"}, {"team": "x"}])
def test_columns_are_names_and_nothing_else(browser: Browser, columns: dict[str, Any]) -> None:
    sent = upload(browser).json()["id"]
    answer = browser.post("/api/audit/preview", {"id": sent, "columns": columns})
    assert (answer.status_code, answer.json()["where"]) == (422, "columns")


def test_exports_have_a_bound(browser: Browser, audits: Audits, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audits_module, "LARGEST_EXPORT", 100)
    answer = upload(browser, iter([b"x" * 60, b"x" * 60]))
    assert (answer.status_code, answer.json()["kind"]) == (413, "too-large")
    assert audits._room._folder is not None
    assert list(audits._room._folder.iterdir()) == []


def test_only_a_few_exports_are_kept(browser: Browser, audits: Audits) -> None:
    ids = [upload(browser).json()["id"] for _ in range(6)]
    assert audits._room._folder is not None
    assert len(list(audits._room._folder.iterdir())) == 4
    assert browser.post("/api/audit/preview", {"id": ids[0]}).status_code == 422


def test_uploads_are_guarded_as_all_else(browser: Browser) -> None:
    assert upload(browser, Authorization="Bearer x").status_code == 401
    assert upload(browser, Origin="http://evil.example").status_code == 403
    assert upload(browser, Host="evil.example").status_code == 421
    for type_ in ("text/plain", "text/csv", "multipart/form-data; boundary=x", "application/json"):
        assert upload(browser, **{"Content-Type": type_}).status_code == 415


def test_agents_audit_nothing(opened: Callable[..., Browser], audits: Audits, tmp_path: Path) -> None:
    token = add_user(tmp_path / "users.json", "سارا", Role.AGENT)
    browser = opened(Team(tmp_path / "users.json"), token, audits=audits)
    assert browser.post("/api/session").json()["audit"] is False
    assert upload(browser).status_code == 403
    for method in ("preview", "start", "status", "cancel"):
        assert browser.post(f"/api/audit/{method}", {"id": "x"}).status_code == 403


def test_without_the_packages_it_is_said(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("app", "desk"):
        monkeypatch.setattr(f"hamdel.doors.http.{module}.can_audit", lambda: False)
    assert browser.post("/api/session").json()["audit"] is False
    assert upload(browser).json()["kind"] == "no-audit"
    assert TOKEN not in upload(browser).text


@pytest.mark.parametrize("length", range(110, 122))
def test_a_files_name_is_masked_before_it_is_cut(browser: Browser, length: int) -> None:
    number = "6037-9912-3456-7893"
    name = f"{number} {'گ' * (length - len(number) - 5)}.csv"
    for shown in (upload(browser, name=name).json()["name"], upload(browser, name=f"ب {name}").json()["name"]):
        assert len(shown) <= 120
        assert "3456" not in shown  # only a number that is whole can be told


def test_a_process_that_cant_be_started_keeps_nobody_waiting(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    id_ = upload(browser).json()["id"]
    with monkeypatch.context() as context:
        context.setattr("hamdel.doors.http.audit_running._COMMAND", ("/nowhere/python",))
        assert browser.post("/api/audit/start", {"id": id_}).status_code == 500
    for code in ("", "import sys; sys.stdin.close(); print('warning: x')", "print('[]')", "print('{\"rows\": 1}')"):
        with monkeypatch.context() as context:
            context.setattr("hamdel.doors.http.audit_running._COMMAND", (sys.executable, "-c", code))
            job = browser.post("/api/audit/start", {"id": id_}).json()["job"]
            assert finished(browser, job)["state"] == "failed"
    assert finished(browser, browser.post("/api/audit/start", {"id": id_}).json()["job"])["state"] == "done"


def test_an_export_that_is_read_is_kept(browser: Browser, audits: Audits) -> None:
    many = EXPORT + b"".join(f"سلام، سفارش {n} فردا می‌رسد.,مینا,کی؟\n".encode() for n in range(5_000))
    id_ = upload(browser, many).json()["id"]
    job = browser.post("/api/audit/start", {"id": id_}).json()["job"]
    for _ in range(6):
        upload(browser)
    assert audits._exports[id_].path.is_file()
    browser.post("/api/audit/cancel", {"job": job})


def test_what_stands_for_a_header_is_masked_too(browser: Browser) -> None:
    """An export without a header: the names of its columns are the words of its first row."""
    rows = ["سلام، با 09121234567 تماس می‌گیرم.,0935 765 4321,6037991234567893", "سفارش شما فردا می‌رسد.,0912,6037"]
    sent = upload(browser, "\n".join(rows).encode())
    for personal in ("09121234567", "765 4321", "6037991234567893"):
        assert personal not in sent.text
    export = sent.json()
    chosen = {"id": export["id"], "columns": {"reply": export["columns"][0]}}
    again = browser.post("/api/audit/preview", chosen)
    assert (again.json()["rows"], again.json()["guessed"]["reply"]) == (1, export["columns"][0])
    assert "09121234567" not in again.text
    job = browser.post("/api/audit/start", chosen).json()["job"]
    assert finished(browser, job)["state"] == "done"


def test_names_that_are_masked_alike_are_told_apart() -> None:
    names = ["09121114567", "09121234567", "آدرس", "09131234567"]
    shown = shown_names(names)
    assert list(shown.values()) == names
    assert len(set(shown)) == 4
    assert not any("0912" in one or "0913" in one for one in shown)


@pytest.mark.parametrize(("name", "data"), [("x.xlsx", b"PK"), ("x.zip", b"PK\x05\x06" + b"\0" * 18), ("x.csv", b"")])
def test_what_cant_be_read_isnt_kept(browser: Browser, audits: Audits, name: str, data: bytes) -> None:
    answer = upload(browser, data, name)
    assert answer.status_code == 422
    assert list(audits._room.folder.iterdir()) == []


def test_a_failure_names_the_file_as_it_was_called(browser: Browser) -> None:
    id_ = upload(browser).json()["id"]
    job = browser.post("/api/audit/start", {"id": id_, "columns": {"reply": "x"}}).json()["job"]
    said = unmarked(finished(browser, job)["message"])
    assert said == "export.csv: ستون «x» را برای --reply ندارد؛ این‌ها هست: \"متن پاسخ\", \"نام کارشناس\", \"customer\""


def test_an_audit_that_is_given_up_leaves_nothing(browser: Browser, audits: Audits) -> None:
    many = EXPORT + b"".join(f"سلام، سفارش {n} فردا می‌رسد.,مینا,کی؟\n".encode() for n in range(5_000))
    id_ = upload(browser, many).json()["id"]
    job = browser.post("/api/audit/start", {"id": id_}).json()["job"]
    while not audits._audits[job].out.is_dir():
        assert audits._audits[job].state == "running"
        time.sleep(0.01)
    assert browser.post("/api/audit/cancel", {"job": job}).json() == {"cancelled": True}
    assert [path.suffix for path in audits._room.folder.rglob("*.*")] == [".csv"]
    assert browser.post("/api/audit/status", {"job": job}).json()["state"] == "cancelled"
