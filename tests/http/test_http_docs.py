"""What docs/serve.md and the files in deploy/ say is so."""

from __future__ import annotations

import json
import re
from pathlib import Path

import typer
from http_browser import Browser

from hamdel.doors.cli.serve import serve

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "serve.md").read_text(encoding="utf-8")


def test_the_example_of_a_problem(browser: Browser) -> None:
    (example,) = re.findall(r"```json\n(.*?)\n```", PAGE, re.DOTALL)
    assert browser.post("/api/check", {}).json() == json.loads(example)


def test_options_exist() -> None:
    group = typer.main.get_group(serve)
    commands = [group, *(group.commands[name] for name in group.list_commands(None))]  # type: ignore[arg-type]
    known = {option for command in commands for param in command.params for option in param.opts}
    for path in ("docs/serve.md", "deploy/Dockerfile", "deploy/hamdel.service"):
        text = (ROOT / path).read_text(encoding="utf-8")
        calls = [line for line in re.sub(r"\\\n[#\s]*", " ", text).splitlines() if "hamdel serve" in line]
        assert calls
        used = {
            option for line in calls for option in re.findall(r"(?<=\s)--[a-z-]+", line.partition("hamdel serve")[2])
        }
        assert used <= known, path
