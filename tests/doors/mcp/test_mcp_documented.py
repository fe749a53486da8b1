"""docs/mcp.md: its example is what happens, its loop runs, and it names every tool."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from pathlib import Path
from typing import Any

import pytest
from mcp.client.stdio import StdioServerParameters

from hamdel import Checker
from hamdel.doors.mcp.tools import Tools

DOC = (Path(__file__).parents[3] / "docs/mcp.md").read_text(encoding="utf-8")
TEXTS = dict(re.findall(r"^```text (\w+)\n(.*?)\n```$", DOC, re.MULTILINE | re.DOTALL))


def found(checker: Checker, draft: str) -> dict[str, str]:
    report = checker.check(TEXTS[draft], customer=TEXTS["customer"])
    return {one.check: one.severity.value for one in report.findings}


def test_the_drafts_are_judged_as_it_says(checker: Checker) -> None:
    first = found(checker, "first")
    assert first.pop("clarity/vague-time") == "warning"
    assert sorted(first) == [
        "clarity/no-next-step",
        "clarity/unanswered-question",
        "empathy/canned-empathy",
        "empathy/no-problem-ack",
    ]
    assert set(first.values()) == {"suggestion"}
    assert found(checker, "second") == {"respect/unfilled-placeholder": "error"}
    assert found(checker, "third") == {}


def test_the_loop_ends_with_the_draft_that_may_be_sent(tmp_path: Path) -> None:
    (code,) = re.findall(r"^```python\n(.*?)^```$", DOC, re.MULTILINE | re.DOTALL)
    made: dict[str, Any] = {}
    exec(code, made)  # the documented loop itself
    made["HAMDEL"] = StdioServerParameters(
        command=sys.executable, args=["-m", "hamdel", "mcp", "--no-config"], env=dict(os.environ), cwd=tmp_path
    )
    seen: list[list[str]] = []

    def write(_: str, findings: list[dict[str, Any]]) -> str:
        seen.append([one["check"] for one in findings])
        return TEXTS[("first", "second", "third")[len(seen) - 1]]

    assert asyncio.run(made["reply"](TEXTS["customer"], write)) == (TEXTS["third"], True)
    assert seen[0] == []
    assert "clarity/vague-time" in seen[1]
    assert seen[2] == ["respect/unfilled-placeholder"]


@pytest.mark.parametrize("name", [name for name in vars(Tools) if name.endswith(("_reply", "_check", "_replies"))])
def test_every_tool_is_named(name: str) -> None:
    assert f"| `{name}` |" in DOC
