"""Audits from the page: an export is uploaded, its columns are looked at, the audit runs, its page is read."""

from __future__ import annotations

import asyncio
import re
import secrets
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import Any

from hamdel.base.atomic import make_private
from hamdel.doors.http.audit_methods import ROLES, SUFFIXES
from hamdel.doors.http.audit_running import Audit, State
from hamdel.doors.http.problems import Refused
from hamdel.doors.keeper import Place
from hamdel.doors.requests.errors import refused, translated
from hamdel.doors.requests.params import Taken
from hamdel.errors import InputError
from hamdel.identifiers import mask_identifiers

__all__ = ["LARGEST_EXPORT", "Audits"]

#: Bytes that an export may have.
LARGEST_EXPORT = 1024**3
_KEPT = 4  # exports, and audits
_SHOWN, _EXCERPT = 3, 120  # rows of a preview, and characters of a text
_POLICY = re.compile(rb'http-equiv="Content-Security-Policy" content="([^"]+)"')
_HEAD = 4096  # bytes in which a page's policy stands


class Audits:
    """The audits of one server; what they are made of is gone when it ends.

    Args:
        place: where the settings come from.
    """

    def __init__(self, place: Place) -> None:
        self._place = place
        self._folder: Path | None = None
        self._uploads: dict[str, Path] = {}
        self._audits: dict[str, Audit] = {}

    def close(self) -> None:
        """Remove everything."""
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)

    async def upload(self, name: str, body: AsyncIterator[bytes]) -> dict[str, Any]:
        """Store an export.

        Args:
            name: of the file; only its ending matters.
            body: what is in it.

        Raises:
            Refused: it is too large.
            RequestError: it is no format that can be read.
        """
        suffix = Path(name).suffix.lower()
        if suffix not in SUFFIXES:
            known = " ".join(SUFFIXES)
            raise refused(
                "wrong",
                where="name",
                name="name",
                kind_fa=f"نام فایلی با یکی از پسوندهای {known}",
                kind_en=f"a file's name that ends in one of {known}",
            )
        id_ = secrets.token_urlsafe(12)
        path = self._private() / f"{id_}{suffix}"
        try:
            size = await _store(path, body)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        self._uploads[id_] = path
        for old in list(self._uploads)[:-_KEPT]:
            self._uploads.pop(old).unlink(missing_ok=True)
        return {"upload": id_, "bytes": size}

    def _private(self) -> Path:
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="hamdel-"))
        return self._folder

    def preview(self, given: Taken) -> dict[str, Any]:
        """Tell what an export's columns were taken for; in a thread that may wait.

        Raises:
            RequestError: there is no such export, or it can't be read.
        """
        from hamdel.exports import Columns, Row, open_table  # here, for few audit
        from hamdel.exports.columns import ALL_ROLES

        path = self._upload(given)
        columns = Columns(**_columns(given), roles=ALL_ROLES, preset=given.get("preset"))
        with translated(), _unplaced(path), open_table(path, columns) as table:
            rows = []
            for row in table:
                if isinstance(row, Row):
                    rows.append(
                        {"reply": _excerpt(row.reply), "agent": _excerpt(row.agent), "message": _excerpt(row.message)}
                    )
                if len(rows) == _SHOWN:
                    break
            return {"columns": dict(table.columns), "preset": table.preset, "rows": rows}

    def start(self, given: Taken) -> dict[str, Any]:
        """Start an audit; one runs at a time.

        Raises:
            Refused: another one runs.
            RequestError: there is no such export.
        """
        path = self._upload(given)
        if any(audit.state is State.RUNNING for audit in self._audits.values()):
            raise Refused("busy")
        id_ = secrets.token_urlsafe(12)
        audit = self._audits[id_] = Audit(self._private() / f"audit-{id_}", path.stat().st_size)
        order = {
            "file": str(path),
            "out": str(audit.out),
            "columns": _columns(given),
            "preset": given.get("preset"),
            "anonymous": given.get("anonymous_agents", False),
            "config": str(self._place.file) if self._place.file else None,
            "search": self._place.search,
            "lang": given.get("lang") or dict(self._place.options).get("lang"),
        }
        audit.task = asyncio.get_running_loop().create_task(audit.run(order))
        for old in list(self._audits)[:-_KEPT]:
            shutil.rmtree(self._audits.pop(old).out, ignore_errors=True)
        return {"audit": id_}

    def progress(self, given: Taken) -> dict[str, Any]:
        """Tell how far an audit is.

        Raises:
            RequestError: there is no such audit.
        """
        audit = self._audit(given)
        share = 1.0 if audit.state is State.DONE else min(0.99, audit.position / max(1, audit.size))
        return {"state": audit.state.value, "share": share, "rows": audit.rows, "message": audit.message}

    def report(self, given: Taken) -> dict[str, Any]:
        """Return where a finished audit's page is.

        Raises:
            RequestError: there is no such audit, or it isn't finished.
        """
        audit = self._audit(given)
        if audit.state is not State.DONE:
            raise refused("no_report")
        return {"address": audit.address}

    def page(self, address: str) -> tuple[bytes, str]:
        """Return the page at an address, and its policy: its own, in a sandbox, from where it can ask us nothing.

        Raises:
            Refused: there is none.
        """
        for audit in self._audits.values():
            if audit.state is State.DONE and secrets.compare_digest(audit.address.encode(), address.encode()):
                page = (audit.out / "report.html").read_bytes()
                own = _POLICY.search(page[:_HEAD])
                policy = unescape(own[1].decode()) if own else "default-src 'none'"
                return page, f"sandbox allow-scripts; {policy}; frame-ancestors 'none'"
        raise Refused("not-found")

    def _upload(self, given: Taken) -> Path:
        path = self._uploads.get(given["upload"])
        if path is None:
            raise refused("unknown_value", where="upload", name="upload")
        return path

    def _audit(self, given: Taken) -> Audit:
        audit = self._audits.get(given["audit"])
        if audit is None:
            raise refused("unknown_value", where="audit", name="audit")
        return audit


@contextmanager
def _unplaced(path: Path) -> Iterator[None]:
    """Leave out of errors where the server keeps an export."""
    try:
        yield
    except InputError as error:
        raise InputError(str(error).replace(str(path), f"export{path.suffix}")) from error


async def _store(path: Path, body: AsyncIterator[bytes]) -> int:
    """Write a file that nobody else may read, piece by piece; return its size.

    Raises:
        Refused: it is too large.
    """
    size = 0
    make_private(path)
    with path.open("wb") as file:
        async for piece in body:
            size += len(piece)
            if size > LARGEST_EXPORT:
                raise Refused("too-large", {"Connection": "close"})
            await asyncio.to_thread(file.write, piece)
    return size


def _columns(given: Taken) -> dict[str, Any]:
    """The columns that somebody named, by what they hold; a null is nobody's choice.

    Raises:
        RequestError: there is no such role, or a name is no text.
    """
    named = {role: name for role, name in given.get("columns", {}).items() if name is not None}
    if all(role in ROLES and isinstance(name, str) for role, name in named.items()):
        return named
    roles = ", ".join(ROLES)
    raise refused(
        "wrong",
        where="columns",
        name="columns",
        kind_fa=f"نام ستون‌ها برای {roles}",
        kind_en=f"names of columns for {roles}",
    )


def _excerpt(value: str) -> str:
    """The beginning of a text, masked as a whole before it is cut."""
    masked = mask_identifiers(value)
    return masked if len(masked) <= _EXCERPT else f"{masked[: _EXCERPT - 1]}…"
