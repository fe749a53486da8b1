"""Write the man page from the commands themselves.

``python -m tools.man`` writes ``docs/hamdel.1``; a test says when it isn't current. The format is man(7)'s.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from hamdel.doors.cli import app
from hamdel.doors.cli.help.params import arguments, names, paragraphs

__all__ = ["DOCUMENT", "page"]

DOCUMENT = Path(__file__).parents[1] / "docs" / "hamdel.1"
_CODE = re.compile(r"`([^`]+)`")
_FILES = (
    ("hamdel.toml", "Settings; the nearest one above the working directory, or [tool.hamdel] in pyproject.toml."),
    ("hamdel\\-suppressions.json", "Findings that may stay, written by hamdel check \\-\\-suppress\\-all."),
)
_VARIABLES = (
    ("HAMDEL_LANG, HAMDEL_AUDIENCE, HAMDEL_CHANNEL, HAMDEL_FAIL_ON, HAMDEL_ADDRESS", "Settings, as in hamdel.toml."),
    ("HAMDEL_CACHE_DIR", "Where compiled word lists are kept."),
    ("NO_COLOR, FORCE_COLOR", "No colours, or colours also in a pipe."),
)
_CODES = (
    ("0", "Nothing at or above \\-\\-fail\\-on was found."),
    ("1", "Something was, or a suppression is no longer needed."),
    ("2", "Something couldn't be read or run; the rest was."),
    ("130", "Ended by Ctrl\\-C."),
    ("141", "The reader of the output went away."),
)


def page() -> str:
    """Return the man page."""
    root = typer.main.get_command(app)
    context: Any = root.make_context("hamdel", [], resilient_parsing=True)
    lines = [
        '.\\" Written by `python -m tools.man` from the commands; don\'t edit.',
        '.TH HAMDEL 1 "" "hamdel" "User Commands"',
        ".SH NAME",
        "hamdel \\- is this Persian support reply respectful, empathic and your own?",
        ".SH SYNOPSIS",
        ".B hamdel",
        ".I COMMAND",
        "[\\fIOPTIONS\\fR] [\\fIARGUMENTS\\fR]",
        ".SH DESCRIPTION",
        *_text(root.help or ""),
        "Nothing is sent anywhere. Messages are Persian; \\-\\-lang en makes them English.",
        ".SH COMMANDS",
        *_commands(root, context, "hamdel"),
    ]
    for title, pairs in (("EXIT STATUS", _CODES), ("ENVIRONMENT", _VARIABLES), ("FILES", _FILES)):
        lines.append(f".SH {title}")
        for name, meaning in pairs:
            lines += [".TP", f".B {name}", meaning]
    return "\n".join(lines) + "\n"


def _commands(group: Any, context: Any, before: str) -> Iterator[str]:
    """Yield the lines of each command, and of the commands below it."""
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        path = f"{before} {name}"
        inner: Any = command.make_context(path, [], parent=context, resilient_parsing=True)
        params = command.get_params(inner)
        yield f".SS {_escaped(' '.join([path, '[OPTIONS]', *arguments(params)]))}"
        yield from _text(command.help or "")
        for param in params:
            yield from _option(param)
        if hasattr(command, "list_commands"):
            yield from _commands(command, inner, path)


def _option(param: Any) -> Iterator[str]:
    """Yield an option with what it takes and its help."""
    if param.param_type_name == "option" and "--help" not in param.opts and not param.hidden:
        said = " ".join((param.help or "").split())
        yield from (".TP", f"\\fB{_escaped(names(param))}\\fR", _escaped(said) or "\\&")


def _text(text: str) -> Iterator[str]:
    """Yield the lines of a help text; what stands in backticks is bold."""
    for number, paragraph in enumerate(paragraphs(text)):
        if number:
            yield ".PP"
        yield _CODE.sub("\\\\fB\\1\\\\fR", _escaped(paragraph))


def _escaped(text: str) -> str:
    """Text as roff takes it: no escapes of its own, hyphens that can be copied, no request at the start."""
    found = text.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{found}" if found.startswith((".", "'")) else found


if __name__ == "__main__":
    DOCUMENT.write_text(page(), encoding="utf-8")
