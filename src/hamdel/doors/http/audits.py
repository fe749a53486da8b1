"""Audits from the page: an export is uploaded, its columns are looked at, the audit runs, its page is read."""

from __future__ import annotations

import asyncio
import re
import secrets
import shutil
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hamdel.base.atomic import make_private
from hamdel.doors.http.audit_methods import ROLES, SUFFIXES
from hamdel.doors.http.audit_preview import previewed, shown_names
from hamdel.doors.http.audit_room import Room
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
_EXCERPT = 120  # characters of a file's name
_NO_NAME = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*]')  # what some system forbids in names of files
_LONGEST_NAME = 180  # bytes


@dataclass(slots=True)
class _Export:
    """A file that was uploaded.

    Attributes:
        path: where it is, in a folder of its own and under its own name, for a chat's name tells whose it is.
        name: what it was called.
        people: those who may answer in it, by the names that are shown.
        columns: its columns' names, by those that were shown.
    """

    path: Path
    name: str
    people: Mapping[str, str] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)

    def remove(self) -> None:
        """Remove it."""
        shutil.rmtree(self.path.parent, ignore_errors=True)


class Audits:
    """The audits of one server; what they are made of is gone when it ends.

    Args:
        place: where the settings come from.
    """

    def __init__(self, place: Place) -> None:
        self._place = place
        self._room = Room()
        self._exports: dict[str, _Export] = {}
        self._audits: dict[str, Audit] = {}

    def close(self) -> None:
        """End what runs, and remove everything."""
        for audit in self._audits.values():
            audit.end()
        self._room.close()

    async def upload(self, name: str, body: AsyncIterator[bytes]) -> str:
        """Store an export and return its id.

        Args:
            name: of the file; its ending tells the format, the rest is shown.
            body: what is in it.

        Raises:
            Refused: it is too large.
            RequestError: it is no format that can be read.
        """
        suffix = Path(name).suffix.lower()
        if suffix not in SUFFIXES:
            known = " ".join(SUFFIXES)
            fa, en = f"نام فایلی با یکی از پسوندهای {known}", f"a file's name that ends in one of {known}"
            raise refused("wrong", where="name", name="name", kind_fa=fa, kind_en=en)
        id_ = secrets.token_urlsafe(12)
        own = self._room.folder / id_
        own.mkdir(mode=0o700)
        export = _Export(own / _file_name(name), mask_identifiers(Path(name).name)[-_EXCERPT:])
        try:
            await _store(export.path, body)
        except BaseException:
            export.remove()
            raise
        self._exports[id_] = export
        self._forget_exports()
        return id_

    def _forget_exports(self) -> None:
        """Remove all but the newest exports, and the one that is being read."""
        read = [audit.export for audit in self._audits.values() if audit.state is State.RUNNING]
        for old in [id_ for id_, export in self._exports.items() if export.path not in read][:-_KEPT]:
            self.forget(old)

    def forget(self, id_: str) -> None:
        """Remove an export."""
        self._exports.pop(id_).remove()

    def preview(self, given: Taken) -> dict[str, Any]:
        """Tell what an export's columns were taken for, how many rows it has, and a few; in a thread that may wait.

        Raises:
            RequestError: there is no such export, or it can't be read.
        """
        export = self._export(given)
        with translated(), _unplaced(export):
            found = previewed(export.path, _read_as(export, given))
        if found["question"] and found["question"]["asked"] == "team":
            export.people = shown_names(found["question"]["choices"], _EXCERPT)
            found["question"]["choices"] = list(export.people)
        asked = [found["question"]["column"]] if "column" in (found["question"] or ()) else []
        export.columns.update(shown_names([*found["columns"], *asked]))
        shown = {name: one for one, name in export.columns.items()}
        names = [shown[name] for name in found["columns"]]
        if asked:
            found["question"]["column"] = shown[asked[0]]
        guessed = {role: shown.get(name, name) for role, name in found["guessed"].items()}
        return {"id": given["id"], "name": export.name, **found, "columns": names, "guessed": guessed}

    def start(self, given: Taken) -> dict[str, Any]:
        """Start an audit; one runs at a time.

        Raises:
            Refused: another one runs.
            RequestError: there is no such export.
        """
        export = self._export(given)
        path, columns = export.path, _read_as(export, given)
        if any(audit.state is State.RUNNING for audit in self._audits.values()):
            raise Refused("busy")
        id_ = secrets.token_urlsafe(12)
        audit = Audit(self._room.folder / f"audit-{id_}", path, path.stat().st_size)
        order = {
            "file": str(path),
            "name": export.name,
            "out": str(audit.out),
            "room": str(self._room.folder),
            "columns": columns,
            "anonymous": given.get("anonymous_agents", False),
            "agent_pages": given.get("agent_pages", False),
            "config": str(self._place.file.absolute()) if self._place.file else None,
            "search": self._place.search,
            "lang": given.get("lang") or dict(self._place.options).get("lang"),
        }
        audit.start(order)
        self._audits[id_] = audit
        for old in list(self._audits)[:-_KEPT]:
            shutil.rmtree(self._audits.pop(old).out, ignore_errors=True)
        return {"job": id_}

    def status(self, given: Taken) -> dict[str, Any]:
        """Tell how far an audit is.

        Raises:
            RequestError: there is no such audit.
        """
        audit = self._audit(given)
        page = audit.address if audit.state is State.DONE else None
        counts = {"done": audit.rows, "total": audit.total}
        agents = [{"name": mask_identifiers(name), "page": page} for page, (name, _) in audit.agents.items()]
        told = {"message": audit.message, "report": page, "question": audit.question, "agents": agents}
        return {"state": audit.state.value, **counts, **told}

    def cancel(self, given: Taken) -> dict[str, Any]:
        """Stop an audit.

        Raises:
            RequestError: there is no such audit.
        """
        audit = self._audit(given)
        audit.end()
        return {"cancelled": audit.state is State.CANCELLED}

    def page(self, address: str) -> tuple[bytes, dict[str, str]]:
        """Return the page at an address, and its headers.

        Raises:
            Refused: there is none.
        """
        for audit in self._audits.values():
            found = audit.page(address)
            if found:
                return found
        raise Refused("not-found")

    def _export(self, given: Taken) -> _Export:
        export = self._exports.get(given["id"])
        if export is None:
            raise refused("unknown_value", where="id", name="id")
        return export

    def _audit(self, given: Taken) -> Audit:
        audit = self._audits.get(given["job"])
        if audit is None:
            raise refused("unknown_value", where="job", name="job")
        return audit


def _file_name(name: str) -> str:
    """The name of a file as every system takes it; its ending stays."""
    plain = _NO_NAME.sub("_", Path(name).name)
    suffix = Path(plain).suffix
    return plain.removesuffix(suffix).encode()[:_LONGEST_NAME].decode(errors="ignore").strip(". ") + suffix


def _read_as(export: _Export, given: Taken) -> dict[str, Any]:
    """What was said of an export, as `hamdel.exports.Columns` takes it."""
    team = [export.people.get(name, name) for name in given.get("team", ())]
    more = {name: given.get(name) for name in ("preset", "date_order")}
    return {**_columns(given, export), **more, "team": team}


@contextmanager
def _unplaced(export: _Export) -> Iterator[None]:
    """Leave out of errors where the server keeps an export."""
    try:
        yield
    except InputError as error:
        raise InputError(str(error).replace(str(export.path), export.name)) from error


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


def _columns(given: Taken, export: _Export) -> dict[str, Any]:
    """The columns that somebody named, by what they hold; a null is nobody's choice.

    Raises:
        RequestError: there is no such role, or a name is no text.
    """
    named = {role: name for role, name in given.get("columns", {}).items() if name is not None}
    if all(role in ROLES and isinstance(name, str) for role, name in named.items()):
        return {role: export.columns.get(name, name) for role, name in named.items()}
    roles = ", ".join(ROLES)
    raise refused(
        "wrong",
        where="columns",
        name="columns",
        kind_fa=f"نام ستون‌ها برای {roles}",
        kind_en=f"names of columns for {roles}",
    )
