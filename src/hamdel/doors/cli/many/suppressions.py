"""The suppressions file: how many findings of a check on the same words a file may keep, so that only new ones show.

Counts stand for places, which any edit above them would move (eslint/rfcs #119 weighs both). The words are kept as a
digest of their masked and folded form, so that the file tells nothing of a draft.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from pathlib import Path
from typing import Any

from hamdel.base.atomic import write_atomically
from hamdel.base.text_files import read_text
from hamdel.doors.cli.conversation import CLIPBOARD, STDIN
from hamdel.errors import InputError
from hamdel.language.fold import key
from hamdel.model import Finding, Report
from hamdel.model.files import Checked, Outcome, Trouble
from hamdel.render.report.personal import masked_findings
from hamdel.render.text.json_text import dumps

__all__ = ["NO_FILES", "Suppressions", "digests"]

#: What texts are called that stand in no file: nothing of them can stay.
NO_FILES = (STDIN, CLIPBOARD)
_SCHEMA = "hamdel/suppressions/1"
_BYTES = 8  # of a digest; a file has no billion of different words
_Key = tuple[str, str, str]  # a file, a check and the digest of the words


def digests(report: Report) -> list[str]:
    """Return the digest of the words of each finding; of their masked form, or a phone number could be guessed."""
    shown = masked_findings(report.findings, report.draft, report.customer)
    return [blake2b(key(one.matched).encode("utf-8", "replace"), digest_size=_BYTES).hexdigest() for one in shown]


@dataclass(slots=True)
class Suppressions:
    """What may stay, and how much of it was seen in this run.

    Attributes:
        path: of the file.
        allowed: how many findings may stay.
        seen: how many there are in the files that were checked.
        files: the files that were checked, as the file names them.
    """

    path: Path
    allowed: Counter[_Key] = field(default_factory=Counter)
    seen: Counter[_Key] = field(default_factory=Counter)
    files: set[str] = field(default_factory=set)

    @classmethod
    def read(cls, path: Path) -> Suppressions:
        """Read a file; one that isn't there holds nothing.

        Raises:
            InputError: it can't be read, or isn't one of ours.
        """
        if not os.path.lexists(path):
            return cls(path)
        try:
            return cls(path, _counts(json.loads(read_text(path))))
        except (ValueError, TypeError, AttributeError, KeyError, RecursionError):
            hint = "mend it, or delete it and write it anew with --suppress-all"
            raise InputError(f"{path}: is no suppressions file of hamdel ({_SCHEMA}); {hint}") from None

    def name(self, file: str) -> str:
        """A file's name as it is kept: relative to the suppressions file, with slashes."""
        return Path(os.path.relpath(file, self.path.parent)).as_posix()

    def hide(self, file: str, report: Report) -> Report:
        """Return a report without the findings that may stay, and note what there was.

        Args:
            file: its name; what is in no file is left as it is.
            report: what was found there.
        """
        if file in NO_FILES:
            return report
        name = self.name(file)
        self.files.add(name)
        kept: list[Finding] = []
        for finding, digest in zip(report.findings, digests(report), strict=True):
            one = (name, finding.check, digest)
            self.seen[one] += 1
            if self.seen[one] > self.allowed[one]:
                kept.append(finding)
        return report if len(kept) == len(report.findings) else replace(report, findings=tuple(kept))

    @property
    def hidden(self) -> int:
        """How many findings were hidden."""
        return (self.seen & self.allowed).total()

    @property
    def unneeded(self) -> int:
        """How many suppressions of the checked files hide nothing."""
        return sum(max(0, count - self.seen[one]) for one, count in self.allowed.items() if one[0] in self.files)

    def outcome(self, checked: tuple[Checked, ...] = (), troubles: tuple[Trouble, ...] = ()) -> Outcome:
        """Return an outcome with what is hidden, and what no longer needs to be."""
        return Outcome(checked, troubles, self.hidden, self.unneeded)

    def keep(self, outcome: Outcome, *, everything: bool) -> Outcome:
        """Write the file anew and return the outcome as it is then.

        Args:
            outcome: what was found besides what may stay.
            everything: let all stay that was seen; else only forget what isn't there any more, and files that are gone.

        Raises:
            InputError: the file can't be written.
        """
        self._put(self.seen if everything else self.seen & self.allowed)
        checked = outcome.checked
        if everything:
            checked = tuple(
                one if one.text.file in NO_FILES else replace(one, report=replace(one.report, findings=()))
                for one in checked
            )
        return self.outcome(checked, outcome.troubles)

    def _put(self, counts: Counter[_Key]) -> None:
        """Take new counts for the files that were checked, and write the file.

        Raises:
            InputError: it can't be written.
        """
        others = {
            one: count
            for one, count in self.allowed.items()
            if one[0] not in self.files and _is_there(self.path.parent / one[0])
        }
        self.allowed = Counter(others) + counts
        try:
            write_atomically(self.path, dumps(_written(self.allowed.items())).encode("utf-8", "surrogatepass"))
        except OSError as error:
            raise InputError(f"{self.path}: can't be written: {error.strerror or error}; check its rights") from error


def _is_there(path: Path) -> bool:
    """Tell whether a file isn't gone; one that can't be looked at isn't."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return True


def _counts(value: Any) -> Counter[_Key]:
    """The counts of a file's value; what is wrong with it shows as one of the usual exceptions."""
    if value["schema"] != _SCHEMA:
        raise ValueError
    found: Counter[_Key] = Counter()
    for file, checks in value["files"].items():
        for check, words in checks.items():
            for digest, count in words.items():
                if type(count) is not int or count < 1:
                    raise ValueError
                found[file, check, digest] = count
    return found


def _written(counts: Iterable[tuple[_Key, int]]) -> dict[str, Any]:
    files: dict[str, dict[str, dict[str, int]]] = {}
    for (file, check, digest), count in sorted(counts):
        files.setdefault(file, {}).setdefault(check, {})[digest] = count
    return {"schema": _SCHEMA, "files": files}
