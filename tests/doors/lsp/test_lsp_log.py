"""What `hamdel lsp --verbose` logs: what goes on, and nobody's texts."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsp_editor import Editor


def test_the_log_names_messages_and_quotes_no_draft(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    editor = Editor(tmp_path, "--verbose")
    editor.begin(options={"delay": 0})
    assert editor.open("untitled:1", "تو باید صبر کنی. کارت 6037991182345714")
    assert editor.end() == 0
    log = capfd.readouterr().err
    assert "textDocument/didOpen" in log
    assert "صبر" not in log
    assert "\\u0635" not in log
    assert "603799118234" not in log
