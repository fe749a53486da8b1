"""Nothing foreign steers a terminal: drafts, names of files and columns, agents, keys of settings, arguments."""

from __future__ import annotations

import os
import subprocess
import sys
import unicodedata
from contextlib import suppress
from pathlib import Path

import pytest
from cli_running import Run

from hamdel.base.harmless import harmless
from hamdel.doors.cli import screen
from hamdel.doors.cli.progress import Bar
from hamdel.model import Lang
from hamdel.render.text.pieces import Piece

EVIL = "\x1b[31m\x1b]0;t\x07\u202e\x9b2J\x7f\x08"


def steering(text: str) -> list[str]:
    """What in a text a terminal would obey."""
    controls = [char for char in text if unicodedata.category(char) == "Cc" and char not in "\n\t"]
    return controls + [char for char in text if "\u202a" <= char <= "\u202e"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "draft{}.txt"], ["check", "draft{}.txt", "--format", "json"],
        ["check", "draft{}.txt", "--format", "line"], ["improve", "draft{}.txt"],
        ["fix", "draft{}.txt", "--format", "json"], ["check", "none{}.txt"],
        ["check", "draft{}.txt", "--config", "bad.toml"], ["check", "draft{}.txt", "--config", "none{}.toml"],
        ["check", "draft{}.txt", "--archive", "none{}"], ["archive", "import", "table.csv", "--archive", "a{}"],
        ["archive", "import", "table.csv", "--archive", "a", "--agent", "none{}"], ["none{}"], ["check", "--none{}"],
        ["explain", "none{}"], ["check", "--lang", "none{}"], ["evaluate", "draft{}.txt"],
        ["archive", "forget", "--archive", "a", "--before", "{}"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_no_output_steers_a_terminal(run: Run, arguments: list[str]) -> None:
    Path(f"draft{EVIL}.txt").write_text(f"سلام {EVIL}. تو{EVIL} باید صبر کنی.\r\n{EVIL}", encoding="utf-8")
    Path("table.csv").write_text(f"پاسخ,agent{EVIL},کارشناس\nسفارش{EVIL} شما رسید,x,سارا{EVIL}\n", encoding="utf-8")
    key = "".join(f"\\u{ord(char):04x}" for char in EVIL)
    Path("bad.toml").write_text(f'"{key}" = "{key}"\n', encoding="utf-8")
    result = run(*(argument.format(EVIL) for argument in arguments))
    assert result.exit_code in (0, 1, 2)
    assert result.stdout + result.stderr
    assert steering(result.stdout + result.stderr) == []


def test_agents_and_archives(run: Run) -> None:
    Path("table.csv").write_text(f"پاسخ,کارشناس\nسفارش شما رسید و فرستاده شد,سارا{EVIL}\n", encoding="utf-8")
    run("archive", "import", "table.csv", "--archive", f"a{EVIL}")
    for command in (["stats"], ["stats", "--format", "json"], ["verify"], ["search", "سفارش شما رسید و فرستاده شد"]):
        result = run("archive", *command, "--archive", f"a{EVIL}")
        assert result.exit_code == 0
        assert steering(result.stdout + result.stderr) == []


def test_a_draft_is_for_programs_as_it_is(run: Run) -> None:
    draft = f"سلام {EVIL} سفارش شما رسید.\n"
    assert run("fix", stdin=draft.encode()).stdout_bytes.decode() == draft


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
def test_a_draft_is_for_people_without_what_steers(tmp_path: Path) -> None:
    path = tmp_path / "draft.txt"
    path.write_text(f"سلام {EVIL} سفارش شما رسید.\n", encoding="utf-8")
    ours, theirs = os.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "hamdel", "fix", str(path), "--no-config"], stdout=theirs, stderr=theirs, cwd=tmp_path
    ) as child:
        os.close(theirs)
        seen = b""
        with suppress(OSError):  # so Linux says that the other end is closed
            while piece := os.read(ours, 4096):
                seen += piece
        child.wait()
    os.close(ours)
    assert "سفارش شما رسید" in seen.decode()
    assert steering(seen.decode().replace("\r\n", "\n")) == []


def test_styled_lines_and_bars(monkeypatch: pytest.MonkeyPatch) -> None:
    assert steering(screen._styled((Piece(f"a{EVIL}b"),)).plain) == []
    assert steering(Bar(f"a{EVIL}", 1, Lang.FA)._name) == []


def test_what_stays() -> None:
    text = "سلام\tمی‌روم\nخط دو \u2068نام\u2069 \u200eID\u200f 🌹"
    assert harmless(text) == text
    assert harmless("یک\r\nدو\rسه\u2028چهار") == "یک\nدو سه چهار"
