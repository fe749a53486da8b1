"""What known programs export: a file here for each, found by being here.

A file has a `hamdel.exports.preset.Preset` as ``PRESET``, whose name is the file's.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module

from hamdel.base.nearest import nearest
from hamdel.base.resources import module_names
from hamdel.errors import InputError
from hamdel.exports.preset import Preset

__all__ = ["NO_PRESET", "all_presets", "preset_named"]

#: Says that a file is a plain table, whatever it looks like.
NO_PRESET = "none"


@cache
def all_presets() -> Mapping[str, Preset]:
    """Return the presets by name, in the alphabet's order."""
    found = [import_module(f"{__name__}.{name}").PRESET for name in module_names("exports/presets")]
    return {preset.name: preset for preset in found}


def preset_named(name: str) -> Preset:
    """Return the preset that somebody asked for.

    Raises:
        InputError: there is none of that name.
    """
    known = all_presets()
    found = known.get(name.strip().lower().replace("_", "-"))
    if found is None:
        names = [*known, NO_PRESET]
        hint = nearest(name, names) or f"; there are {', '.join(names)}"
        raise InputError(f'no preset "{name}"{hint}')
    return found
