"""What shells complete, asked as they ask; bash itself where there is one."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
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


#: What is typed, and what may stand there.
TYPED = [
    (["hamdel", "che"], {"check", "checks"}),
    (["hamdel", "check", "--su"], {"--suppressions", "--suppress-all"}),
    (["hamdel", "check", "--format", "s"], {"sarif"}),
    (["hamdel", "check", "--lang", "e"], {"en"}),
    (["hamdel", "archive", "imp"], {"import"}),
    (["hamdel", "explain", "respect/t"], {"respect/threat", "respect/tu-form", "respect/tv-mix"}),
    (["hamdel", "explain", "ours/"], {"ours/old-name"}),
    (["hamdel", "checks", "--test", "o"], {"ours/old-name"}),
    (["hamdel", "label", "x.csv", "--check", "clarity/jar"], {"clarity/jargon"}),
    (["hamdel", "improve", "--situation", "late"], {"late-delivery"}),
    (["hamdel", "audit", "--preset", "zen"], {"zendesk"}),
]


@pytest.fixture
def env(program: Path) -> dict[str, str]:
    """An environment with that program, in a folder with a check of one's own."""
    folder = program.parent / "checks" / "ours"
    folder.mkdir(parents=True)
    (folder / "old-name.toml").touch()  # names are known without reading what is named
    (program.parent / "hamdel.toml").write_text('phrasebanks = ["checks"]', "utf-8")
    return {**ENV, "PATH": os.pathsep.join([str(program.parent), os.environ["PATH"]]), "HOME": str(program.parent)}


def _said(command: list[str], env: dict[str, str], folder: Path) -> str:
    return subprocess.run(
        command, capture_output=True, text=True, env=env, cwd=folder, timeout=120, check=True, encoding="utf-8"
    ).stdout


@pytest.mark.skipif(not shutil.which("bash") or sys.platform == "win32", reason="no bash")
@pytest.mark.parametrize(("words", "found"), TYPED)
def test_bash_completes_commands_options_and_values(
    env: dict[str, str], tmp_path: Path, words: list[str], found: set[str]
) -> None:
    script = (
        'eval "$(hamdel completion bash)"\n'
        f"COMP_WORDS=({' '.join(words)}); COMP_CWORD={len(words) - 1}\n"
        '_hamdel_completion hamdel; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    assert set(_said(["bash", "-c", script], env, tmp_path).split()) == found


@pytest.mark.skipif(not shutil.which("fish"), reason="no fish")
def test_fish_completes_them_too(env: dict[str, str], tmp_path: Path) -> None:
    asked = "; echo ==; ".join(f"complete -C '{' '.join(words)}'" for words, _ in TYPED)
    said = _said(["fish", "-c", f"hamdel completion fish | source; {asked}"], env, tmp_path)
    for part, (words, found) in zip(said.split("==\n"), TYPED, strict=True):
        assert {line.split("\t")[0] for line in part.splitlines()} == found, words


@pytest.mark.skipif(not shutil.which("zsh") or sys.platform == "win32", reason="no zsh")
def test_zsh_completes_what_one_types(env: dict[str, str], tmp_path: Path) -> None:
    shell = _Zsh({**env, "TERM": "xterm"}, tmp_path)
    shell.type('autoload -U compinit; compinit -u -d dump; eval "$(hamdel completion zsh)"; echo set"-up"\n', "set-up")
    for words, found in TYPED:
        if len(found) == 1:  # of several it types what they begin with
            shell.type(f"\x15{' '.join(words)}\t", next(iter(found)) + " ")
    shell.close()


class _Zsh:
    """A shell at a pseudo-terminal."""

    def __init__(self, env: dict[str, str], folder: Path) -> None:
        import pty

        self._ours, theirs = pty.openpty()
        self._process = subprocess.Popen(
            ["zsh", "-f", "-i"], stdin=theirs, stdout=theirs, stderr=theirs, env=env, cwd=folder, start_new_session=True
        )
        os.close(theirs)

    def type(self, keys: str, shown: str) -> None:
        """Type something, and wait for what is to be shown then."""
        import select

        os.write(self._ours, keys.encode())
        said, until = "", time.monotonic() + 60
        while shown not in said:
            assert time.monotonic() < until, (keys, said)
            if select.select([self._ours], [], [], 0.2)[0]:
                said += re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", os.read(self._ours, 65536).decode("utf-8", "replace"))

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._ours)
