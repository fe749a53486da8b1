"""Who orders Persian on the screen: detection, what somebody sets, and that a terminal is left as it was."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Mapping

import pytest

from hamdel.doors.cli import bidi_terminal
from hamdel.doors.cli.bidi_terminal import Bidi, chosen, turned, way
from hamdel.errors import ConfigError
from hamdel.render.text.directed import Way


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """No terminal answers, tmux says nothing and no option was given before."""
    monkeypatch.setattr(bidi_terminal, "_answer", lambda: b"")
    monkeypatch.setattr(bidi_terminal, "_outside_tmux", lambda: "")
    monkeypatch.setattr(bidi_terminal, "_asked_for", [])


@pytest.mark.parametrize(
    ("env", "wanted"),
    [
        ({"VTE_VERSION": "7006", "TERM": "xterm-256color"}, Way.TURNED),
        ({"TERM_PROGRAM": "mintty", "TERM": "xterm-256color"}, Way.TURNED),
        ({"KONSOLE_VERSION": "221203"}, Way.ISOLATED),
        ({"MLTERM": "3.9.0", "TERM": "mlterm"}, Way.BARE),
        ({"TERM": "mlterm"}, Way.BARE),
        ({"KITTY_WINDOW_ID": "1", "TERM": "xterm-kitty"}, Way.WORDS),
        ({"TERM": "xterm-kitty"}, Way.WORDS),
        ({"WT_SESSION": "abc"}, Way.CELLS),
        ({"XTERM_VERSION": "XTerm(379)", "TERM": "xterm"}, Way.CELLS),
        ({"TERM": "alacritty"}, Way.CELLS),
        ({"TERM": "linux"}, Way.CELLS),
        ({"TERM_PROGRAM": "vscode", "TERM": "xterm-256color"}, Way.CELLS),
        ({"TERM": "foot"}, Way.CELLS),
        ({"TERM": "dumb"}, Way.PLAIN),
        ({"TMUX": "x", "VTE_VERSION": "7006"}, Way.ISOLATED),
        ({"TMUX": "x", "XTERM_VERSION": "XTerm(379)"}, Way.CELLS),
        ({"TMUX": "x", "KITTY_WINDOW_ID": "1"}, Way.WORDS),
        ({"HAMDEL_BIDI": "off", "VTE_VERSION": "7006"}, Way.PLAIN),
        ({"HAMDEL_BIDI": "visual", "VTE_VERSION": "7006"}, Way.CELLS),
        ({"HAMDEL_BIDI": "Terminal", "VTE_VERSION": "7006"}, Way.TURNED),
        ({"HAMDEL_BIDI": "terminal", "WT_SESSION": "abc"}, Way.ISOLATED),
        ({"HAMDEL_BIDI": "", "TERM": "xterm-kitty"}, Way.WORDS),
    ],
)
def test_the_environment_tells(env: Mapping[str, str], wanted: Way) -> None:
    assert way(env) is wanted


@pytest.mark.parametrize(
    ("env", "wanted"),
    [
        ({}, Way.CELLS),  # conhost: cmd.exe and PowerShell set nothing
        ({"PROMPT": "$P$G", "SESSIONNAME": "Console"}, Way.CELLS),
        ({"WT_SESSION": "f1c2", "WT_PROFILE_ID": "{61c5}"}, Way.CELLS),
        ({"ConEmuANSI": "ON", "ConEmuPID": "4120"}, Way.CELLS),
        ({"TERM_PROGRAM": "vscode", "WT_SESSION": "f1c2"}, Way.CELLS),  # `code .` in Windows Terminal
        ({"TERM_PROGRAM": "mintty", "MSYSTEM": "MINGW64", "TERM": "xterm-256color"}, Way.TURNED),  # Git Bash
        ({"TERM_PROGRAM": "mintty", "WT_SESSION": "f1c2"}, Way.TURNED),
        ({"TERM_PROGRAM": "WezTerm"}, Way.CELLS),
        ({"ALACRITTY_WINDOW_ID": "1"}, Way.CELLS),
        ({"HAMDEL_BIDI": "terminal", "WT_SESSION": "f1c2"}, Way.ISOLATED),  # the day that it orders words itself
        ({"HAMDEL_BIDI": "off"}, Way.PLAIN),
    ],
)
def test_on_windows(env: Mapping[str, str], wanted: Way, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert way(env) is wanted


@pytest.mark.parametrize(
    ("env", "wanted"),
    [
        ({"WSL_DISTRO_NAME": "Debian", "WT_SESSION": "f1c2", "TERM": "xterm-256color"}, Way.CELLS),
        ({"WSL_DISTRO_NAME": "Debian", "WT_SESSION": "f1c2", "VTE_VERSION": "7006"}, Way.TURNED),
        ({"WSL_DISTRO_NAME": "Debian", "WT_SESSION": "f1c2", "TERM": "xterm-kitty"}, Way.WORDS),
        ({"WSL_DISTRO_NAME": "Debian", "WT_SESSION": "f1c2", "TMUX": "x", "TERM": "tmux-256color"}, Way.CELLS),
    ],
)
def test_in_the_linux_of_windows(env: Mapping[str, str], wanted: Way) -> None:
    assert way(env) is wanted


def test_windows_is_not_asked_by_a_device_that_it_has_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()  # the real answer
    monkeypatch.setattr(bidi_terminal, "_asked_for", [])
    for name in ("termios", "tty"):
        monkeypatch.setitem(sys.modules, name, None)
    assert bidi_terminal._answer() == b""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows isn't asked")
@pytest.mark.parametrize(
    ("answer", "wanted"),
    [
        (b"\x1b[?2501;0$y\x1b[8;0$y\x1bP>|XTerm(379)\x1b\\\x1b[?64;1c", Way.CELLS),
        (b"\x1b[?2501;0$y\x1b[8;0$y\x1bP>|kitty(0.26.5)\x1b\\\x1b[?62;c", Way.WORDS),
        (b"\x1b[?2501;2$y\x1b[8;1$y\x1b[?65;1;9c", Way.TURNED),
        (b"\x1bP>|Konsole 22.12.3\x1b\\\x1b[?62;1;4c", Way.ISOLATED),
        (b"\x1b[8;1$y\x1b[?65c", Way.ISOLATED),
        (b"\x1b[?62c", Way.ISOLATED),
        (b"", Way.ISOLATED),
    ],
)
def test_the_terminal_tells(answer: bytes, wanted: Way, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bidi_terminal, "_answer", lambda: answer)
    assert way({"TERM": "xterm-256color"}) is wanted


def test_an_option_wins_over_the_environment() -> None:
    bidi_terminal.choose(Bidi.OFF)
    assert chosen({"HAMDEL_BIDI": "visual"}) is Bidi.OFF


def test_a_wrong_value_is_told() -> None:
    with pytest.raises(ConfigError, match=r'HAMDEL_BIDI: "up" is not one of auto, terminal, visual, off'):
        way({"HAMDEL_BIDI": "up"})


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo terminal")
def test_a_silent_terminal_is_not_waited_for() -> None:
    import pty

    ours, theirs = pty.openpty()
    try:
        began = time.monotonic()
        assert bidi_terminal._read(theirs) == b""
        assert time.monotonic() - began < 0.5
    finally:
        os.close(ours)
        os.close(theirs)


def test_the_terminal_is_turned_back_whatever_happens(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(KeyboardInterrupt), turned(Way.TURNED):
        sys.stdout.write("سلام")
        raise KeyboardInterrupt
    assert capsys.readouterr().out == "\x1b[?2501hسلام\x1b[?2501l"


@pytest.mark.parametrize("kind", [kind for kind in Way if kind is not Way.TURNED])
def test_others_are_not_asked_to_turn(kind: Way, capsys: pytest.CaptureFixture[str]) -> None:
    with turned(kind):
        pass
    assert capsys.readouterr().out == ""
