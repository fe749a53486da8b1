"""`hamdel stdio` as a process: the documented transcript, its streams, its end, two of them with one archive."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from stdio_client import COMMAND, ENV, request, run

import hamdel.doors.stdio
from hamdel.doors.requests import METHODS
from hamdel.doors.stdio.messages import Code

PROTOCOL = (Path(hamdel.doors.stdio.__file__).with_name("PROTOCOL.md")).read_text(encoding="utf-8")
DOTS = "…"


def matches(pattern: Any, value: Any) -> bool:
    """Whether a value is what the transcript says; `…` leaves members and elements out."""
    if isinstance(pattern, dict):
        named = {name: part for name, part in pattern.items() if name != DOTS}
        complete = DOTS in pattern or pattern.keys() == value.keys()
        return complete and all(name in value and matches(part, value[name]) for name, part in named.items())
    if isinstance(pattern, list):
        named_parts = [part for part in pattern if part != DOTS]
        complete = DOTS in pattern or len(pattern) == len(value)
        return complete and all(matches(*pair) for pair in zip(named_parts, value, strict=False))
    return bool(pattern == value)


def as_json(text: str) -> Any:
    """Read an answer of the transcript; each `…` becomes a member or an element of its own."""
    text = re.sub(r"(?<=[{,] )…|(?<=\{)…", '"…": 0', text)
    text = re.sub(r'(?<=\}, )"…": 0(?=\])', '"…"', text)
    return json.loads(text)


def test_the_transcript_replays(tmp_path: Path) -> None:
    """Each request is sent when the transcript has it, each answer read where the transcript has it."""
    (block,) = re.findall(r"^```text\n(.*?)^```$", PROTOCOL, re.MULTILINE | re.DOTALL)
    with subprocess.Popen(
        [*COMMAND, "--archive", str(tmp_path / "archive"), "--no-config"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        env=ENV,
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        for line in block.splitlines():
            arrow, text = line[0], line[2:]
            if arrow == "→":
                process.stdin.write(text.encode() + b"\n")
                process.stdin.flush()
            else:
                answer = json.loads(process.stdout.readline())
                assert matches(as_json(text), answer), answer
        assert process.wait(timeout=60) == 0
        assert (process.stdout.read(), process.stderr.read()) == (b"", b"")


def test_the_protocol_names_all_methods_and_codes() -> None:
    methods = re.findall(r"^\| `([\w/]+)` \|", PROTOCOL, re.MULTILINE)
    assert methods == ["initialize", *METHODS, "cancel", "shutdown"]
    codes = [int(code.replace("−", "-")) for code in re.findall(r"^\| (−\d+) \|", PROTOCOL, re.MULTILINE)]
    assert sorted(codes) == sorted(Code)


def test_nothing_but_answers_gets_to_standard_output(tmp_path: Path) -> None:
    code = (
        "import os, hamdel.doors.requests.requests as requests\n"
        "def noisy(self, params):\n"
        "    print('stray'); os.write(1, b'raw\\n'); os.system('echo child')\n"
        "    return input.__name__\n"
        "requests._DOES['check'] = noisy\n"
        "from hamdel.doors.cli import main; main()"
    )
    line = json.dumps(request("check", draft="سلام")).encode() + b"\n"
    command = [sys.executable, "-c", code, "stdio", "--no-config"]
    done = subprocess.run(command, input=line, capture_output=True, cwd=tmp_path, env=ENV, timeout=60, check=False)
    assert json.loads(done.stdout) == {"jsonrpc": "2.0", "id": 1, "result": "input"}
    assert sorted(done.stderr.split()) == [b"child", b"raw", b"stray"]


def test_wrong_settings_are_said_at_once(tmp_path: Path) -> None:
    (tmp_path / "hamdel.toml").write_text('lang = "de"', encoding="utf-8")
    done = run([], cwd=tmp_path, HAMDEL_LANG="en")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr == b'hamdel: hamdel.toml:1: lang can\'t be "de"; use one of fa, en\n'


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to catch")
def test_sigterm_ends_it(tmp_path: Path) -> None:
    with subprocess.Popen(
        [*COMMAND, "--no-config"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=tmp_path, env=ENV
    ) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write(json.dumps(request("cancel", id=5)).encode() + b"\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["result"] is False
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=60) == 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGPIPE")
def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    with subprocess.Popen(
        [*COMMAND, "--no-config"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=tmp_path, env=ENV
    ) as process:
        assert process.stdin
        assert process.stdout
        process.stdout.close()
        process.stdin.write(b"x\n")
        process.stdin.flush()
        assert process.wait(timeout=60) == 141


def test_a_closed_standard_input_is_said(tmp_path: Path) -> None:
    code = "import os, sys; sys.stdin = None; from hamdel.doors.cli import main; main()"
    env = {**ENV, "HAMDEL_LANG": "en"}
    done = subprocess.run(
        [sys.executable, "-c", code, "stdio"], capture_output=True, cwd=tmp_path, env=env, timeout=60, check=False
    )
    assert done.returncode == 2
    assert done.stderr == b"hamdel: standard input is closed; another program has to start this one\n"


def test_two_servers_with_one_archive_lose_nothing(tmp_path: Path) -> None:
    """Both add and search at the same time; afterwards each finds all that either added."""
    replies = [[f"سفارش شما با پیک {name} به شهر {town} می‌رسد و خبرش را می‌نویسم." for name in NAMES] for town in TOWNS]
    servers = []
    for own in replies:
        lines = [json.dumps(request("archive/add", f"add {n}", reply=reply)) for n, reply in enumerate(own)]
        lines += [json.dumps(request("archive/search", f"found {n}", text=reply)) for n, reply in enumerate(own)]
        server = subprocess.Popen(
            [*COMMAND, "--no-config", "--archive", str(tmp_path / "archive")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=tmp_path,
            env=ENV,
        )
        servers.append((server, "\n".join(lines).encode() + b"\n"))
    for server, lines_ in servers:
        assert server.stdin
        server.stdin.write(lines_)
        server.stdin.flush()
    for server, _ in servers:
        answers = [json.loads(line) for line in server.communicate(timeout=120)[0].splitlines()]
        assert len(answers) == 2 * len(NAMES)
        assert all(one["result"] == {"added": True} for one in answers[: len(NAMES)])
        assert all(one["result"]["matches"][0]["score"] == 100 for one in answers[len(NAMES) :])
    asked = [json.dumps(request("archive/search", n, text=one, at=100)) for n, one in enumerate(chain(*replies))]
    done = run([line.encode() for line in asked], "--no-config", "--archive", "archive", cwd=tmp_path)
    found = [json.loads(line)["result"]["matches"] for line in done.stdout.splitlines()]
    assert [len(one) for one in found] == [1] * len(NAMES) * len(TOWNS)


NAMES = "تندرو آبی سبز سرخ زرد بنفش نارنجی خاکستری سیاه سفید طلایی نقره‌ای".split()
TOWNS = ("تهران", "شیراز")
