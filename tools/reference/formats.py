"""What is read and written: programs' exports, columns of plain tables, JSON documents."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hamdel
from hamdel.exports.columns import ALL_ROLES, OPTIONS
from hamdel.exports.presets import all_presets
from hamdel.language.sets import table as named_sets
from tools.reference.markdown import code, table

__all__ = ["page"]

_COLUMNS = 6  # names of a column that are shown


def page() -> str:
    """Return the presets, the columns and the schemas."""
    return "\n".join([_presets(), _columns(), *_schemas()])


def _presets() -> str:
    rows = (
        (code(name), f"{one.title}{' (untried)' if one.unproven else ''}", one.forms, one.reads, one.follows)
        for name, one in all_presets().items()
    )
    heading = ("`--preset`", "program", "files", "what is read", "after")
    return f"## Exports of programs\n\n{table(heading, rows)}"


def _columns() -> str:
    """How columns of plain tables are called, the likeliest names first."""
    names = named_sets("exports.columns")
    rows = ((code(f"--{OPTIONS[role]}"), code(*names[role][:_COLUMNS]) + " …") for role in ALL_ROLES if role in names)
    told = "What isn't said is guessed from the header, in Persian and English, whatever spaces and letters it has."
    return f"## Columns of plain tables\n\n{told}\n\n{table(('option', 'guessed from'), rows)}"


def _schemas() -> Iterator[str]:
    """Yield a section for each JSON document: its members, one level deep."""
    for path in sorted((Path(hamdel.__file__).parent / "render").glob("*/*.schema.json"), key=_place):
        schema = json.loads(path.read_text(encoding="utf-8"))
        needed = set(schema.get("required", ()))
        rows = (
            (code(name), _kind(one), "" if name in needed else "may be missing", one.get("description", ""))
            for name, one in schema["properties"].items()
        )
        link = f"../../src/hamdel/render/{_place(path)}"
        yield f"## `{schema['$id']}`\n\n{schema['description']} [The whole schema]({link}).\n"
        yield table(("member", "holds", "", "meaning"), rows)


def _place(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def _kind(schema: dict[str, Any]) -> str:
    if "const" in schema or "enum" in schema:
        return code(*schema.get("enum", [schema.get("const")]))
    found = schema.get("type", "")
    return " or ".join(found) if isinstance(found, list) else found
