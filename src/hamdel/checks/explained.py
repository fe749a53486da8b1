"""Everything that is known about one check: its definition, its sources, and how it did on hamdel's own texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from hamdel.base.resources import phrasebank_dir
from hamdel.errors import InputError
from hamdel.evidence.learned.header import told_of
from hamdel.model import Severity
from hamdel.model.definitions import Measured, Told
from hamdel.phrasebank import CheckDef, check_files, load_check, load_checks, load_table
from hamdel.phrasebank.measured import load_measured
from hamdel.settings.config import Config, no_such_check

__all__ = ["Explained", "explain"]


@dataclass(frozen=True, slots=True)
class Explained:
    """A check and what is known about it.

    Attributes:
        check: loaded with its examples.
        level: its severity in force; None when it is off.
        sources: what each source key stands for.
        measured: how it did; None for a check that a user's folder brings or replaces.
        told: how the learned reader decides on it; None when it isn't asked.
    """

    check: CheckDef
    level: Severity | None
    sources: Mapping[str, str]
    measured: Measured | None
    told: Told | None = None


def explain(check_id: str, config: Config, known: Mapping[str, CheckDef] | None = None) -> Explained:
    """Return what is known about a check.

    Args:
        check_id: its id.
        config: the settings, which may bring checks and sources of their own.
        known: the checks by id, where they are loaded already.

    Raises:
        InputError: there is no such check; the nearest one is named.
        PhrasebankError: a check's file is wrong.
        ModelError: the learned reader's model can't be used.
    """
    check = load_check(_path(check_id, config, known))  # this one with its examples
    level = config.severity_of(check.id, check.severity)
    label = check.fault or check.absence
    return Explained(check, level, _sources(config), _measured(check), told_of(label) if label else None)


def _path(check_id: str, config: Config, known: Mapping[str, CheckDef] | None) -> Path:
    """Return a check's file: the one of ours that its id names, or what reading all of them tells."""
    if known is None:
        ours = phrasebank_dir() / f"{check_id}.toml"
        if not config.phrasebanks and ours in check_files(phrasebank_dir()):
            return ours
        known = load_checks(config.phrasebanks, examples=False)
    if check_id not in known:
        raise InputError(no_such_check(check_id, known))
    return known[check_id].path


def _measured(check: CheckDef) -> Measured | None:
    if not check.path.is_relative_to(phrasebank_dir()):
        return None
    return load_measured(phrasebank_dir() / "measured.toml").get(check.id)


def _sources(config: Config) -> dict[str, str]:
    """What the source keys stand for; tables in users' own folders are added to ours."""
    folders = (phrasebank_dir(), *config.phrasebanks)
    files = (folder / "sources.toml" for folder in folders)
    tables = (load_table(file) for file in files if file.is_file())
    return {key: entry[config.lang.value] for table in tables for key, entry in table.items()}
