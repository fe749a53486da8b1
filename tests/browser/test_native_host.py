"""The native host: frames in, frames out, for hamdel's extension only."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import os
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hamdel.doors.browser.callers import CHROMIUM_ID, CHROMIUM_ORIGIN, FIREFOX_ID, require_known
from hamdel.doors.browser.framing import LONGEST_ANSWER, FrameSource, FrameTarget
from hamdel.doors.stdio.lines import read_lines
from hamdel.errors import InputError

BROWSER = Path(__file__).parents[2] / "browser"
COMMAND = [sys.executable, "-P", "-m", "hamdel", "browser", "host", "--no-config", "--"]


class Slow(io.RawIOBase):
    """A pipe that gives a few bytes at a time."""

    def __init__(self, data: bytes, step: int) -> None:
        self._data = io.BytesIO(data)
        self._step = step

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        return self._data.read(min(self._step, size) if size > 0 else self._step)


class Kept(io.RawIOBase):
    """A pipe that takes a few bytes at a time."""

    def __init__(self) -> None:
        self.data = b""

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        taken = bytes(data)[:1000]
        self.data += taken
        return len(taken)


def frame(value: Any) -> bytes:
    data = value if isinstance(value, bytes) else json.dumps(value, ensure_ascii=False).encode()
    return struct.pack("=I", len(data)) + data


def frames(data: bytes) -> list[Any]:
    found = []
    while data:
        (length,) = struct.unpack_from("=I", data)
        found.append(json.loads(data[4 : 4 + length]))
        data = data[4 + length :]
    return found


@pytest.mark.parametrize("step", [1, 3, 7, 4096])
def test_frames_become_lines(step: int) -> None:
    texts = ['{"a": "سلام"}'.encode(), b"", b'{"a":\n1}', b"x" * 50]
    lines = list(read_lines(FrameSource(Slow(b"".join(map(frame, texts)), step)), 40))
    assert lines == [texts[0], b"", b'{"a": 1}', None]


def test_half_a_frame_is_none() -> None:
    for cut in range(1, 12):
        lines = list(read_lines(FrameSource(Slow(frame(b"1234567890")[:cut], 5)), 40))
        assert not any(line and line.startswith(b"1234567890") for line in lines)


def test_a_huge_frame_is_skipped_without_being_held() -> None:
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size: int = -1) -> bytes:
            if not self.given:
                self.given = 4
                return struct.pack("=I", 200_000_000)
            assert 0 < size <= 1 << 20
            return b"x" * size

    assert next(iter(read_lines(FrameSource(Endless()), 1000))) is None


def test_lines_become_frames() -> None:
    kept = Kept()
    target = FrameTarget(kept)
    for answer in ({"id": 1, "result": "سلام" * 5000}, {"id": 2}):
        line = json.dumps(answer, ensure_ascii=False).encode() + b"\n"
        assert target.write(memoryview(line)) == len(line)
    assert [answer["id"] for answer in frames(kept.data)] == [1, 2]


def test_an_answer_too_long_for_a_browser_becomes_an_error() -> None:
    kept = Kept()
    FrameTarget(kept).write(json.dumps({"id": "a", "result": "x" * LONGEST_ANSWER}).encode() + b"\n")
    (answer,) = frames(kept.data)
    assert (answer["id"], answer["error"]["code"]) == ("a", -32001)


def test_the_key_makes_the_id() -> None:
    key = json.loads((BROWSER / "src/manifest.chromium.json").read_text("utf-8"))["key"]
    digest = hashlib.sha256(base64.b64decode(key)).hexdigest()[:32]
    assert "".join(chr(ord("a") + int(digit, 16)) for digit in digest) == CHROMIUM_ID
    gecko = json.loads((BROWSER / "src/manifest.firefox.json").read_text("utf-8"))["browser_specific_settings"]["gecko"]
    assert gecko["id"] == FIREFOX_ID


@pytest.mark.parametrize(
    "arguments",
    [[CHROMIUM_ORIGIN], [CHROMIUM_ORIGIN, "--parent-window=0"], ["/home/x/.mozilla/hamdel.json", FIREFOX_ID]],
)
def test_our_extension_may_start_it(arguments: list[str]) -> None:
    require_known(arguments)


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["chrome-extension://" + "a" * 32 + "/"],
        [CHROMIUM_ORIGIN[:-1]],
        [CHROMIUM_ORIGIN.upper()],
        ["https://example.com/", CHROMIUM_ORIGIN],
        ["/x.json", "other@hamdel"],
        [FIREFOX_ID],
    ],
)
def test_nobody_else_may(arguments: list[str]) -> None:
    with pytest.raises(InputError, match="hamdel browser install"):
        require_known(arguments)


@pytest.fixture
def host(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[bytes]]:
    def run(*messages: Any, caller: tuple[str, ...] = (CHROMIUM_ORIGIN,)) -> subprocess.CompletedProcess[bytes]:
        data = b"".join(map(frame, messages))
        environment = {**os.environ, "HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data")}
        return subprocess.run(
            [*COMMAND, *caller],
            input=data,
            capture_output=True,
            timeout=120,
            check=False,
            env=environment,
            cwd=tmp_path,
        )

    return run


def test_it_answers_and_ends_with_the_pipe(host: Callable[..., subprocess.CompletedProcess[bytes]]) -> None:
    draft = "سلام. تو باید صبر کنی. 😀"
    done = host(
        {"jsonrpc": "2.0", "id": 1, "method": "check", "params": {"draft": draft}},
        b"not JSON",
        {"jsonrpc": "2.0", "id": 2, "method": "improve", "params": {"draft": draft}},
    )
    answers = {answer["id"]: answer for answer in frames(done.stdout)}
    assert done.returncode == 0
    assert done.stderr == b""
    assert answers[1]["result"]["findings"][0]["check"] == "respect/tu-form"
    assert answers[2]["result"]["text"] != draft
    assert answers[None]["error"]["code"] == -32700


@pytest.mark.slow
def test_a_first_start_says_that_answers_wait(
    host: Callable[..., subprocess.CompletedProcess[bytes]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HAMDEL_CACHE_DIR", str(tmp_path / "cache"))
    check = {"jsonrpc": "2.0", "id": 1, "method": "check", "params": {"draft": "سلام. تو باید صبر کنی."}}
    first, second = frames(host(check).stdout)
    assert first == {"jsonrpc": "2.0", "method": "preparing"}
    assert second["result"]["findings"]
    assert [answer["id"] for answer in frames(host(check).stdout)] == [1]


def test_what_isnt_right_is_noted_masked(
    host: Callable[..., subprocess.CompletedProcess[bytes]], tmp_path: Path
) -> None:
    talk = {"draft": "سلام. تو باید به 09121234567 زنگ بزنی.", "customer": "من مینا رضایی هستم، 0912-765-4321"}
    wrong = {**talk, "check": "respect/tu-form"}
    done = host(
        {"jsonrpc": "2.0", "id": 1, "method": "label", "params": wrong},
        {"jsonrpc": "2.0", "id": 2, "method": "label", "params": {**talk, "check": "respect/blame"}},
    )
    answers = {answer["id"]: answer for answer in frames(done.stdout)}
    assert answers[1]["result"] == {"labelled": True}
    assert "error" in answers[2]
    (file,) = (tmp_path / "data").rglob("labels.jsonl")
    (case,) = [json.loads(line) for line in file.read_text("utf-8").split("\n") if line]
    assert (case["about"], case["wrong"]) == ("respect/tu-form", "تو")
    for personal in ("09121234567", "765-4321"):
        assert personal not in file.read_text("utf-8")
    if os.name == "posix":
        assert file.stat().st_mode & 0o77 == 0


def test_it_refuses_others_in_one_line(host: Callable[..., subprocess.CompletedProcess[bytes]]) -> None:
    done = host({"jsonrpc": "2.0", "id": 1, "method": "check", "params": {"draft": "سلام"}}, caller=("https://a.b/",))
    assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (2, b"", 1)


def test_a_failure_leaves_no_text_behind(host: Callable[..., subprocess.CompletedProcess[bytes]]) -> None:
    done = host({"jsonrpc": "2.0", "method": "check", "params": {"draft": "رازی که نباید جایی بماند", "wrong": 1}})
    assert done.stdout == b""
    assert "راز".encode() not in done.stderr
