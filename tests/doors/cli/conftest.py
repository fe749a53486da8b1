"""The command line in-process, with a checker that reports what a test wants it to."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from hamdel.doors.cli import app
from hamdel.model import Anchor, Finding, Report, Severity
from hamdel.settings.config import Config

Run = Callable[..., Result]


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


@dataclass
class FakeChecker:
    """Stands in for `hamdel.checker.Checker`: keeps what it is called with, reports what it is told to."""

    severities: tuple[Severity, ...] = ()
    config: Config = field(default_factory=Config)
    draft: str = ""
    called: dict[str, Any] = field(default_factory=dict)
    archive: Any = None
    note: str = ""

    def __call__(self, config: Config, archive: Any = None) -> FakeChecker:
        self.config, self.archive = config, archive
        return self

    def check(self, draft: str, **called: Any) -> Report:
        self.draft, self.called = draft, called
        findings = tuple(
            Finding("respect/blame", severity, 0, 0, "", "پیام.", anchor=Anchor.DOCUMENT)
            for severity in self.severities
        )
        return replace(Report(draft, findings), lang=self.config.lang)


@pytest.fixture
def checker(monkeypatch: pytest.MonkeyPatch) -> FakeChecker:
    fake = FakeChecker()
    module = ModuleType("hamdel.checker")
    module.__dict__["Checker"] = fake
    monkeypatch.setitem(sys.modules, "hamdel.checker", module)
    return fake
