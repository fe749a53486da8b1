"""Make of the extension's sources what browsers load.

The background script and the popup are ES modules as they are. Content scripts can't be, so theirs are put into one
file, in the order of their imports. Recipes and words become one module of data. Nothing but Python is needed.
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

__all__ = ["FAMILIES", "build"]

FAMILIES = ("chromium", "firefox")
_ENTRY = "main.js"
_IMPORT = re.compile(r'^import \{[^}]*\} from "\./([\w-]+\.js)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const|let) )", re.MULTILINE)


def build(source: Path, target: Path) -> list[Path]:
    """Write the extension for all families of browsers; what was there of them is replaced.

    Args:
        source: the folder with ``src`` and ``recipes``.
        target: gets a folder for each family.

    Returns:
        The families' folders, each of which a browser can load.

    Raises:
        OSError: a file can't be read or written.
    """
    recipes = [json.loads(path.read_text("utf-8")) for path in sorted((source / "recipes").glob("*.json"))]
    files = sorted((source / "src/_locales").glob("*/messages.json"))
    words = {path.parent.name: json.loads(path.read_text("utf-8")) for path in files}
    return [_write(source / "src", target / family, family, recipes, words) for family in FAMILIES]


def _write(source: Path, target: Path, family: str, recipes: list[Any], words: dict[str, Any]) -> Path:
    shutil.rmtree(target, ignore_errors=True)
    leave_out = shutil.ignore_patterns("manifest*.json", "content")
    shutil.copytree(source, target, ignore=leave_out)
    (target / "content").mkdir()
    # The popup uses it as a module, too.
    shutil.copy(source / "content/speaking.js", target / "content/speaking.js")
    content = {"js": ["content.js"], "css": ["content.css"], "allFrames": True, "runAt": "document_idle"}
    data = {"CONTENT": content, "RECIPES": [_used(recipe) for recipe in recipes], "MESSAGES": words}
    lines = [
        f"export const {name} = {json.dumps(value, ensure_ascii=False, indent=1)};" for name, value in data.items()
    ]
    _save(target / "data.js", "\n".join(lines) + "\n")
    _save(target / "content.js", _bundle(source / "content", data))
    _save(target / "manifest.json", json.dumps(_manifest(source, family, recipes), ensure_ascii=False, indent=2) + "\n")
    return target


def _manifest(source: Path, family: str, recipes: list[Any]) -> dict[str, Any]:
    """Return a family's manifest: what is common, what is its own, and the recipes' sites."""
    common = json.loads((source / "manifest.json").read_text("utf-8"))
    own = json.loads((source / f"manifest.{family}.json").read_text("utf-8"))
    sites = sorted({pattern for recipe in recipes for pattern in recipe["matches"]})
    script = {
        "matches": sites,
        "js": ["content.js"],
        "css": ["content.css"],
        "all_frames": True,
        "run_at": "document_idle",
    }
    made: dict[str, Any] = {**common, **own, "content_scripts": [script]}
    return made


def _bundle(source: Path, data: dict[str, Any]) -> str:
    """Return the content scripts as one, in a scope of its own, that runs once in a page."""
    parts = "\n".join(_parts(source, _ENTRY, []))
    given = {"recipes": data["RECIPES"], "messages": data["MESSAGES"]}
    return f"""(() => {{
"use strict";
if (globalThis.hamdelRuns) return;
globalThis.hamdelRuns = true;
{parts}
begin({{ api: globalThis.browser ?? globalThis.chrome, ...{json.dumps(given, ensure_ascii=False)} }});
}})();
"""


def _parts(source: Path, name: str, done: list[str]) -> list[str]:
    """Return a module's text behind those of what it imports, without imports and exports."""
    if name in done:
        return []
    done.append(name)
    text = (source / name).read_text("utf-8")
    before = [part for other in _IMPORT.findall(text) for part in _parts(source, other, done)]
    # Each module's own names stay its own; what it exports is handed out under one name.
    own = _EXPORT.sub("", _IMPORT.sub("", text))
    offered = re.findall(r"^export (?:async )?(?:function|class|const|let) (\w+)", text, re.MULTILINE)
    names = ", ".join(offered)
    return [*before, f"const {{ {names} }} = (() => {{\n{own}return {{ {names} }};\n}})();"]


def _used(recipe: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is for people only."""
    return {name: value for name, value in recipe.items() if name not in ("note", "sources", "name")}


def _save(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
