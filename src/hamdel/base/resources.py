"""Where hamdel's data files are: the only module that knows the difference between a wheel and a checkout."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

__all__ = ["archive_dir", "browser_dir", "cache_dir", "data_dir", "module_names", "phrasebank_dir", "template_dir"]

_PACKAGE = Path(__file__).parents[1]


@cache
def _data_dir(name: str) -> Path:
    """Return the folder ``name`` inside the wheel, else at the top of the source tree."""
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parents[1] / name


def phrasebank_dir() -> Path:
    """The folder with one TOML file per check."""
    return _data_dir("phrasebanks")


def template_dir() -> Path:
    """The folder with Jinja2 templates."""
    return _data_dir("templates")


def browser_dir() -> Path:
    """The folder with the browser extension's sources and recipes."""
    return _data_dir("browser")


def cache_dir() -> Path:
    """The user's cache directory for hamdel; ``HAMDEL_CACHE_DIR`` overrides it."""
    override = os.environ.get("HAMDEL_CACHE_DIR")
    if override:
        return Path(override)
    from platformdirs import user_cache_path  # here, for few commands need the cache

    return user_cache_path("hamdel", appauthor=False)


def archive_dir() -> Path:
    """Where the user's archive of past replies is, unless settings or options name another folder."""
    return data_dir() / "archive"


def data_dir() -> Path:
    """The user's data directory for hamdel."""
    from platformdirs import user_data_path  # here, for few commands need it

    return user_data_path("hamdel", appauthor=False)


def module_names(folder: str) -> tuple[str, ...]:
    """Name the modules in a folder of this package, in order, without importing them.

    Args:
        folder: as ``exports/presets``.
    """
    return tuple(sorted(path.stem for path in (_PACKAGE / folder).glob("[!_]*.py")))
