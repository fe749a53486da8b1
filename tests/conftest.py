"""What all tests share: one lexicon, compiled once a session into a directory of its own, and one checker."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from hamdel import Checker
from hamdel.language.lexicon import Lexicon
from hamdel.model import Lang
from hamdel.settings.config import Config

# No test is timed: machines are shared and slow at times (benchmarks/ measures ratios).
settings.register_profile("hamdel", deadline=None)
settings.load_profile("hamdel")


@pytest.fixture(scope="session", autouse=True)
def lexicon_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The cache directory of this session, subprocesses included; ``HAMDEL_TEST_CACHE`` keeps one for the next.

    The archive of whoever runs the tests is none of their business.
    """
    kept = os.environ.get("HAMDEL_TEST_CACHE")
    path = Path(kept) if kept else tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HAMDEL_CACHE_DIR", str(path))
        patch.setenv("HAMDEL_ARCHIVE", str(tmp_path_factory.mktemp("archive") / "none"))
        yield path


@pytest.fixture(autouse=True)
def errors_as_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command line tells errors as code raises them; tests/doors/cli/test_told.py is about their Persian."""
    monkeypatch.setattr("hamdel.doors.cli.screen.language", lambda: Lang.EN)


@pytest.fixture(scope="session")
def lexicon(lexicon_cache: Path) -> Lexicon:
    """The real lexicon."""
    return Lexicon.open(lexicon_cache)


@pytest.fixture(scope="session")
def checker(lexicon_cache: Path) -> Checker:
    """A checker without settings, for all tests that need no other."""
    return Checker(Config())
