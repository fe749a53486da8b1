"""What the archive's tests share: a folder to put one into, and the search with and without the compiled kernel."""

from __future__ import annotations

from pathlib import Path

import pytest

from hamdel.archive import scan


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where an archive may be made; the name is as difficult as users' names are."""
    return tmp_path / "بایگانی پاسخ‌های ما #1?"


@pytest.fixture(scope="module", params=["compiled", "numpy"])
def kernel(request: pytest.FixtureRequest) -> str:
    """The name of the search that is used: the compiled kernel's, or numpy's."""
    if request.param == "compiled":
        if not scan.has_kernel():
            pytest.skip("the compiled kernel isn't built")
        return "compiled"
    patch = pytest.MonkeyPatch()
    request.addfinalizer(patch.undo)
    patch.setattr(scan, "_kernel", lambda: None)
    return "numpy"
