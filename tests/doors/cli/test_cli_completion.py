"""What shells complete, asked as they ask; bash itself where there is one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from cli_running import Run
from test_cli_process import ENV


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A ``hamdel`` of these sources, in a folder of its own."""
    path = tmp_path / "hamdel"
    path.write_text(f"#!{sys.executable}\nfrom hamdel.doors.cli import main\nmain()\n", "utf-8")
    path.chmod(0o755)
    return path


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_each_shell_has_a_script_that_asks_hamdel(run: Run, shell: str) -> None:
    done = run("completion", shell)
    assert done.exit_code == 0
    assert f"complete_{shell}" in done.stdout
    assert "_HAMDEL_COMPLETE" in done.stdout


def test_another_shell_is_a_usage_error(run: Run) -> None:
    assert run("completion", "csh").exit_code == 2


@pytest.mark.skipif(not shutil.which("bash") or sys.platform == "win32", reason="no bash")
@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["hamdel", "che"], {"check", "checks"}),
        (["hamdel", "check", "--su"], {"--suppressions", "--suppress-all"}),
        (["hamdel", "check", "--format", "s"], {"sarif"}),
        (["hamdel", "archive", "imp"], {"import"}),
    ],
)
def test_bash_completes_commands_options_and_values(program: Path, words: list[str], found: set[str]) -> None:
    script = (
        'eval "$(hamdel completion bash)"\n'
        f"COMP_WORDS=({' '.join(words)}); COMP_CWORD={len(words) - 1}\n"
        '_hamdel_completion hamdel; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    path = os.pathsep.join([str(program.parent), os.environ["PATH"]])
    done = subprocess.run(
        ["bash", "-c", script], capture_output=True, text=True, env={**ENV, "PATH": path}, timeout=60, check=True
    )
    assert set(done.stdout.split()) == found
