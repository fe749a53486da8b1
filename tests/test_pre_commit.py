"""The hooks for pre-commit: what they say of themselves, and one tried as pre-commit tries it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.main import get_command

from hamdel.doors.cli import app

ROOT = Path(__file__).parents[1]
HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))


def _pre_commit() -> list[str] | None:
    """How pre-commit is started; None where it isn't there."""
    named = os.environ.get("HAMDEL_TEST_PRE_COMMIT") or shutil.which("pre-commit")
    return [named] if named else None


def _online() -> bool:
    if os.environ.get("PIP_INDEX_URL") or os.environ.get("PIP_CONFIG_FILE"):
        return True
    try:
        socket.create_connection(("pypi.org", 443), timeout=3).close()
    except OSError:
        return False
    return True


def test_each_hook_names_a_command_that_there_is() -> None:
    for hook in HOOKS:
        program, command = hook["entry"].split()
        assert program == "hamdel"
        assert command in get_command(app).list_commands(None)  # type: ignore[attr-defined, arg-type]
        assert hook["language"] == "python"
        assert hook["types_or"]


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("git"), reason="no git")
@pytest.mark.skipif(_pre_commit() is None, reason="no pre-commit; HAMDEL_TEST_PRE_COMMIT may name one")
def test_pre_commit_runs_a_hook_of_a_clone(tmp_path: Path) -> None:
    if not _online():
        pytest.skip("no network to install from")
    folder = tmp_path / "team"
    folder.mkdir()
    (folder / "rude.txt").write_text("سلام.\nتو باید صبر کنی.\n", "utf-8")
    (folder / "good.md").write_text("سلام وقت بخیر.\n", "utf-8")
    (folder / "program.py").write_text("# تو باید صبر کنی.\n", "utf-8")
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    subprocess.run(["git", "add", "-A"], cwd=folder, check=True)
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    env |= {"PRE_COMMIT_HOME": os.environ.get("HAMDEL_TEST_PRE_COMMIT_HOME", str(tmp_path / "home"))}
    start = _pre_commit()
    assert start
    done = subprocess.run(
        [*start, "try-repo", str(ROOT), "hamdel", "--all-files", "--verbose"],
        cwd=folder, env=env, capture_output=True, text=True, timeout=900, check=False,
    )  # fmt: skip
    said = done.stdout + done.stderr
    assert done.returncode == 1, said
    assert "exit code: 1" in said, said
    assert "rude.txt" in said
    assert "program.py" not in said
