"""What each method answers, and how wrong messages are refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from stdio_client import Talk, request

DRAFT = "سلام. تو باید صبر کنی."


def code(answer: Any) -> int:
    return int(answer["error"]["code"])


def test_initialize_tells_what_there_is(talk: Talk, tmp_path: Path) -> None:
    (tmp_path / "hamdel.toml").write_text('lang = "en"', encoding="utf-8")
    result = talk.ask(request("initialize"))["result"]
    assert result["protocol"] == "hamdel/stdio/1"
    assert result["schemas"] == ["hamdel/report/1", "hamdel/fix/1", "hamdel/improvement/1"]
    assert result["config"] == str(tmp_path / "hamdel.toml")
    assert talk.ask(request("check", draft=DRAFT))["result"]["lang"] == "en"
    chosen = talk.ask(request("initialize", settings={"lang": "fa", "address": "تو", "audience": None}))
    assert chosen["result"]["name"] == "hamdel"
    report = talk.ask(request("check", draft=DRAFT))["result"]
    assert report["lang"] == "fa"
    assert "respect/tu-form" not in {finding["check"] for finding in report["findings"]}


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ({"settings": {"lang": "de"}}, 'settings.lang can\'t be "de"; use one of fa, en'),
        ({"settings": {"colour": 1}}, 'settings: no setting is called "colour"'),
        ({"config": "gone.toml"}, "no such file"),
    ],
)
def test_wrong_settings_change_nothing(talk: Talk, params: dict[str, Any], message: str) -> None:
    answer = talk.ask(request("initialize", **params))
    assert code(answer) == -32000
    assert message in answer["error"]["message"]
    assert talk.ask(request("check", draft=DRAFT))["result"]["lang"] == "fa"


def test_check_returns_the_report(talk: Talk) -> None:
    report = talk.ask(request("check", draft="😀 " + DRAFT, customer="سفارشم نرسیده", turn=2, document="x"))["result"]
    assert report["schema"] == "hamdel/report/1"
    first = next(one for one in report["findings"] if one["check"] == "respect/tu-form")
    assert (first["start"], first["utf16"]["start"]) == (8, 9)


def test_personal_data_is_masked_unless_asked_for(talk: Talk) -> None:
    draft = "سلام. کارت شما 6037991234567893 است."
    for shown in (False, True):
        answer = talk.ask(request("check", draft=draft, show_personal_data=shown))
        assert ("6037991234567893" in json.dumps(answer)) is shown


def test_fix_and_improve(talk: Talk) -> None:
    assert talk.ask(request("fix", draft=DRAFT))["result"]["text"] == "سلام. شما باید صبر کنید."
    improved = talk.ask(request("improve", draft=DRAFT, customer="سفارش ۵۴۸۲۱ من نرسیده و نگرانم"))["result"]
    assert improved["schema"] == "hamdel/improvement/1"
    assert "شما باید صبر کنید" in improved["text"]
    assert code(talk.ask(request("improve", draft="", situation="no-such-situation"))) == -32602


def test_explain(talk: Talk) -> None:
    result = talk.ask(request("explain", check="respect/blame"))["result"]
    assert result["id"] == "respect/blame"
    assert result["why"]["fa"]
    assert result["examples"]["fire"][0]["draft"].count("⟦") >= 1
    assert result["measured"]["labels"] > 0
    assert result["decides"]["rules"]
    assert 0 < result["decides"]["reader"]["suggestion"] <= result["decides"]["reader"]["warning"] <= 1
    alone = talk.ask(request("explain", check="respect/unfilled-placeholder"))["result"]
    assert alone["decides"] == {"rules": True, "reader": None}
    answer = talk.ask(request("explain", check="respect/blam"))
    assert answer["error"]["message"] == 'no check is called "respect/blam"; did you mean "respect/blame"?'


def test_archive(talk: Talk) -> None:
    reply = "سفارش شما فردا با پیک می‌رسد و کد رهگیری را پیامک می‌کنم."
    assert "no archive yet" in talk.ask(request("archive/search", text=reply))["error"]["message"]
    assert talk.ask(request("archive/add", reply=reply, customer_id="4711", agent="سارا"))["result"] == {"added": True}
    assert talk.ask(request("archive/add", reply="سلام، وقت بخیر."))["result"] == {"added": False}
    (match,) = talk.ask(request("archive/search", text=reply))["result"]["matches"]
    assert (match["score"], match["count"]) == (100, 1)
    assert len(talk.ask(request("archive/search", text=reply, sentences=True, at=90.5))["result"]["matches"]) == 1
    report = talk.ask(request("check", draft=reply))["result"]
    assert "repetition/near-copy" in {finding["check"] for finding in report["findings"]}
    talk.ask(request("shutdown"))


def test_settings_are_read_again_and_the_last_good_ones_stay(talk: Talk, tmp_path: Path, logged: list[str]) -> None:
    def lang() -> str:
        return str(talk.ask(request("check", draft=DRAFT))["result"]["lang"])

    file = tmp_path / "hamdel.toml"
    assert lang() == "fa"
    file.write_text('lang = "en"', encoding="utf-8")
    assert lang() == "en"
    file.write_text("lang = ", encoding="utf-8")
    assert (lang(), lang()) == ("en", "en")
    assert len(logged) == 1
    assert "broken TOML" in logged[0]
    file.write_text('lang = "fa"', encoding="utf-8")
    assert lang() == "fa"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (b"\xff\xfe", -32700),
        (b'{"jsonrpc": "2.0", "id": 1', -32700),
        (b'{"jsonrpc": "2.0", "id": NaN, "method": "check"}', -32700),
        (b"[" * 100_000, -32700),
        (b"1" * 5000, -32700),
        (b"1", -32600),
        (b"{}", -32600),
        (b'{"jsonrpc": "1.0", "id": 1, "method": "check"}', -32600),
        (b'{"jsonrpc": "2.0", "id": {}, "method": "check"}', -32600),
        (b'{"jsonrpc": "2.0", "id": true, "method": "check"}', -32600),
        (b'{"jsonrpc": "2.0", "id": 1, "method": 5}', -32600),
        (b'{"jsonrpc": "2.0", "id": 1, "method": "chekc"}', -32601),
        (b'{"jsonrpc": "2.0", "id": 1, "method": "check"}', -32602),
        (b'{"jsonrpc": "2.0", "id": 1, "method": "check", "params": [1]}', -32602),
        (b'{"jsonrpc": "2.0", "id": 1, "method": "check", "params": {"draft": 1}}', -32602),
        (b'{"jsonrpc": "2.0", "id": 1, "method": "check", "params": {"draft": "", "turn": 0}}', -32602),
        (b'{"jsonrpc": "2.0", "id": 1, "method": "check", "params": {"draft": "", "turn": true}}', -32602),
        (b'{"jsonrpc": "2.0", "id": 1, "method": "check", "params": {"draft": "", "past": "x"}}', -32602),
        (b'{"jsonrpc": "2.0", "id": 1, "method": "check", "params": {"draft": "", "channel": "fax"}}', -32602),
        (b'{"jsonrpc": "2.0", "id": 1, "method": "check", "params": {"draft": "", "drat": "x"}}', -32602),
        (b'{"jsonrpc": "2.0", "id": 1, "method": "shutdown", "params": {"now": true}}', -32602),
    ],
)
def test_what_is_wrong_is_answered(talk: Talk, line: bytes, expected: int) -> None:
    assert code(talk.ask(line)) == expected


@pytest.mark.parametrize(
    "draft", ["\ud800 سلام \udfff", "", "\u202e\u2066سلام", "😀😀", "سلام\x00\x1b[31m", "\r\n\u2028"]
)
def test_odd_drafts_are_normal(talk: Talk, draft: str) -> None:
    line = json.dumps(request("check", draft=draft, customer=draft), ensure_ascii=True).encode()
    assert talk.ask(b"\xef\xbb\xbf" + line + b"\r")["result"]["schema"] == "hamdel/report/1"


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
_METHODS = ["initialize", "check", "fix", "explain", "archive/search", "cancel", "x", ""]
_NAMES = ["draft", "customer", "check", "text", "at", "id", "folder", "settings", "past", "turn", "document"]
_messages = st.fixed_dictionaries(
    {"jsonrpc": st.just("2.0"), "id": st.text(min_size=1, max_size=4)},
    optional={
        "method": st.sampled_from(_METHODS) | _json,
        "params": st.dictionaries(st.sampled_from(_NAMES), _json, max_size=4) | _json,
    },
)
_lines = st.binary(max_size=40).map(lambda data: data.replace(b"\n", b" ")) | (_messages | _json).map(
    lambda value: json.dumps(value).encode()
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(line=_lines)
def test_any_line_is_answered_and_the_next_one_too(talk: Talk, line: bytes) -> None:
    talk.send(line)
    answer = talk.ask({"jsonrpc": "2.0", "id": "after", "method": "explain", "params": {"check": "respect/blame"}})
    seen = [answer]
    while not (isinstance(answer, dict) and answer["id"] == "after"):
        answer = talk.read()
        seen.append(answer)
    notification = isinstance(value := _parsed(line), dict) and "id" not in value and "method" in value
    assert len(seen) == 1 + bool(line.strip()) or notification or isinstance(value, list)


def _parsed(line: bytes) -> Any:
    try:
        return json.loads(line.decode("utf-8-sig"))
    except ValueError:
        return None


LONG = "سلام، " * 10_000


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("check", {"draft": LONG}),
        ("check", {"draft": DRAFT, "customer": LONG}),
        ("check", {"draft": DRAFT, "past": ["سلام", LONG]}),
        ("fix", {"draft": LONG}),
        ("improve", {"draft": LONG}),
        ("archive/add", {"reply": LONG}),
    ],
)
def test_a_text_that_is_too_long_is_answered_as_such(talk: Talk, method: str, params: dict[str, Any]) -> None:
    answer = talk.ask(request(method, **params))
    assert code(answer) == -32001
    assert "60,000 characters; 50,000 are read at most" in answer["error"]["message"]
    assert talk.ask(request("check", draft=DRAFT))["result"]["findings"]


@pytest.mark.parametrize("method", ["check", "fix", "improve"])
def test_a_text_that_takes_too_long_is_answered_as_such(
    talk: Talk, method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk.ask(request("check", draft=DRAFT))
    with monkeypatch.context() as patched:
        patched.setattr("hamdel.base.deadline.SECONDS", -1.0)
        answer = talk.ask(request(method, draft=DRAFT))
    assert code(answer) == -32002
    assert "check it in parts" in answer["error"]["message"]
    assert talk.ask(request("check", draft=DRAFT))["result"]["findings"]
