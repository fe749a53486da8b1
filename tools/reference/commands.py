"""The commands with their options, as they say themselves."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from enum import Enum
from typing import Any

import typer

from hamdel.doors.cli import app
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
        yield f"```text\n{' '.join([path, *_arguments(params)])}\n```\n"
        yield _help(command.help or "")
        rows = [row for param in params for row in _rows(param)]
        if rows:
            yield table(("option", "takes", "meaning"), rows)
        if hasattr(command, "list_commands"):
            yield from _commands(command, inner, path)


def _help(text: str) -> str:
    return "".join(f"{' '.join(paragraph.split())}\n\n" for paragraph in inspect.cleandoc(text).split("\n\n"))


def _rows(param: Any) -> Iterator[tuple[str, str, str]]:
    """Yield a row for an argument that says something of itself, and for an option."""
    said = param.help or ""
    if param.param_type_name == "argument":
        yield code((param.metavar or param.name.upper()).strip("[]")), "", said
    elif "--help" not in param.opts and not param.hidden:
        names = [*sorted(param.opts, key=len), *param.secondary_opts]
        takes = "" if param.is_flag else param.metavar or _choices(param)
        yield code(*names), code(takes.strip("<>")) if takes else "", said


def _arguments(params: list[Any]) -> Iterator[str]:
    """Yield what follows a command's name: its options as a whole, then its arguments."""
    yield "[OPTIONS]"
    for param in params:
        if param.param_type_name == "argument":
            name = (param.metavar or param.name.upper()).strip("[]")
            many = "" if param.nargs >= 0 or name.endswith("…") else "..."
            yield f"{name}{many}" if param.required else f"[{name}{many}]"


def _choices(param: Any) -> str:
    """What an option without a word for it takes: its values, or its type."""
    described = getattr(param, "type_descriptor", None)
    kind = getattr(described, "annotation", None)
    values = [member.value for member in kind] if isinstance(kind, type) and issubclass(kind, Enum) else None
    values = values or getattr(getattr(param, "type", None), "choices", None)  # as typers before 0.20 have them
    return "|".join(values) if values else "VALUE"
