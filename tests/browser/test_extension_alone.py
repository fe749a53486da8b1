"""The extension where there is no host: it is silent, and its popup says what to do."""

from __future__ import annotations

from typing import Any

import pytest
from real_browsers import DRAFT, FIELD, opened, running, settings, strips, type_into, until, value

from hamdel.doors.browser.callers import CHROMIUM_ID

pytestmark = pytest.mark.slow


def test_without_a_host_the_popup_says_what_to_do(tmp_path: Any) -> None:
    with running(tmp_path, host=False) as alone:
        settings(alone, lang="fa")
        page = opened(alone, "divar")
        type_into(page, FIELD)
        page.wait_for_timeout(700)
        assert not strips(page)
        assert value(page, FIELD) == DRAFT
        popup = alone.new_page()
        popup.goto(f"chrome-extension://{CHROMIUM_ID}/popup/popup.html")
        until(lambda: "hamdel browser install" in popup.locator("#host").inner_text())
