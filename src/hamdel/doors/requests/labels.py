"""«این درست نیست» and «این هم ایراد دارد»: what people say of findings, as cases for `hamdel evaluate`.

`hamdel learn` learns from them. All doors write this one format; ``docs/learn.md`` describes it.
"""

from __future__ import annotations

import errno
import json
import os
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from io import FileIO
from pathlib import Path
from typing import Any

import hamdel
from hamdel.base.atomic import make_folder, make_private
from hamdel.base.files import read_regular
from hamdel.base.resources import data_dir
from hamdel.errors import HamdelError
from hamdel.identifiers.veil import Veil
from hamdel.model import Anchor, Finding, Report
from hamdel.model.fields import CONVERSATION
from hamdel.render.text.json_text import line

__all__ = ["CORRECTION", "LabelFile", "default_labels", "missed_case", "wrong_case"]

#: What a line says of itself.
CORRECTION = "hamdel/correction/1"
_ASKED = ("audience", "channel", "turn")


def default_labels() -> Path:
    """Return where labels go unless somebody says otherwise: into the user's data directory."""
    return data_dir() / "labels.jsonl"


def wrong_case(report: Report, wrong: Finding, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return a draft as a case that speaks of one check alone, with all of its findings but the wrong one expected.

    Args:
        report: on the draft.
        wrong: the finding that somebody objects to.
        given: the fields of the conversation that were given.

    What is personal in the texts is covered; they stay as long as they were.
    """
    veil = _veil(report, given)
    case = _case(veil, report, given, wrong.check, [one for one in report.findings if one is not wrong])
    return {**case, "wrong": _text(veil, report, wrong)}


def missed_case(report: Report, check: str, span: tuple[int, int], given: Mapping[str, Any]) -> dict[str, Any]:
    """Return a draft as a case that speaks of one check alone, with its findings and some more words expected.

    Args:
        report: on the draft.
        check: what somebody finds in it.
        span: where, in code points.
        given: the fields of the conversation that were given.
    """
    veil = _veil(report, given)
    case = _case(veil, report, given, check, report.findings)
    text = veil.slice(report.draft, *span).strip()
    return {**case, "expected": [*case["expected"], {"id": check, "text": text}], "missed": text}


def _veil(report: Report, given: Mapping[str, Any]) -> Veil:
    return Veil(report.draft, report.customer, *given.get("past", ()))


def _case(
    veil: Veil, report: Report, given: Mapping[str, Any], check: str, findings: Iterable[Finding]
) -> dict[str, Any]:
    """What both have, with some findings expected."""
    return {
        "schema": CORRECTION,
        "draft": veil(report.draft),
        "customer": veil(given.get("customer", "")),
        **{CONVERSATION[name].key: given[name] for name in _ASKED if name in given},
        CONVERSATION["past"].key: [veil(reply) for reply in given.get("past", ())],
        "about": check,
        "expected": [{"id": check, "text": _text(veil, report, one)} for one in findings if one.check == check],
        "note": veil(given.get("note", "")),
        "hamdel": hamdel.__version__,
    }


def _text(veil: Veil, report: Report, finding: Finding) -> str:
    """What a finding marks; empty for the whole draft."""
    return "" if finding.anchor is Anchor.DOCUMENT else veil.slice(report.draft, finding.start, finding.end)


@dataclass
class LabelFile:
    """A file that labelled cases are added to, a line each.

    Args:
        path: of the file; made, for nobody else to read, when the first label comes.
    """

    path: Path
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, case: Mapping[str, Any]) -> None:
        """Add a case.

        Raises:
            HamdelError: the file can't be written.
        """
        data = line(dict(case)).encode("utf-8")
        try:
            with self._lock:
                make_folder(self.path.parent)
                if not self.path.exists():
                    make_private(self.path)
                with self.path.open("ab+", buffering=0) as file:
                    if _is_cut(file):  # by a full disk, say
                        data = b"\n" + data
                    if file.write(data) != len(data):  # in one piece, for another server may add to it, too
                        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        except OSError as error:
            raise HamdelError(f"{self.path}: {(error.strerror or str(error)).lower()}") from error

    def read(self) -> list[Any]:
        """Return all labels; a line that was cut is none.

        Raises:
            HamdelError: the file can't be read.
        """
        try:
            data = read_regular(self.path)
        except FileNotFoundError:
            return []
        except OSError as error:
            raise HamdelError(f"{self.path}: {(error.strerror or str(error)).lower()}") from error
        return list(_cases(data))


def _is_cut(file: FileIO) -> bool:
    """Whether a file's last line has no end."""
    return file.seek(0, os.SEEK_END) > 0 and (file.seek(-1, os.SEEK_END), file.read(1))[1] != b"\n"


def _cases(data: bytes) -> Iterator[Any]:
    """Yield what can be read. Lines end with a line feed alone: drafts have U+2028 and its like as they are."""
    for one in data.split(b"\n"):
        with suppress(ValueError, RecursionError):
            yield json.loads(one)
