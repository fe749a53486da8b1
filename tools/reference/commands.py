"""The commands with their options, as they say themselves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer

from hamdel.doors.cli import app
from hamdel.doors.cli.help.params import arguments, choices, paragraphs
from tools.reference.markdown import code, table

__all__ = ["page"]


def page() -> str:
    """Return what the commands say."""
    root = typer.main.get_command(app)
    context: Any = root.make_context("hamdel", [], resilient_parsing=True)
    return "\n".join(_commands(root, context, "hamdel"))


def _commands(group: Any, context: Any, before: str) -> Iterator[str]:
    """Yield the sections of each command, and of those below it."""
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        path = f"{before} {name}"
        inner: Any = command.make_context(path, [], parent=context, resilient_parsing=True)
        params = command.get_params(inner)
        yield f"## {path}\n"
        yield f"```text\n{' '.join([path, '[OPTIONS]', *arguments(params)])}\n```\n"
        yield "".join(f"{one}\n\n" for one in paragraphs(command.help or ""))
        rows = [row for param in params for row in _rows(param)]
        if rows:
            yield table(("option", "takes", "meaning"), rows)
        if hasattr(command, "list_commands"):
            yield from _commands(command, inner, path)


def _rows(param: Any) -> Iterator[tuple[str, str, str]]:
    """Yield a row for an argument that says something of itself, and for an option."""
    said = param.help or ""
    if param.param_type_name == "argument":
        yield code((param.metavar or param.name.upper()).strip("[]")), "", said
    elif "--help" not in param.opts and not param.hidden:
        names = [*sorted(param.opts, key=len), *param.secondary_opts]
        takes = "" if param.is_flag else param.metavar or choices(param)
        yield code(*names), code(takes.strip("<>")) if takes else "", said
