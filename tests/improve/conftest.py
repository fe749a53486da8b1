"""One checker for all tests of suggestions, fixes and improvements."""

from __future__ import annotations

import pytest

from hamdel import Checker
from hamdel.settings.config import Config


@pytest.fixture(scope="package")
def checker() -> Checker:
    return Checker(Config())
