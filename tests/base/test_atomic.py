"""Files that take their place in one step: never that of a device."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from hamdel.base.atomic import write_atomically


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no pipes with names")
def test_a_pipe_and_what_leads_to_one_are_not_replaced(tmp_path: Path) -> None:
    """`--out /dev/null` by root took /dev/null from everybody; a pipe stands for it here."""
    pipe, link = tmp_path / "pipe", tmp_path / "link"
    os.mkfifo(pipe)
    link.symlink_to(pipe)
    for path in (pipe, link):
        with pytest.raises(OSError, match="is a pipe, a device or a socket"):
            write_atomically(path, b"text")
    assert pipe.is_fifo()
    assert link.is_symlink()
    assert sorted(tmp_path.iterdir()) == [link, pipe]


@pytest.mark.parametrize("name", ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"])
def test_what_is_open_already_is_not_replaced(name: str) -> None:
    with pytest.raises(OSError, match="is a pipe, a device or a socket"):
        write_atomically(Path(name), b"text")


def test_a_file_is_replaced_and_keeps_its_rights(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    path.chmod(0o640)
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o640
