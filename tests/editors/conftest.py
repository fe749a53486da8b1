"""The draft that tests open in real editors."""

from __future__ import annotations

from pathlib import Path

import pytest
from real_editors import DRAFT

from hamdel import Checker
from hamdel.config import Config
from hamdel.model import Report


@pytest.fixture(scope="session")
def report() -> Report:
    """What hamdel itself says of the draft."""
    return Checker(Config()).check(DRAFT)


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    """The draft in a file, in a folder without settings."""
    path = tmp_path / "reply.txt"
    path.write_text(DRAFT, encoding="utf-8")
    return path
