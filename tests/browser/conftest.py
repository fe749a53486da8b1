"""One Chromium with the extension for all tests of a module."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from real_browsers import running, settings, worker


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    folder = tmp_path_factory.mktemp("chromium")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(folder / "data"))  # the host's labels
        with running(folder) as started:
            yield started


@pytest.fixture(scope="module")
def labels(context: Any) -> Path:
    """The file that the host notes labels in."""
    assert context
    return Path(os.environ["XDG_DATA_HOME"], "hamdel", "labels.jsonl")


@pytest.fixture
def extension(context: Any) -> Iterator[Any]:
    """The browser with fresh settings, whose background script keeps what pages ask, in ``asked``."""
    worker(context).evaluate(
        """async () => {
          await chrome.storage.local.clear();
          await chrome.storage.local.set({ lang: "fa" });
          if (!globalThis.asked) chrome.runtime.onMessage.addListener((message, { tab, url }) => {
            if (tab && url.startsWith("https:")) globalThis.lastTab = tab.id;
            if (message.method) asked.push(message);
          });
          globalThis.asked = [];
          globalThis.lastTab = 0;
        }"""
    )
    settings(context, lang="fa")
    yield context
    for page in context.pages[1:]:
        page.close()
