"""A team's own messages to practise on: read once, masked, and only for who has a token."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from http_browser import Browser

from hamdel.doors.http.practice import read_exercises
from hamdel.doors.told import worded
from hamdel.errors import InputError


def _file(folder: Path, *lines: object) -> Path:
    path = folder / "own.jsonl"
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), "utf-8")
    return path


def test_messages_are_masked_as_they_are_read(tmp_path: Path) -> None:
    path = _file(
        tmp_path,
        {"customer": "سلام، شماره‌ام 09121234567 است و سفارش نرسیده", "reply": "به a.rezaei@example.com نوشتم."},
        '"سفارشم کجاست؟"',
        "",
        {"id": "late-3", "customer": "دیر شد", "situation": "ارسال", "emotion": "anger", "channel": "email"},
    )
    first, second, third = read_exercises(path)
    assert "0912" not in first["customer"]
    assert "rezaei" not in first["reply"]
    assert first["id"] == "own-1"
    assert second == {"id": "own-2", "situation": "", "emotion": "neutral", "customer": "سفارشم کجاست؟"}
    assert third == {
        "id": "late-3", "situation": "ارسال", "emotion": "anger", "customer": "دیر شد", "channel": "email"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([], "own.jsonl: has no message"),
        (["{"], "own.jsonl:1: broken JSON"),
        ([["x"]], "own.jsonl:1: needs a text"),
        ([{"reply": "سلام"}], "own.jsonl:1: needs a text"),
        ([{"customer": " "}], "own.jsonl:1: needs a text"),
        ([{"customer": 7}], 'own.jsonl:1: "customer" must be a text'),
        ([{"customer": "سلام"}, {"customer": "x" * 5001}], 'own.jsonl:2: "customer" must be a text'),
        ([{"customer": "سلام", "emotion": "fury"}], 'own.jsonl:1: "emotion" must be one of anger'),
        ([{"customer": "سلام", "channel": ["chat"]}], 'own.jsonl:1: "channel" must be one of chat'),
    ],
)
def test_what_cannot_be_used_is_named(tmp_path: Path, lines: list[object], said: str) -> None:
    with pytest.raises(InputError) as wrong:
        read_exercises(_file(tmp_path, *lines))
    assert said in str(wrong.value)
    assert worded(str(wrong.value))


def test_no_more_than_a_page_can_hold(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"own\.jsonl:2001: more than 2000 messages"):
        read_exercises(_file(tmp_path, *['"سلام"'] * 2001))


def test_they_are_for_those_who_have_a_token(opened: Callable[..., Browser]) -> None:
    own = [{"id": "own-1", "situation": "", "emotion": "neutral", "customer": "سفارشم کجاست؟"}]
    browser = opened(practice=own)
    assert browser.post("/api/session").json()["practice"] is True
    assert browser.post("/api/practice").json() == {"exercises": own}
    assert browser.post("/api/practice", Authorization="Bearer none").status_code == 401
    assert browser.post("/api/practice", {"more": 1}).status_code == 422


def test_without_a_file_the_page_has_its_own(browser: Browser) -> None:
    assert browser.post("/api/session").json()["practice"] is False
    assert browser.post("/api/practice").json() == {"exercises": []}
