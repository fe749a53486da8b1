"""Explanations as files, for the links of diagnostics: they open without a network, in any editor."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, field
from pathlib import Path

from hamdel.base.atomic import write_atomically
from hamdel.base.resources import cache_dir, phrasebank_dir
from hamdel.checks.explained import explain
from hamdel.phrasebank import CheckDef
from hamdel.render.check.check_text import page
from hamdel.render.text.pieces import plain
from hamdel.settings.config import Config

__all__ = ["Pages"]

_WIDTH = 100


@dataclass
class Pages:
    """What ``hamdel explain`` shows, one file a check, in the cache directory.

    Attributes:
        usable: whether files can be written; if not, there are no links.
    """

    usable: bool = True
    _written: set[Path] = field(default_factory=set)

    def path(self, check: CheckDef, config: Config) -> Path:
        """Return where a check's page is; a team's own checks are kept apart from ours."""
        ours = check.path.is_relative_to(phrasebank_dir())
        team = "" if ours else "-" + _digest(check.path)
        return cache_dir() / f"explain-{config.lang}{team}" / f"{check.id.replace('/', '-')}.txt"

    def write(self, check: CheckDef, config: Config) -> None:
        """Write a check's page, once in the life of a server; a folder that can't be written is no error."""
        path = self.path(check, config)
        if path in self._written or not self.usable:
            return
        self._written.add(path)
        known = explain(check.id, config, {check.id: check})
        lines = page(
            known.check, known.level, known.sources, config.lang, _WIDTH, measured=known.measured, told=known.told
        )
        try:
            write_atomically(path, plain(lines).encode("utf-8", "replace"))
        except OSError:
            self.usable = False


def _digest(path: Path) -> str:
    return hashlib.blake2b(os.fsencode(path), digest_size=4).hexdigest()
