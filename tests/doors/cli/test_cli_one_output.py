"""Whatever people read leaves by one way, which knows what their terminal does with Persian."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from hamdel.doors import cli

FOLDER = Path(cli.__file__).parent
#: The one way itself, and what asks a terminal who it is.
WAY = {"screen.py", "status_line.py", "bidi_terminal.py", "help/__init__.py"}
#: Calls that print, or make something that does.
PRINTING = {
    "print",
    "input",
    "typer.echo",
    "typer.secho",
    "typer.confirm",
    "typer.prompt",
    "typer.progressbar",
    "click.echo",
    "click.confirm",
    "click.prompt",
    "Console",
    "Progress",
    "sys.stdout.write",
    "sys.stderr.write",
    "sys.stdout.writelines",
    "sys.stderr.writelines",
    "sys.stdout.buffer.write",
    "os.write",
    "pprint",
    "logging.StreamHandler",
}
#: Who may print what programs read: JSON and other formats, scripts, keys and tables with tabs.
FORMATS = {
    "__init__.py": {"hamdel "},
    "archive.py": {"dumps"},
    "catalogue.py": {"dumps"},
    "check.py": {"json_report.render", "line.render"},
    "completion.py": {"script.strip"},
    "doctor.py": {"dumps"},
    "evaluate.py": {"evaluation_json.render"},
    "fix.py": {"dumps"},
    "improve.py": {"dumps"},
    "many/command.py": {"_WRITERS"},
    "serve_users.py": {"add(", "\\t"},
}
#: A prompt on the line of its answer; a log, which is English.
EXCEPTIONS = {("asking.py", "sys.stdout.write"), ("logs.py", "logging.StreamHandler")}


def _calls() -> Iterator[tuple[str, ast.Call]]:
    for file in sorted(FOLDER.rglob("*.py")):
        name = file.relative_to(FOLDER).as_posix()
        if name not in WAY:
            nodes = ast.walk(ast.parse(file.read_text("utf-8")))
            yield from ((name, node) for node in nodes if isinstance(node, ast.Call))


def test_nothing_prints_by_itself() -> None:
    found = {(name, ast.unparse(call.func)) for name, call in _calls() if ast.unparse(call.func) in PRINTING}
    ours = {(name, func) for name, func in found if func == "Progress"}  # hamdel's own, by the status line
    assert found - ours <= EXCEPTIONS


def test_only_formats_are_written_as_they_are() -> None:
    for name, call in _calls():
        if ast.unparse(call.func) in ("write", "screen.write"):
            given = ast.unparse(call.args[0])
            assert any(form in given for form in FORMATS.get(name, ())), f"{name}: {given} is no format; `say` it"


def test_no_command_imports_rich_to_show_how_far_it_is() -> None:
    imported = {
        (file.name, node.module)
        for file in FOLDER.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("rich")
    }
    assert imported == {("screen.py", "rich.console"), ("screen.py", "rich.text")}


def _letters(text: str) -> set[str]:
    """Persian letters that nobody shaped; a hamza has one shape."""
    return {char for char in text if "\u0622" <= char <= "\u064a" or char in "پچژکگی"}


def _at_a_terminal(args: list[str], folder: Path, answers: str = "") -> str:
    """What a command prints at a terminal whose cells hamdel fills itself, its answers not echoed."""
    import pty
    import termios

    parent, child = pty.openpty()
    modes = termios.tcgetattr(child)
    modes[3] &= ~termios.ECHO
    termios.tcsetattr(child, termios.TCSANOW, modes)
    env = {**os.environ, "HAMDEL_BIDI": "visual", "TERM": "xterm", "COLUMNS": "90", "NO_COLOR": "1"}
    env.pop("HAMDEL_LANG", None)
    env["HAMDEL_ARCHIVE"] = str(folder / "archive")
    command = [sys.executable, "-m", "hamdel", *args]
    process = subprocess.Popen(command, stdin=child, stdout=child, stderr=child, env=env, cwd=folder)
    os.close(child)
    os.write(parent, answers.encode())
    shown = b""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            part = os.read(parent, 65536)
        except OSError:  # it has ended
            break
        if not part:
            break
        shown += part
    process.wait(timeout=10)
    os.close(parent)
    return shown.decode("utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
@pytest.mark.parametrize(
    ("args", "answers"),
    [
        (["--help"], ""),
        (["init"], "\n\n\n\n\n"),
        (["init", "there"], "9\n\n\n\n\n\nب\n"),
        (["doctor"], ""),
        (["browser", "doctor"], ""),
        (["checks", "--new", "brand/name", "--in", "own"], ""),
        (["archive", "add", "reply.txt"], ""),
        (["archive", "forget", "--agent", "Sara"], "n\n"),
        (["label", "replies.csv", "--by", "sara", "--count", "1"], "1\n"),
        (["improve", "--situations"], ""),
        (["fix", "reply.txt"], ""),
        (["fix", "reply.txt", "--diff"], ""),
        (["improve", "reply.txt", "--format", "draft"], ""),
        (["check", "reply.txt", "other.txt"], ""),
        (["chekc"], ""),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, list) else "",
)
def test_every_line_reaches_the_terminal_in_its_order(args: list[str], answers: str, tmp_path: Path) -> None:
    (tmp_path / "reply.txt").write_text("سلام\nكاري از دست ما برنمي‌آيد. لطفا منتظر بمانيد.", encoding="utf-8")
    (tmp_path / "other.txt").write_text("سلام", encoding="utf-8")
    (tmp_path / "replies.csv").write_text("reply,agent\nسلام، سفارش شما ارسال شد,Sara\n", encoding="utf-8")
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "hamdel.toml").write_text("", encoding="utf-8")
    if "forget" in args:
        _at_a_terminal(["archive", "add", "reply.txt", "--agent", "Sara"], tmp_path)
    shown = _at_a_terminal(args, tmp_path, answers)
    assert shown.strip()
    assert "Traceback" not in shown
    assert _letters(shown) == set(), [line for line in shown.splitlines() if _letters(line)]
