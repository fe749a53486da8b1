"""A new check of a team's own: a whole file to fill in, whose test fails until examples are written."""

from __future__ import annotations

from pathlib import Path

from hamdel.base.resources import phrasebank_dir
from hamdel.errors import InputError
from hamdel.phrasebank import check_files
from hamdel.phrasebank.parsing import is_check_id
from hamdel.settings.config import Config

__all__ = ["FOLDER", "new_check", "own_folder"]

#: Where a team's checks go when its settings name no folder.
FOLDER = "checks"
_SCAFFOLD = """\
# {id}: write the phrases and the examples, then run `hamdel checks --test {id}`.
# Replace every TODO. docs/own-checks.md and CONTRIBUTING.md ("Add a check") have all keys.
id = "{id}"
severity = "suggestion"   # "warning" once it is right nine times in ten, "error" for what must never be sent
precision = "B"           # A: rules alone are right above 95 %; B: 85 to 95 %; C: less
sources = ["house"]

[title]
fa = "TODO چه چیزی را نگاه می‌کند"
en = "TODO what it looks at"

[message]                 # what the customer may read into it, never what the agent is
fa = "«{{matched}}» TODO"
en = "“{{matched}}” TODO"

[why]
fa = "TODO چرا برای مشتری مهم است"
en = "TODO why it matters to the customer"

[[phrases]]               # a phrase is written once, in good spelling, and found in every other
text = ["TODO"]

[examples]
fire = [                  # the trigger in ⟦…⟧; six tell enough
]
silent = [                # near misses, which look like it and aren't; six tell enough
]
rewrite = [               # {{before = "…", after = "…"}}
]
"""


def own_folder(config: Config, named: Path | None) -> Path:
    """Return the folder with a team's own checks: the one that is named, else the settings' first, else `FOLDER`."""
    if named is not None:
        return named
    if config.phrasebanks:
        return config.phrasebanks[0]
    return (config.source.parent if config.source else Path.cwd()) / FOLDER


def new_check(check_id: str, folder: Path) -> Path:
    """Write the file of a new check.

    Args:
        check_id: ``family/name``.
        folder: of a team's own checks; it is made when there is none.

    Returns:
        The file.

    Raises:
        InputError: the id can't be one, or there is such a check.
        OSError: the file can't be written.
    """
    if not is_check_id(check_id) or check_id.startswith("lexicon/"):
        raise InputError(
            f'"{check_id[:80]}" can\'t be a check\'s id: write family/name in small Latin letters, as in brand/old-name'
        )
    if phrasebank_dir() / f"{check_id}.toml" in check_files(phrasebank_dir()):
        raise InputError(
            f"hamdel has a check {check_id} already; choose another name, or copy its file into your folder to change"
        )
    path = folder / f"{check_id}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(_SCAFFOLD.format(id=check_id))
    except FileExistsError:
        raise InputError(f"{path}: is there already, and stays as it is; open it, or choose another name") from None
    return path
