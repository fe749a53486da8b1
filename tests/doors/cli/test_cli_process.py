"""The command as a process: what it imports, and how it treats streams and pipes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import hamdel

COMMAND = [sys.executable, "-c", "from hamdel.doors.cli import main; main()"]
ENV = {
    **{name: value for name, value in os.environ.items() if not name.startswith("HAMDEL_") or "CACHE" in name},
    "PYTHONPATH": os.pathsep.join([str(Path(hamdel.__file__).parents[1]), os.environ.get("PYTHONPATH", "")]),
}
ENGLISH = {**ENV, "HAMDEL_LANG": "en"}  # the messages as code raises them


def hamdel_run(*args: str, stdin: bytes = b"", **env: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*COMMAND, *args], input=stdin, capture_output=True, env={**ENV, **env}, timeout=120, check=False
    )


@pytest.fixture(autouse=True)
def _in_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def _imported(args: list[str], modules: set[str], exit_codes: tuple[int, ...] = (0,)) -> str:
    """Which of some modules a command imports."""
    code = (
        "import sys, atexit; from hamdel.doors.cli import main\n"
        f"atexit.register(lambda: print(sorted({modules!r} & set(sys.modules)), file=sys.stderr))\n"
        "main()"
    )
    done = subprocess.run([sys.executable, "-c", code, *args], capture_output=True, env=ENV, check=False)
    assert done.returncode in exit_codes
    return done.stderr.decode().splitlines()[-1]


@pytest.mark.parametrize(
    "args", [["--help"], ["--version"], ["checks"], ["explain", "respect/blame"], ["check", "-h"], ["audit", "-h"]]
)
def test_quick_commands_import_nothing_heavy(args: list[str]) -> None:
    heavy = {"spacy", "hazm", "rapidfuzz", "jinja2", "rich", "numpy", "marisa_trie", "polars", "ijson", "pydantic"}
    assert _imported(args, heavy) == "[]"


@pytest.mark.parametrize("command", ["check", "fix", "improve"])
def test_a_draft_is_checked_without_spacy(command: str, tmp_path: Path) -> None:
    hamdel_run("check", "-", stdin=b"x")  # whoever is first compiles the lexicon, which takes hazm and its spaCy
    draft = tmp_path / "draft.txt"
    draft.write_text("سلام. همانطور که قبلاً گفتم باید صبر کنید، کاری از دست ما برنمی‌آید.", encoding="utf-8")
    args = [command, str(draft), "--customer", "سفارشم نرسیده، خیلی ناراحتم", "--no-config", "--no-archive"]
    assert _imported(args, {"spacy", "thinc", "pydantic"}, (0, 1)) == "[]"


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--channel", "telegraph"], "telegraph"),
        (["--turn", "first"], "--turn"),
        (["--fail-on", "Never"], "Never"),
        (["--lang", ""], "--lang"),
    ],
)
def test_options_that_are_wrong_are_still_named(args: list[str], said: str) -> None:
    done = hamdel_run("check", *args, stdin="سلام".encode())
    assert done.returncode == 2
    assert said in done.stderr.decode()


def test_a_command_imports_no_other() -> None:
    commands = {f"hamdel.doors.cli.{name}" for name in ("check", "audit", "catalogue")}
    assert _imported(["--version"], commands) == "[]"
    assert _imported(["explain", "respect/blame"], commands) == "['hamdel.doors.cli.catalogue']"
    assert _imported(["--help"], commands) == "[]"


def test_output_is_utf8_whatever_the_locale() -> None:
    done = hamdel_run("check", stdin=b"", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert "چیزی برای بررسی نبود" in done.stdout.decode("utf-8")


def test_lone_surrogates_in_arguments_do_no_harm() -> None:
    done = hamdel_run("check", "--format", "json", "--customer", os.fsdecode(b"\xff\xfe"), stdin="سلام".encode())
    assert done.returncode in (0, 1)
    done = hamdel_run("check", os.fsdecode(b"gone\xff.txt"))
    assert done.returncode == 2
    assert done.stderr.startswith(b"hamdel: gone")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGPIPE")
@pytest.mark.parametrize("args", [["explain", "respect/blame"], ["--version"], ["--help"], ["check", "--help"]])
def test_reader_that_goes_away_is_no_error(args: list[str]) -> None:
    with subprocess.Popen([*COMMAND, *args], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENV) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 141


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
def test_at_a_terminal() -> None:
    import pty

    ours, theirs = pty.openpty()
    env = {**ENV, "TERM": "xterm-256color", "COLUMNS": "60", "HAMDEL_LANG": "en"}
    try:
        done = subprocess.run([*COMMAND, "check"], stdin=theirs, capture_output=True, env=env, check=False)
        assert done.returncode == 2
        assert b"hamdel: no draft; name a file (hamdel check reply.txt) or pipe text in" in done.stderr
        with subprocess.Popen([*COMMAND, "explain", "respect/blame"], stdout=theirs, env=env) as process:
            assert b"\x1b[36m" in os.read(ours, 1000)
            process.kill()  # it may wait for somebody to read the rest
    finally:
        os.close(ours)
        os.close(theirs)


def test_an_internal_error_is_one_line_too() -> None:
    code = (
        "import sys, types; module = types.ModuleType('hamdel.checker')\n"
        "module.Checker = lambda config, archive: 1 / 0\n"
        "sys.modules['hamdel.checker'] = module\n"
        "from hamdel.doors.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "check", "-"], input=b"x", capture_output=True, env=ENGLISH, check=False
    )
    assert done.returncode == 2
    assert done.stderr == b"hamdel: internal error, please report it: ZeroDivisionError: division by zero\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize(
    "args",
    [("check", "-"), ("check", "-", "--format", "json"), ("fix", "-"), ("improve", "-"), ("checks",), ("--version",)],
)
def test_a_full_disk_behind_the_output_is_one_line(args: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*COMMAND, *args],
            input="سلام. تو باید صبر کنی".encode(),
            stdout=full,
            stderr=subprocess.PIPE,
            env=ENGLISH,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr.endswith(b"hamdel: the output can't be written: no space left on device\n")
    assert done.stderr.count(b"hamdel: ") == 1
