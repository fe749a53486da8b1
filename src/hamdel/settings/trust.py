"""Whose settings are followed unasked, and where they may lead.

A ``hamdel.toml`` in a parent folder may be anybody's: in ``/tmp`` every user of a machine can leave one. Source of the
rule: git's ``safe.directory`` (CVE-2022-24765).
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

from hamdel.base.resources import archive_dir

__all__ = ["distrust", "is_within_reach"]


def distrust(file: Path) -> str:
    """Say why a settings file that nobody named isn't followed; nothing when it is.

    Its owner, and that of its folder, must be the user or root, and not everybody may write there; in a folder with
    the sticky bit, as ``/tmp`` has it, nobody can replace another's file. On Windows, rights are left to the system.

    Args:
        file: which exists.

    Raises:
        OSError: it can't be looked at.
    """
    if os.name != "posix":
        return ""
    folder = file.parent.stat()
    for one in (file.lstat(), file.stat()):  # a link, and where it leads
        if one.st_uid not in _us():
            return "belongs to somebody else"
    if file.stat().st_mode & stat.S_IWOTH:
        return "can be written by everybody"
    if folder.st_mode & stat.S_IWOTH and not folder.st_mode & stat.S_ISVTX:
        return "lies in a folder that everybody can write to"
    if folder.st_uid not in _us():
        return "lies in somebody else's folder"
    return ""


def _us() -> set[int]:
    """The user and root; of ``sudo``, also who runs it."""
    users = {0, os.geteuid(), os.getuid()}
    sudo = os.environ.get("SUDO_UID", "")
    return users | ({int(sudo)} if os.geteuid() == 0 and sudo.isdecimal() else set())


def is_within_reach(path: Path, settings: Path) -> bool:
    """Whether settings may name a path: inside their folder, the user's home, or the user's folder of hamdel's data.

    Args:
        path: wherever links lead.
        settings: the file that names it.
    """
    real = path.resolve()
    allowed = [settings.parent, archive_dir().parent]
    with suppress(RuntimeError):  # a user without a home
        allowed.append(Path.home())
    return any(real.is_relative_to(folder.resolve()) for folder in allowed if folder != Path(folder.anchor))
