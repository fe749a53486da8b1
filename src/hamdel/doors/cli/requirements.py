"""The packages that hamdel and its extras ask for, and which of them aren't there, without importing any."""

from __future__ import annotations

import re
from importlib import metadata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from packaging.requirements import Requirement

__all__ = ["EXTRAS", "lacking", "versions"]

#: Extras for those who use hamdel.
EXTRAS = ("audit", "lsp", "mcp", "serve", "yaml")
_NAME = re.compile(r"[A-Za-z0-9._-]+")


def lacking(extra: str) -> list[str] | None:
    """Return what is missing or has another version than is asked for.

    Args:
        extra: whose packages; hamdel's own when empty.

    Returns:
        Requirements as pip takes them (``rapidfuzz>=3.9``); None where nothing says so, as when hamdel runs
        from its sources.
    """
    wanted = _wanted(extra)
    return None if wanted is None else [one for one in wanted if not _is_met(one)]


def versions(extra: str) -> list[str]:
    """Return each package that is there, with its version; see `lacking`."""
    return [f"{name} {found}" for one in _wanted(extra) or () for name in [_name(one)] if (found := _version(name))]


def _wanted(extra: str) -> list[str] | None:
    from packaging.requirements import Requirement  # spaCy brings it; where it is missing, so is spaCy

    try:
        found = metadata.metadata("hamdel")
    except metadata.PackageNotFoundError:
        return None
    if extra and extra not in found.get_all("Provides-Extra", ()):
        return None  # installed by an older version
    asked = [Requirement(one) for one in found.get_all("Requires-Dist", ())]
    return [f"{one.name}{one.specifier}" for one in asked if _belongs(one, extra)]


def _belongs(one: Requirement, extra: str) -> bool:
    """Whether a requirement is an extra's, or with an empty one hamdel's own, on this Python."""
    if one.marker is None:
        return not extra
    return one.marker.evaluate({"extra": extra}) and ("extra" in str(one.marker)) == bool(extra)


def _is_met(requirement: str) -> bool:
    from packaging.requirements import Requirement

    found = _version(_name(requirement))
    return found is not None and Requirement(requirement).specifier.contains(found, prereleases=True)


def _name(requirement: str) -> str:
    found = _NAME.match(requirement)
    assert found is not None
    return found[0]


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None
