"""The output folder of an audit: what is being made stands in ``.run`` until all of it is there.

``.run/manifest.json`` says what is made, ``.run/blocks`` has the share of each finished block, ``.run/result`` the
whole tables before they take their places. ``run.json`` is written last: a folder that has one holds a finished audit.
"""

from __future__ import annotations

import io
import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from hamdel.audit.examine import Examined
from hamdel.audit.manifest import Manifest
from hamdel.base.atomic import make_folder, make_private, write_atomically
from hamdel.base.folder_lock import Alone
from hamdel.errors import AuditError

__all__ = ["PART", "Folder", "Packed", "Shards", "pack", "write_errors"]

#: Marks a finished part of an audit; see `hamdel.audit.parts`.
PART = "part.json"
_DONE = "run.json"
_RUN = ".run"
_LEFT = re.compile(r"\.run(?:\.json)?\.[0-9a-f]{8}")  # what `atomic` and `_discard` call what isn't whole


@dataclass(frozen=True, slots=True)
class Packed:
    """A block's share as it is stored.

    Attributes:
        replies, findings: Parquet files.
        rejected: JSON lines; empty when no row was rejected.
    """

    replies: bytes
    findings: bytes
    rejected: bytes


def pack(share: Examined) -> Packed:
    """Return a block's share as it is stored, here or on another machine."""
    lines = [json.dumps(one, ensure_ascii=False) + "\n" for one in share.rejected]
    return Packed(
        _parquet(share.replies), _parquet(share.findings), "".join(lines).encode("utf-8", "backslashreplace")
    )


@dataclass(frozen=True, slots=True)
class Shards:
    """Where the shares of finished blocks are; cheap to send to a worker.

    Attributes:
        path: of the folder.
    """

    path: Path

    @classmethod
    def below(cls, folder: Path) -> Shards:
        """Those of an output folder."""
        return cls(folder / _RUN / "blocks")

    def replies(self, number: int) -> Path:
        """The file with a block's replies, which is written last."""
        return self.path / f"{number:07}.replies.parquet"

    def findings(self, number: int) -> Path:
        """The file with a block's findings."""
        return self.path / f"{number:07}.findings.parquet"

    def rejected(self, number: int) -> Path:
        """The file with a block's rejected rows; there is none when none was."""
        return self.path / f"{number:07}.rejected.jsonl"

    def store(self, number: int, share: Packed) -> None:
        """Store a block's share, so that it is there in full or counts as not done.

        Raises:
            OSError: it can't be written.
        """
        if share.rejected:
            write_atomically(self.rejected(number), share.rejected)
        write_atomically(self.findings(number), share.findings)
        write_atomically(self.replies(number), share.replies)

    def done(self) -> set[int]:
        """The numbers of finished blocks."""
        return {int(path.name.partition(".")[0]) for path in self.path.glob("*.replies.parquet") if path.name[0] != "."}


def _parquet(frame: pl.DataFrame) -> bytes:
    data = io.BytesIO()
    frame.write_parquet(data, compression="lz4")
    return data.getvalue()


class Folder:
    """The output folder of one run.

    Args:
        path: made when it isn't there.
        manifest: what is to be made.
    """

    def __init__(self, path: Path, manifest: Manifest) -> None:
        self.path = path
        self._manifest = manifest
        self._alone = Alone(path)
        self._run = path / _RUN
        self.shards = Shards.below(path)
        self.result = self._run / "result"

    def open(self, *, resume: bool, force: bool) -> bool:
        """Make the folder ready for a run.

        Args:
            resume: go on with an interrupted run.
            force: replace whatever audit is there.

        Returns:
            Whether the very audit that is to be made is there and finished (only with ``resume``).

        Raises:
            AuditError: it holds something else, another run is at work in it, what is to be made has changed, or it
                can't be written.
        """
        with write_errors(self.path):
            if self.path.exists() and not self.path.is_dir():
                raise AuditError(f"{self.path}: is a file; --out names a folder")
            make_folder(self.path)
            self._alone.begin()
            try:
                finished = self._opened(resume=resume, force=force)
            except BaseException:
                self._alone.end()
                raise
        if finished:
            self._alone.end()
        return finished

    def _opened(self, *, resume: bool, force: bool) -> bool:
        """Do what `open` says, with the folder to itself."""
        self._sweep()
        if resume and self._same(self.path / _DONE) and not self._run.exists():
            return True
        if not (resume and self._same(self._run / "manifest.json")):
            if not force:
                self._refuse_others(resume)
            self._start_anew()
        make_folder(self.result)
        return False

    def leave(self) -> None:
        """Let other runs in; what is done stays for one that goes on."""
        self._alone.end()

    def _sweep(self) -> None:
        """Remove what a killed run was about to write or to remove; files have hidden names until they are whole."""
        here = (left for left in self.path.glob(f"{_RUN}*") if _LEFT.fullmatch(left.name))
        for left in (*here, *self.result.glob(".*"), *self.shards.path.glob(".*")):
            if left.is_dir():
                shutil.rmtree(left, ignore_errors=True)
            else:
                left.unlink(missing_ok=True)

    def _same(self, path: Path) -> bool:
        """Whether a manifest is there that is ours.

        Raises:
            AuditError: there is one, but of another run.
        """
        if not path.is_file():
            return False
        changes = self._manifest.changes(Manifest.decode(path.read_bytes(), str(path)))
        if changes:
            raise AuditError(
                f"{self.path}: can't go on, for {'; '.join(changes)}; --force starts anew, or name another folder"
            )
        return True

    def _refuse_others(self, resume: bool) -> None:
        """Say what is there that would be overwritten.

        Raises:
            AuditError: there is something.
        """
        if (self.path / PART).is_file():
            raise AuditError(f"{self.path}: holds a part of an audit; --force replaces it, or name another folder")
        left = (self._run / "manifest.json").is_file()
        if left:
            raise AuditError(f"{self.path}: holds an audit that was interrupted; --resume goes on, --force starts anew")
        if (self.path / _DONE).is_file():
            raise AuditError(f"{self.path}: holds an audit; --force replaces it, or name another folder")
        there = self.path.iterdir() if self.path.exists() else ()
        others = [path.name for path in there if not path.name.startswith(_RUN)]
        if others:
            what = "nothing to go on with, and other files" if resume else "other files"
            raise AuditError(f"{self.path}: holds {what}, such as {sorted(others)[0]}; name a new or empty folder")

    def _start_anew(self) -> None:
        self._discard()
        make_folder(self._run)
        make_folder(self.shards.path)
        write_atomically(self._run / "manifest.json", self._manifest.encode())

    def abandon(self) -> None:
        """Leave no trace of a run that failed before anything was done."""
        if not self.shards.done():
            with suppress(OSError):
                self._discard()
                self.path.rmdir()  # unless something else is in it
        self.leave()

    def place(self) -> None:
        """Put the finished files of ``result`` into their places, and drop what isn't needed any more.

        Nobody else may read them: there are people's texts in most of them.

        Raises:
            AuditError: the folder can't be written.
        """
        with write_errors(self.path):
            for path in sorted(self.result.iterdir()):
                make_private(path)
                path.replace(self.path / path.name)
            write_atomically(self.path / _DONE, self._manifest.encode())
            self._discard()
        self.leave()

    def _discard(self) -> None:
        """Remove ``.run``: first its name, so that it is never seen half removed."""
        (self.path / PART).unlink(missing_ok=True)
        if self._run.exists():
            gone = self.path / f"{_RUN}.{os.urandom(4).hex()}"
            self._run.replace(gone)
            shutil.rmtree(gone, ignore_errors=True)


@contextmanager
def write_errors(path: Path) -> Iterator[None]:
    """Say in one line why an audit can't be written.

    Args:
        path: the folder.

    Raises:
        AuditError: instead of the system's error.
    """
    try:
        yield
    except PermissionError as error:
        raise AuditError(f"{path}: can't be written: permission denied; check its rights") from error
    except (OSError, pl.exceptions.PolarsError) as error:
        reason = getattr(error, "strerror", None) or str(error).partition("\n")[0]
        hint = "what was done is kept: mend it and go on with --resume"
        raise AuditError(f"{path}: can't be written: {reason}; {hint}") from error
