"""The command line in-process, with a checker that reports what a test wants it to."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from cli_running import FakeChecker, Run
from typer.testing import CliRunner, Result

from hamdel.doors.cli import app


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run ``hamdel`` in an empty folder, with an environment that says nothing."""
    monkeypatch.chdir(tmp_path)
    for name in ("LANG", "BIDI", "AUDIENCE", "CHANNEL", "FAIL_ON", "ADDRESS"):
        monkeypatch.delenv(f"HAMDEL_{name}", raising=False)
    monkeypatch.delenv("FORCE_COLOR", raising=False)

    def invoke(*args: str, stdin: str | bytes | None = None, **options: Any) -> Result:
        return CliRunner().invoke(app, args, input=stdin, prog_name="hamdel", **options)

    return invoke


@pytest.fixture
def checker(monkeypatch: pytest.MonkeyPatch) -> FakeChecker:
    fake = FakeChecker()
    module = ModuleType("hamdel.checker")
    module.__dict__["Checker"] = fake
    monkeypatch.setitem(sys.modules, "hamdel.checker", module)
    return fake
