"""A draft, and how tests run real editors on it: without a screen, and skipped where the editor isn't installed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from hamdel import Checker
from hamdel.model import Report
from hamdel.settings.config import Config

ROOT = Path(__file__).parents[2]
EDITORS = ROOT / "editors"
BIN = Path(sys.executable).parent  # where `hamdel` is installed beside this Python
PATIENCE = 120.0  # seconds for an editor: a first check may compile the lexicon on a slow machine

# A quoted customer's message; emoji of one and of several code points, non-joiners, and findings after them. Two may be
# mended safely: «تو» with its verb, and an Arabic yeh.
DRAFT = """\
> سلام 😀 سفارش ۵۴۸۲۱ من سه روزه نرسیده و واقعاً نگرانم. کی می‌رسه؟

سلام، وقت بخیر. 😀👨‍👩‍👧 می‌دونم نگرانید؛ تو باید صبر کنی.
شما اشتباه نشان\u064a را وارد کردید. در اسرع وقت پیگیری می‌شود.
"""
TU, SHOMA = "تو باید صبر کنی", "شما باید صبر کنید"
MENDED = DRAFT.replace(TU, SHOMA).replace("\u064a", "ی")


@cache
def report() -> Report:
    """What hamdel itself says of the draft."""
    return Checker(Config()).check(DRAFT)


def written(folder: Path) -> Path:
    """The folder, with the draft in a file there."""
    path = folder / "reply.txt"
    path.write_text(DRAFT, encoding="utf-8")
    return folder


def needs(program: str) -> str:
    """The path of an editor.

    ``HAMDEL_TEST_<PROGRAM>`` names one that isn't on the search path; the test is skipped without any.
    """
    path = shutil.which(os.environ.get(f"HAMDEL_TEST_{program.upper()}", program))
    if path is None:
        pytest.skip(f"{program} isn't installed")
    return path


def run(command: list[str], cwd: Path, env: Mapping[str, str] | None = None) -> str:
    """Run an editor without a screen, with this Python's ``hamdel`` first on its path and a home of its own."""
    home = cwd / "home"
    home.mkdir(exist_ok=True)
    surroundings = {
        **os.environ,
        "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(home),
        "LC_ALL": "C.UTF-8",
    }
    done = subprocess.run(
        command,
        cwd=cwd,
        env=surroundings | {"XDG_CONFIG_HOME": str(home), "XDG_STATE_HOME": str(home)} | dict(env or {}),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        timeout=PATIENCE,
        check=False,
    )
    output = done.stdout + done.stderr
    assert done.returncode == 0, output
    return output


def byte_place(text: str, offset: int) -> tuple[int, int]:
    """Line and byte column of a code point, both from 1, as Vim counts."""
    before = text[:offset]
    line_start = before.rfind("\n") + 1
    return before.count("\n") + 1, len(before[line_start:].encode()) + 1


def readme_code(folder: str, number: int) -> str:
    """A code block of an editor's README, by its number, with the path of the checkout: what users copy is tested."""
    text = (EDITORS / folder / "README.md").read_text(encoding="utf-8")
    code = re.findall(r"^```(?!sh\n)\w+\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)[number]
    return str(code).replace("/path/to/hamdel/editors", str(EDITORS))


def needs_server() -> None:
    """Skip a test where the language server's extra isn't installed."""
    pytest.importorskip("pygls", reason="hamdel[lsp] isn't installed")
