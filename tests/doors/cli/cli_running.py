"""What tests of the command line share: how it is run, and a checker that reports what a test wants it to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from typer.testing import Result

from hamdel.model import Anchor, Finding, Report, Severity
from hamdel.settings.config import Config

Run = Callable[..., Result]


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
