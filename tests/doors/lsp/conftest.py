"""One server for the tests of a module: it takes a second or two to start."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from lsp_editor import Editor

_numbers = count()


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    """A server that an editor without any capability has initialized."""
    one = Editor(tmp_path_factory.mktemp("workspace"))
    one.begin(options={"delay": 0})
    yield one
    assert one.end() == 0


@pytest.fixture
def folder(editor: Editor) -> Path:
    """A folder of the test's own in the workspace."""
    path = editor.root / f"پوشه {next(_numbers)}"
    path.mkdir()
    return path


@pytest.fixture
def uri(editor: Editor, folder: Path) -> Iterator[str]:
    """A document of the test's own, which isn't on disk."""
    uri = (folder / "پاسخ.txt").as_uri()
    yield uri
    editor.note("textDocument/didClose", textDocument={"uri": uri})
