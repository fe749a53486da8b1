"""What an audit's tables depend on: a run may go on only when none of it has changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import hamdel
from hamdel.audit.examine import Rules
from hamdel.audit.shipped import shipped_digests
from hamdel.base.files import open_regular, read_regular
from hamdel.base.text_files import open_errors
from hamdel.errors import AuditError
from hamdel.evidence.learned.team_file import model_digest, read_learned
from hamdel.exports import Columns
from hamdel.identifiers import mask_identifiers
from hamdel.settings.config import Config

__all__ = ["Manifest", "make_manifest", "rules_settings"]

SCHEMA = "hamdel/audit-run/1"
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the tables depend on, as plain values.

    Attributes:
        version: of hamdel.
        input: name, size and digest of each file.
        settings: everything that was asked for.
    """

    version: str
    input: list[dict[str, Any]]
    settings: dict[str, Any]

    def encode(self) -> bytes:
        """Return it as JSON."""
        text = json.dumps({"schema": SCHEMA, **asdict(self)}, ensure_ascii=False, indent=1, sort_keys=True)
        return (text + "\n").encode("utf-8", "backslashreplace")

    @classmethod
    def decode(cls, data: bytes, name: str) -> Manifest:
        """Read what `encode` wrote.

        Raises:
            AuditError: it is something else.
        """
        try:
            value = json.loads(data)
            if value.pop("schema") != SCHEMA:
                raise ValueError("another version")
            return cls(**value)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise AuditError(f"{name}: isn't what an audit wrote: {error}; --force starts anew") from error

    def changes(self, before: Manifest) -> list[str]:
        """Say what is no longer as it was, in a few words each; nothing when all is."""
        found = []
        if before.version != self.version:
            found.append(f"hamdel was {before.version} and is {self.version}")
        names = [one["name"] for one in self.input]
        if [one["name"] for one in before.input] != names:
            found.append("other input files")
        else:
            changed = [new["name"] for new, old in zip(self.input, before.input, strict=True) if new != old]
            found += [f"{name} has changed" for name in changed]
        new, old = self.settings, before.settings
        return found + [f"another {key}" for key in sorted(new | old) if new.get(key) != old.get(key)]


def make_manifest(
    files: Sequence[Path], columns: Columns, rules: Rules, *, anonymous: bool, part: str = ""
) -> Manifest:
    """Return what the tables of a run depend on.

    Args:
        files: the input, each of which is read once for its digest.
        columns: which column holds what.
        rules: how replies are examined.
        anonymous: agents' names are replaced.
        part: which part of the blocks is examined; empty for all.

    Raises:
        InputError: a file can't be read.
    """
    settings = {
        **{name: value for name, value in asdict(columns).items() if name != "roles"},
        "keep-personal-data": rules.keep,
        "anonymous-agents": anonymous,
        **rules_settings(rules.config),
    }
    if part:
        settings["part"] = part
    if columns.query:  # two that differ in what is masked are two
        settings["query digest"] = hashlib.blake2b(columns.query.encode(), digest_size=16).hexdigest()
    made = _masked({"input": [_fingerprint(path) for path in files], "settings": json.loads(json.dumps(settings))})
    return Manifest(hamdel.__version__, made["input"], made["settings"])


def rules_settings(config: Config) -> dict[str, Any]:
    """Return what the judgement of a reply depends on, here and now, by name.

    Args:
        config: settings of the checks.

    Raises:
        ConfigError: what a team taught is damaged.
    """
    given = {f"setting {name}": value for name, value in _plain(config).items()}
    return {**given, **_taught(config), "checks": _digest_of(config.phrasebanks), **shipped_digests()}


def _taught(config: Config) -> dict[str, str]:
    """The digest of what a team taught; a file that another model learned isn't used, and changes nothing."""
    if not config.learned:
        return {}
    learned, digest = read_learned(config.learned)
    return {"learned": digest} if learned.model == model_digest() else {}


def _masked(value: Any) -> Any:
    """Plain values without personal data: a query may name a customer by a phone number."""
    if isinstance(value, str):
        return mask_identifiers(value)
    if isinstance(value, list):
        return [_masked(one) for one in value]
    return {name: _masked(one) for name, one in value.items()} if isinstance(value, dict) else value


def _plain(config: Config) -> Mapping[str, Any]:
    """The settings that matter to findings, as plain values."""
    values = asdict(config)
    for name in ("source", "archive", "templates", "learned", "fail_on", "lang"):
        values.pop(name, None)
    return {name: json.loads(json.dumps(value, default=_listed, sort_keys=True)) for name, value in values.items()}


def _listed(value: Any) -> Any:
    return sorted(map(str, value)) if isinstance(value, (set, frozenset)) else str(value)


def _digest_of(folders: Sequence[Path]) -> str:
    """A digest of a team's own checks."""
    digest = hashlib.blake2b(digest_size=16)
    for folder in folders:
        for path in sorted(folder.rglob("*.toml")):
            digest.update(str(path).encode() + b"\0" + read_regular(path))
    return digest.hexdigest()


def _fingerprint(path: Path) -> dict[str, Any]:
    """Name, size and digest of a file."""
    digest = hashlib.blake2b(digest_size=16)
    with open_errors(path), open_regular(path) as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    return {"name": str(path), "size": path.stat().st_size, "digest": digest.hexdigest()}
