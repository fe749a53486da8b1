"""The man page says what the commands say of themselves."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from tools.man import DOCUMENT, page


def test_the_page_is_current() -> None:
    assert DOCUMENT.read_text("utf-8") == page(), "run `python -m tools.man`"


@pytest.mark.skipif(not shutil.which("groff"), reason="no groff")
def test_the_page_is_sound_for_groff() -> None:
    done = subprocess.run(
        ["groff", "-K", "utf8", "-man", "-Tutf8", "-ww", "-z", str(DOCUMENT)], capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
