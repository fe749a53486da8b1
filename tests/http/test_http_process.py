"""`hamdel serve` as a process of its own, over a real socket."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from websockets.sync.client import connect

import hamdel
from hamdel.doors.http.audit_room import Room, sweep

COMMAND = [sys.executable, "-c", "from hamdel.doors.cli import main; main()", "serve"]
ENV = {
    **{name: value for name, value in os.environ.items() if not name.startswith("HAMDEL_") or "CACHE" in name},
    "PYTHONPATH": os.pathsep.join([str(Path(hamdel.__file__).parents[1]), os.environ.get("PYTHONPATH", "")]),
}
DRAFT = {"draft": "سلام. تو باید صبر کنی."}


@contextmanager
def serving(folder: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Start a server; yield it and the line that it prints."""
    env = {**ENV, "XDG_DATA_HOME": str(folder / "data")}
    with subprocess.Popen(
        [*COMMAND, *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        cwd=folder,
        env=env,
    ) as process:
        try:
            assert process.stdout is not None
            yield process, process.stdout.readline()
        finally:
            process.kill()


def ask(address: str, path: str, token: str, body: Any = None, **headers: str) -> Any:
    data = None if body is None else json.dumps(body).encode()
    sent = {"Authorization": f"Bearer {token}", "Origin": address, "Content-Type": "application/json", **headers}
    with urllib.request.urlopen(urllib.request.Request(address + path, data, sent), timeout=60) as answer:
        return json.loads(answer.read())


def test_a_session_over_a_real_socket(tmp_path: Path) -> None:
    with serving(tmp_path, "--port", "0", "--archive", "sent", "--labels", "ours.jsonl") as (process, line):
        found = re.fullmatch(r"hamdel serve: (http://127\.0\.0\.1:\d+)/#t=([\w-]{43})\n", line)
        assert found
        address, token = found.groups()
        assert ask(address, "/api/check", token, DRAFT)["findings"]
        assert ask(address, "/api/archive/add", token, {"reply": "بستهٔ شما شنبه با پیک می‌رسد."}) == {"added": True}
        assert ask(address, "/api/label", token, {**DRAFT, "check": "respect/tu-form"}) == {"labelled": True}
        assert (tmp_path / "ours.jsonl").is_file()
        with pytest.raises(urllib.error.HTTPError) as refused:
            ask(address, "/api/check", token, DRAFT, Host="evil.example")
        assert refused.value.code == 421
        assert "server" not in {name.lower() for name in refused.value.headers}
        refused.value.close()
        live = address.replace("http", "ws") + "/api/live"
        with connect(live, origin=address, compression=None, proxy=None) as talk:
            talk.send(json.dumps({"token": token}))
            assert json.loads(talk.recv(10))["ready"]
            talk.send(json.dumps({"id": 1, "method": "check", "params": DRAFT}))
            assert json.loads(talk.recv(10))["result"]["findings"]
            process.send_signal(signal.SIGINT)  # while somebody is connected
            assert process.wait(20) == 0
        assert process.stderr is not None
        assert process.stderr.read() == ""


@pytest.mark.slow
def test_a_first_start_says_that_checks_wait_and_answers_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ENV, "HAMDEL_CACHE_DIR", str(tmp_path / "cache"))
    with serving(tmp_path, "--port", "0") as (_, line):
        address, token = line.split()[-1].split("/#t=")
        times, end = [], time.monotonic() + 120
        while ask(address, "/api/session", token, {})["preparing"] and time.monotonic() < end:
            begun = time.monotonic()
            ask(address, "/api/session", token, {})
            times.append(time.monotonic() - begun)
            time.sleep(0.1)
        assert len(times) > 3
        assert sorted(times)[len(times) // 2] < 0.3
        assert list((tmp_path / "cache").glob("lexicon-*.trie"))
        assert ask(address, "/api/check", token, DRAFT)["findings"]


@pytest.mark.slow
def test_whoever_stops_it_at_once_leaves_nobody_compiling(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ENV, "HAMDEL_CACHE_DIR", str(tmp_path / "cache"))
    with serving(tmp_path, "--port", "0") as (process, _):
        time.sleep(0.5)
        begun = time.monotonic()
        process.send_signal(signal.SIGTERM)
        process.wait(60)
        assert time.monotonic() - begun < 20
    assert not list((tmp_path / "cache").glob("lexicon-*.trie"))


def run(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *options],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=folder,
        env={**ENV, "HAMDEL_LANG": "en"},
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--host", "0.0.0.0"], "hamdel: --host 0.0.0.0 lets others in: give each a token with --users FILE"),
        (["--host", "192.168.1.2"], "lets others in"),
        (["--public-host", "hamdel.example.ir"], "hamdel: --public-host lets others in"),
        (["--users", "gone.json"], "gone.json: no such file"),
        (["--config", "gone.toml"], "gone.toml"),
    ],
)
def test_what_isnt_safe_is_refused_in_one_line(tmp_path: Path, options: list[str], message: str) -> None:
    done = run(tmp_path, *options)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert done.stderr.count("\n") == 1


def test_everywhere_needs_a_name(tmp_path: Path) -> None:
    token = run(tmp_path, "add-user", "سارا", "--users", "users.json", "--role", "lead").stdout
    assert re.fullmatch(r"[\w-]{43}\n", token)
    assert run(tmp_path, "list-users", "--users", "users.json").stdout == "سارا\tlead\tسارا\n"
    done = run(tmp_path, "--host", "0.0.0.0", "--users", "users.json")
    assert (done.returncode, "needs --public-host" in done.stderr) == (2, True)
    assert run(tmp_path, "remove-user", "سارا", "--users", "users.json").returncode == 0


def test_a_port_that_is_taken(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        done = run(tmp_path, "--port", str(other.getsockname()[1]))
    assert (done.returncode, done.stderr.endswith("address already in use\n")) == (2, True)


@pytest.mark.parametrize("missing", ["starlette", "uvicorn", "websockets"])
def test_without_the_extra_one_line_says_what_to_install(tmp_path: Path, missing: str) -> None:
    start = "sys.argv[0] = 'hamdel'; from hamdel.doors.cli import main; main()"
    code = f"import sys; sys.modules[{missing!r}] = None; {start}"
    done = subprocess.run(
        [sys.executable, "-c", code, "serve"],
        capture_output=True, text=True, cwd=tmp_path, env={**ENV, "HAMDEL_LANG": "en"}, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr == f"hamdel: hamdel serve needs {missing}; install it with: pip install 'hamdel[serve]'\n"


@pytest.mark.parametrize("options", [["--help"], ["serve", "--help"], ["serve", "add-user", "--help"], ["--version"]])
def test_help_imports_no_server(tmp_path: Path, options: list[str]) -> None:
    heavy = {"starlette", "uvicorn", "websockets", "asyncio", "hazm", "spacy", "jinja2"}
    code = (
        "import sys\nfrom hamdel.doors.cli import app\n"
        f"try:\n    app({options!r})\nexcept SystemExit:\n    pass\n"
        f"print('IMPORTED', sorted({heavy!r} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, env=ENV, timeout=60, check=False
    )
    assert "IMPORTED []" in done.stdout


def upload(address: str, token: str, export: bytes) -> Any:
    sent = {"Authorization": f"Bearer {token}", "Content-Type": "application/octet-stream"}
    request = urllib.request.Request(f"{address}/api/audit/upload?name=x.csv", export, sent)
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.loads(answer.read())


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("audits", [False, True])
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGKILL"])
def test_exports_are_gone_however_the_server_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, audits: bool
) -> None:
    """A manager stops it, its terminal is closed, or it is killed: then the audit ends, or the next server sweeps."""
    pytest.importorskip("polars")
    monkeypatch.setitem(ENV, "TMPDIR", str(tmp_path))
    export = "reply\n" + "".join(f"سلام. تو باید {number} روز صبر کنی.\n" for number in range(20_000))

    def left() -> list[Path]:
        return list(tmp_path.glob("hamdel-serve-*"))

    with serving(tmp_path, "--port", "0") as (process, line):
        address, token = re.findall(r"(http://[^/]+)/#t=(\S+)", line)[0]
        id_ = upload(address, token, export.encode())["id"]
        if audits:
            job = ask(address, "/api/audit/start", token, {"id": id_})["job"]
            while not ask(address, "/api/audit/status", token, {"job": job})["done"]:
                time.sleep(0.1)
        assert left()
        process.send_signal(signal.Signals[name])
        assert process.wait(20) == (-9 if name == "SIGKILL" else 0)
    if name == "SIGKILL" and not audits:
        with serving(tmp_path, "--port", "0") as (process, _):
            process.terminate()
            process.wait(20)
    until = time.monotonic() + 10
    while left() and time.monotonic() < until:
        time.sleep(0.05)
    assert left() == []


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_an_audit_that_nobody_follows_removes_all_it_wrote(tmp_path: Path) -> None:
    """Its thread empties the room, while the audit still writes there and then fails because it can tell nobody."""
    pytest.importorskip("polars")
    export = "reply\n" + "".join(f"سلام. تو باید {number} روز صبر کنی.\n" for number in range(2_000))
    for number in range(3):
        room = tmp_path / f"room-{number}"
        room.mkdir()
        (room / "x.csv").write_text(export, encoding="utf-8")
        order = {"file": str(room / "x.csv"), "name": "x.csv", "out": str(room / "out"), "room": str(room)}
        order |= {"columns": {}, "anonymous": False, "config": None, "search": None, "lang": "fa"}
        command = [sys.executable, "-m", "hamdel.doors.http.audit_worker"]
        pipe = subprocess.PIPE
        with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, env=ENV) as process:
            assert process.stdin
            assert process.stdout
            assert process.stderr
            process.stdin.write(json.dumps(order).encode() + b"\n")
            process.stdin.flush()
            assert b"rows" in process.stdout.readline()
            process.stdout.close()
            time.sleep(0.3 * number)
            process.stdin.close()
            assert process.wait(60) == 1
            assert process.stderr.read() == b""
        assert not room.exists()


def test_what_a_running_server_has_isnt_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    room = Room()
    (room.folder / "export.csv").touch()
    (tmp_path / "hamdel-serve-file").touch()
    (tmp_path / "hamdel-serve-link").symlink_to(tmp_path)
    (tmp_path / "hamdel-serve-left").mkdir()
    sweep()
    assert (room.folder / "export.csv").is_file()
    assert sorted(path.name[:17] for path in tmp_path.iterdir() if path != room.folder) == [
        "hamdel-serve-file",
        "hamdel-serve-link",
    ]
    room.close()
