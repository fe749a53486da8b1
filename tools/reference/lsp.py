"""What `hamdel lsp` offers to editors."""

from __future__ import annotations

from dataclasses import fields

from hamdel.doors.keeper import Keeper
from hamdel.doors.lsp.actions import KINDS
from hamdel.doors.lsp.features import make_server
from hamdel.doors.lsp.settings import KEYS, EditorSettings
from tools.reference.markdown import code, table

__all__ = ["page"]


def page() -> str:
    """Return its features, commands and settings."""
    keeper = Keeper()
    try:
        known = make_server(keeper).protocol.fm
    finally:
        keeper.close()
    features = sorted(known.features)
    defaults = {field.name: field.default for field in fields(EditorSettings)}
    defaults["delay"] = round(EditorSettings().delay * 1000)  # editors say milliseconds
    rows = ((code(key), code(defaults[key]) if defaults.get(key) else "") for key in KEYS)
    return "\n".join(
        [
            f"Messages, beside those of opening, changing and closing documents: {code(*features)}.\n",
            f"Kinds of code actions: {code(*(getattr(kind, 'value', kind) for kind in KINDS))}.\n",
            f"Commands: {code(*sorted(known.commands))}.\n",
            table(("setting", "default"), rows),
        ]
    )
