"""The clipboard, through programs that stand in for the desktops' own."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from cli_running import Run

from hamdel.doors.cli import clipboard

RUDE = "سلام. تو باید صبر کنی."

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-ins are shell scripts")


def _program(folder: Path, name: str, script: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(0o755)


@pytest.fixture
def desktop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of programs; no display, and ``cat`` for the scripts."""
    folder = tmp_path / "programs"
    folder.mkdir()
    cat = shutil.which("cat")
    assert cat
    (folder / "cat").symlink_to(cat)
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setenv("HELD", str(tmp_path / "held"))
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    return folder


def _with_display(folder: Path, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if kind == "wayland":
        monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
        _program(folder, "wl-paste", 'cat "$HELD"')
        _program(folder, "wl-copy", 'cat >"$HELD"')
    elif kind == "x11":
        monkeypatch.setenv("DISPLAY", ":0")
        _program(folder, "xclip", 'case "$*" in *-out*) cat "$HELD";; *) cat >"$HELD";; esac')
    elif kind == "mac":
        monkeypatch.setattr(sys, "platform", "darwin")
        _program(folder, "pbpaste", 'cat "$HELD"')
        _program(folder, "pbcopy", 'cat >"$HELD"')
    else:
        _program(folder, "powershell.exe", 'cat "$HELD"')
        _program(folder, "clip.exe", 'cat >"$HELD"')


@pytest.mark.parametrize("kind", ["wayland", "x11", "mac", "wsl"])
def test_a_reply_from_the_clipboard_goes_back_better(
    run: Run, desktop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    _with_display(desktop, kind, monkeypatch)
    held = tmp_path / "held"
    held.write_text(RUDE, "utf-8")
    done = run("check", "--clipboard", "--format", "line")
    assert (done.exit_code, done.stdout.count("clipboard:1:")) == (1, 2)
    assert "respect/tu-form" in run("check", "--clipboard", "--format", "sarif").stdout
    assert run("fix", "--clipboard", "--diff").exit_code == 0
    assert held.read_text("utf-8") == RUDE
    assert run("fix", "--clipboard").exit_code == 0
    assert held.read_text("utf-16" if kind == "wsl" else "utf-8") == "سلام. شما باید صبر کنید."
    held.write_text(RUDE, "utf-8")
    better = run("improve", "--clipboard", "--format", "draft").stdout
    assert held.read_text("utf-16" if kind == "wsl" else "utf-8").strip() == better.strip()


def test_no_clipboard_is_one_line(run: Run, desktop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for args in (["check"], ["fix"], ["improve"]):
        done = run(*args, "--clipboard")
        assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (2, "", 1)
        assert "no clipboard here: it needs wl-clipboard" in done.stderr
    monkeypatch.setenv("DISPLAY", ":0")
    assert "no clipboard here" in run("check", "--clipboard").stderr


def test_a_clipboard_that_is_empty_or_hangs_is_one_line(
    run: Run, desktop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    _program(desktop, "xclip", "exit 1")
    assert "the clipboard holds no text (xclip)" in run("check", "--clipboard").stderr
    monkeypatch.setattr(clipboard, "_PATIENCE", 0.2)
    _program(desktop, "xclip", "while :; do :; done")
    assert "xclip can't reach the clipboard" in run("check", "--clipboard").stderr


def test_a_file_and_the_clipboard_are_too_much(run: Run, desktop: Path) -> None:
    for command in ("check", "fix", "improve"):
        assert "--clipboard takes the place of a file" in run(command, "a.txt", "--clipboard").stderr
