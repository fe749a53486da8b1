"""``hamdel completion``: what a shell needs to complete hamdel's commands, options and their values."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from hamdel.doors.cli.screen import write

__all__ = ["completion"]

#: By which a shell's script asks for completions, as typer names it; `hamdel.doors.cli.main` answers.
_VARIABLE = "_HAMDEL_COMPLETE"


class Shell(StrEnum):
    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"
    POWERSHELL = "powershell"


def completion(shell: Annotated[Shell, typer.Argument(help="The shell.", show_default=False)]) -> None:
    """Print what a shell needs to complete hamdel's commands and options.

    Bash: `eval "$(hamdel completion bash)"` in ~/.bashrc; zsh: the same with zsh, after compinit, in ~/.zshrc;
    fish: `hamdel completion fish | source`; PowerShell:
    `hamdel completion powershell | Out-String | Invoke-Expression`.
    """
    from typer import completion as typers  # here, for help needs none of it

    script: str = typers.get_completion_script(  # type: ignore[attr-defined]  # typer exports it to itself alone
        prog_name="hamdel", complete_var=_VARIABLE, shell=shell.value
    )
    write(script.strip() + "\n")
