"""A team: users with tokens and roles, one archive, and nobody in somebody else's name."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from http_browser import Browser
from starlette.websockets import WebSocketDisconnect

from hamdel.doors.http.people import Person, Role, Team, add_user, read_users, remove_user
from hamdel.errors import ConfigError

DRAFT = "سلام. تو باید صبر کنی."


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "users.json"


def test_tokens_are_shown_once_and_stored_nowhere(file: Path) -> None:
    token = add_user(file, "سارا", Role.AGENT)
    assert token not in file.read_text(encoding="utf-8")
    assert file.stat().st_mode & 0o77 == 0
    assert Team(file).person(token) == Person("سارا", Role.AGENT, "سارا")
    assert Team(file).person(token + "x") is None


def test_who_is_removed_is_out_at_once(file: Path) -> None:
    first, second = add_user(file, "سارا", Role.LEAD, "sara"), add_user(file, "مینا", Role.AGENT)
    team = Team(file)
    assert team.person(first) == Person("سارا", Role.LEAD, "sara")
    remove_user(file, "سارا")
    assert (team.person(first), bool(team.person(second))) == (None, True)
    file.write_text("{", encoding="utf-8")
    assert team.person(second) is None
    file.unlink()
    assert team.person(second) is None


@pytest.mark.parametrize("name", ["", " ", "a/b", "x" * 65, "-x", "a\nb", "\u200cسارا", "سارا\u200c", "س\u202eارا"])
def test_names_that_cant_be_used(file: Path, name: str) -> None:
    with pytest.raises(ConfigError, match="name"):
        add_user(file, name, Role.AGENT)
    assert not file.exists()


def test_mistakes_are_told_in_a_line(file: Path) -> None:
    with pytest.raises(ConfigError, match=r"no such file.*add-user"):
        read_users(file)
    add_user(file, "سارا", Role.AGENT)
    with pytest.raises(ConfigError, match="there is a user"):
        add_user(file, "سارا", Role.LEAD)
    with pytest.raises(ConfigError, match=r"there is no user.*سارا"):
        remove_user(file, "مینا")
    good = json.loads(file.read_text(encoding="utf-8"))
    entry = good["users"]["سارا"]
    wrong: list[Any] = [[], {}, {"schema": "x", "users": {}}, {**good, "users": []}]
    wrong += [
        {**good, "users": {"a": one}} for one in (1, {}, {**entry, "role": "boss"}, {**entry, "token_sha256": "x"})
    ]
    for value in wrong:
        file.write_text(json.dumps(value), encoding="utf-8")
        with pytest.raises(ConfigError, match=r"users\.json: "):
            read_users(file)


def test_leads_see_labels_and_agents_dont(opened: Callable[..., Browser], file: Path) -> None:
    agent, lead = add_user(file, "سارا", Role.AGENT), add_user(file, "مینا", Role.LEAD)
    desk = Team(file)
    one, other = opened(desk, agent), opened(desk, lead)
    assert (one.post("/api/session").json()["role"], other.post("/api/session").json()["role"]) == ("agent", "lead")
    assert one.post("/api/label", {"draft": DRAFT, "check": "respect/tu-form"}).status_code == 200
    refused = one.post("/api/labels")
    assert (refused.status_code, refused.json()["kind"]) == (403, "not-yours")
    assert any(case["about"] == "respect/tu-form" for case in other.post("/api/labels").json()["labels"])


def test_nobody_speaks_for_somebody_else(opened: Callable[..., Browser], file: Path) -> None:
    token = add_user(file, "سارا", Role.AGENT, "sara")
    browser = opened(Team(file), token)
    asked: list[dict[str, Any]] = []
    lanes = browser.desk.lanes

    class Noting:
        async def answer(self, method: str, params: Any, lang: Any) -> str:
            asked.append(dict(params))
            return str(await lanes.answer(method, params, lang))

    browser.desk.lanes = Noting()
    assert browser.post("/api/check", {"draft": DRAFT, "agent": "مینا"}).status_code == 200
    assert browser.post("/api/archive/add", {"reply": "بستهٔ آبی شما از انبار یزد راه افتاد."}).status_code == 200
    assert browser.post("/api/explain", {"check": "respect/blame"}).status_code == 200
    assert [one.get("agent") for one in asked] == ["sara", "sara", None]


def test_each_person_is_counted_alone(opened: Callable[..., Browser], file: Path) -> None:
    from hamdel.doors.http.limits import Buckets

    first, second = add_user(file, "سارا", Role.AGENT), add_user(file, "مینا", Role.AGENT)
    browser = opened(Team(file), first, _asked=Buckets(0.001, 1))
    assert [browser.post("/api/session").status_code for _ in range(2)] == [200, 429]
    browser.token = second
    assert browser.post("/api/session").status_code == 200


def test_a_users_file_is_read_again_only_when_it_changed(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    token = add_user(file, "سارا", Role.AGENT)
    team = Team(file)
    monkeypatch.setattr("hamdel.doors.http.people.read_users", lambda _: pytest.fail("read again"))
    assert team.person(token)
    monkeypatch.undo()
    os.utime(file, (1, 1))
    assert team.person(token)


def test_who_is_removed_is_out_while_connected(opened: Callable[..., Browser], file: Path) -> None:
    first, second = add_user(file, "سارا", Role.AGENT), add_user(file, "مینا", Role.AGENT)
    browser = opened(Team(file), first)
    with browser.live() as socket, browser.live() as other:
        for one, token in ((socket, first), (other, second)):
            one.send_json({"token": token})
            assert one.receive_json()["ready"]
        remove_user(file, "سارا")
        asked = {"id": 1, "method": "check", "params": {"draft": DRAFT}}
        socket.send_json(asked)
        assert socket.receive_json()["error"]["kind"] == "no-token"
        with pytest.raises(WebSocketDisconnect) as closed:
            socket.receive_json()
        assert closed.value.code == 1008
        other.send_json(asked)
        assert "result" in other.receive_json()


@pytest.mark.parametrize("name", ["حاجی‌زاده", "Anne-Marie", "م. رضایی"])
def test_names_that_people_have(file: Path, name: str) -> None:
    add_user(file, name, Role.AGENT)
    assert list(read_users(file)) == [name]


@pytest.mark.skipif(sys.platform == "win32", reason="folders can't be locked there")
def test_all_are_in_it_who_are_added_at_once(file: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: add_user(file, f"u{number}", Role.AGENT), range(24)))
        list(pool.map(lambda number: remove_user(file, f"u{number}"), range(12)))
    assert set(read_users(file)) == {f"u{number}" for number in range(12, 24)}
    assert [path.name for path in file.parent.iterdir()] == [file.name]


@pytest.mark.skipif(sys.platform == "win32", reason="no such files")
def test_a_users_file_that_is_none_hangs_nobody(file: Path) -> None:
    os.mkfifo(file)
    for use in (lambda: read_users(file), lambda: add_user(file, "a", Role.AGENT), lambda: remove_user(file, "a")):
        with pytest.raises(ConfigError, match="regular file"):
            use()
    with pytest.raises(ConfigError, match="regular file"):
        read_users(Path("/dev/zero"))
    deep = file.with_name("deep.json")
    deep.write_text("[" * 100_000, encoding="utf-8")
    with pytest.raises(ConfigError, match="not JSON"):
        read_users(deep)


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_to_a_users_file_stays_one(file: Path) -> None:
    link = file.with_name("link.json")
    (file.parent / "shared").mkdir()
    link.symlink_to(file.parent / "shared" / "users.json")
    token = add_user(link, "سارا", Role.AGENT)
    team = Team(link)
    assert link.is_symlink()
    assert team.person(token)
    remove_user(link, "سارا")
    assert team.person(token) is None
