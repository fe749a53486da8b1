"""What a shell may put after an option: names that only files know. Whatever goes wrong, nothing is offered."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from hamdel.base.resources import module_names, phrasebank_dir
from hamdel.errors import HamdelError

__all__ = ["check_ids", "own_check_ids", "presets", "situations"]


def check_ids(incomplete: str) -> list[str]:
    """The ids of all checks, hamdel's and one's own, that begin with what is typed."""
    return _beginning(incomplete, [*_ids(phrasebank_dir()), *_own()])


def own_check_ids(incomplete: str) -> list[str]:
    """The ids of one's own checks."""
    return _beginning(incomplete, list(_own()))


def situations(incomplete: str) -> list[str]:
    """The situations that `hamdel improve` has a skeleton for."""
    with suppress(HamdelError, OSError):
        from hamdel.settings.config import load_config
        from hamdel.wording.skeletons import Skeletons

        return _beginning(incomplete, list(Skeletons(load_config().templates).names()))
    return []


def presets(incomplete: str) -> list[str]:
    """The programs whose exports are read."""
    return _beginning(incomplete, [*(name.replace("_", "-") for name in module_names("exports/presets")), "none"])


def _beginning(incomplete: str, names: list[str]) -> list[str]:
    return sorted({name for name in names if name.startswith(incomplete)})


def _own() -> Iterator[str]:
    with suppress(HamdelError, OSError):
        from hamdel.settings.config import load_config

        for folder in load_config().phrasebanks:
            yield from _ids(folder)


def _ids(folder: Path) -> Iterator[str]:
    """A check's id is its family and its name, as its file has them; read without opening one."""
    from hamdel.phrasebank import check_files

    for path in check_files(folder):
        yield f"{path.parent.name}/{path.stem}"
