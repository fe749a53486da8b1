"""Settings that somebody else left in a parent folder, and files that are no files: refused in one line, at once."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hamdel.archive.approved import Approved
from hamdel.base.files import NotRegularError, read_regular
from hamdel.base.text_files import read_lines, read_past, read_text
from hamdel.errors import ConfigError, HamdelError, InputError
from hamdel.exports import open_table
from hamdel.model import Lang
from hamdel.phrasebank import load_checks
from hamdel.settings.config import load_config
from hamdel.wording.skeletons import Skeletons

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows leaves rights to the system")
SOMEBODY = 54321
as_root = pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="only root can give files away")


@pytest.fixture
def inner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder whose parent has settings."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("SUDO_UID", raising=False)
    folder = tmp_path / "project" / "inner"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    (folder.parent / "hamdel.toml").write_text('lang = "en"\n')
    return folder


def _file_of_somebody(folder: Path) -> None:
    os.chown(folder / "hamdel.toml", SOMEBODY, SOMEBODY)


def _folder_of_somebody(folder: Path) -> None:
    os.chown(folder, SOMEBODY, SOMEBODY)


def _link_of_somebody(folder: Path) -> None:
    (folder / "hamdel.toml").rename(folder / "ours.toml")
    (folder / "hamdel.toml").symlink_to("ours.toml")
    os.chown(folder / "hamdel.toml", SOMEBODY, SOMEBODY, follow_symlinks=False)


def _link_to_somebodys(folder: Path) -> None:
    (folder / "hamdel.toml").rename(folder / "theirs.toml")
    (folder / "hamdel.toml").symlink_to("theirs.toml")
    os.chown(folder / "theirs.toml", SOMEBODY, SOMEBODY)


def _open_folder(folder: Path) -> None:
    folder.chmod(0o777)


def _open_file(folder: Path) -> None:
    (folder / "hamdel.toml").chmod(0o666)


def _in_project_of_somebody(folder: Path) -> None:
    (folder / "hamdel.toml").unlink()
    (folder / "pyproject.toml").write_text('[tool.hamdel]\nlang = "en"\n')
    os.chown(folder / "pyproject.toml", SOMEBODY, SOMEBODY)


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        pytest.param(_file_of_somebody, "belongs to somebody else", marks=as_root),
        pytest.param(_folder_of_somebody, "lies in somebody else's folder", marks=as_root),
        pytest.param(_link_of_somebody, "belongs to somebody else", marks=as_root),
        pytest.param(_link_to_somebodys, "belongs to somebody else", marks=as_root),
        pytest.param(_in_project_of_somebody, "belongs to somebody else", marks=as_root),
        (_open_folder, "lies in a folder that everybody can write to"),
        (_open_file, "can be written by everybody"),
    ],
)
def test_foreign_settings_are_refused(inner: Path, make: Callable[[Path], None], reason: str) -> None:
    make(inner.parent)
    with pytest.raises(ConfigError, match=f"toml: {reason}, so its settings aren't used; name it with --config"):
        load_config(env={})
    assert load_config(search=False, env={}).lang is Lang.FA
    (name,) = (name for name in ("hamdel.toml", "pyproject.toml") if (inner.parent / name).exists())
    assert load_config(inner.parent / name, env={}).lang is Lang.EN


def test_what_is_ours_is_followed(inner: Path) -> None:
    assert load_config(env={}).lang is Lang.EN
    inner.parent.chmod(0o1777)  # as /tmp: nobody can replace our file
    assert load_config(env={}).lang is Lang.EN


@as_root
def test_somebodys_project_without_our_table_is_passed_over(inner: Path) -> None:
    for text in ("[project]\n", "broken ["):
        (inner / "pyproject.toml").write_text(text)
        os.chown(inner / "pyproject.toml", SOMEBODY, SOMEBODY)
        assert load_config(env={}).lang is Lang.EN


@as_root
def test_who_runs_sudo_is_the_user(inner: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _file_of_somebody(inner.parent)
    monkeypatch.setenv("SUDO_UID", str(SOMEBODY))
    assert load_config(env={}).lang is Lang.EN


@pytest.mark.parametrize(
    "line",
    [
        'archive = "{}"', 'approved = ["{}"]', 'phrasebanks = ["{}"]', 'templates = ["{}"]',
        'archive = "../../{name}"', 'archive = "link"', 'archive = "link/deeper"',
        'approved = ["/dev/zero"]', 'archive = "/"', 'archive = "~root/x"',
    ],
)  # fmt: skip
def test_found_settings_dont_lead_elsewhere(inner: Path, line: str) -> None:
    with tempfile.TemporaryDirectory() as elsewhere:
        (inner.parent / "link").symlink_to(elsewhere)
        path = inner.parent / "hamdel.toml"
        path.write_text(line.format(elsewhere, name="other"))
        with pytest.raises(ConfigError, match=r"hamdel\.toml:1: .* neither in the folder of these settings nor"):
            load_config(env={})
        if "zero" not in line:
            load_config(path, env={})


def test_an_approved_folder_that_is_a_link_elsewhere(inner: Path) -> None:
    with tempfile.TemporaryDirectory() as elsewhere:
        (inner.parent / "approved").symlink_to(elsewhere)
        with pytest.raises(ConfigError, match="neither in the folder of these settings nor in your home"):
            load_config(env={})


@pytest.mark.parametrize("place", ["ours", "./a/../ours", "{home}/x", "~/x", "{data}/hamdel/other"])
def test_found_settings_lead_to_what_is_ours(inner: Path, tmp_path: Path, place: str) -> None:
    place = place.format(home=tmp_path / "home", data=tmp_path / "data")
    (inner.parent / "hamdel.toml").write_text(f'archive = "{place}"')
    archive = load_config(env={}).archive
    assert archive is not None
    assert archive.is_absolute()


@pytest.mark.parametrize("name", ["~nobodyofthisname/x", "a\\u0000b"])
def test_what_is_no_path(inner: Path, name: str) -> None:
    (inner.parent / "hamdel.toml").write_text(f'archive = "{name}"')
    for file in (None, inner.parent / "hamdel.toml"):
        with pytest.raises(ConfigError, match=r"hamdel\.toml:1: "):
            load_config(file, env={})


# What is no file


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _terminal(path: Path) -> None:
    path.symlink_to("/dev/tty")


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(path.name)  # its whole path may be too long


@pytest.fixture(params=[_pipe, _device, _terminal, _socket], ids=lambda make: make.__name__)
def special(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "special.toml"
    request.param(path)
    return path


def test_special_files_are_refused(special: Path, tmp_path: Path) -> None:
    with pytest.raises(NotRegularError):
        read_regular(special)
    for read in (read_text, lambda path: list(read_lines(str(path))), read_past):
        with pytest.raises(InputError, match="is a pipe, a device or a socket; name a regular file, or pipe"):
            read(special)
    with pytest.raises(ConfigError, match="is a pipe, a device or a socket"):
        load_config(special, env={})
    for ending in ("csv", "json", "jsonl", "xlsx", "parquet", "sqlite", "txt"):
        table = special.rename(tmp_path / f"table.{ending}")
        with pytest.raises(InputError, match="is a pipe, a device or a socket"):
            open_table(table)
        table.rename(special)


def test_a_special_file_among_checks_and_templates(special: Path, tmp_path: Path) -> None:
    bank = tmp_path / "bank" / "respect"
    bank.mkdir(parents=True)
    special.rename(bank / "own.toml")
    with pytest.raises(HamdelError, match=r"own\.toml"):
        load_checks((tmp_path / "bank",))
    situations = tmp_path / "ours" / "replies"
    situations.mkdir(parents=True)
    (bank / "own.toml").rename(situations / "own.j2")
    skeletons = Skeletons((tmp_path / "ours",))
    for use in (lambda: skeletons.title("own", Lang.FA), lambda: skeletons.render("own", {})):
        with pytest.raises(HamdelError, match="own"):
            use()


def _run(command: list[str], text: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, input=text, capture_output=True, encoding="utf-8", timeout=60, check=False)


def test_special_settings_and_archives_dont_hang(special: Path, tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    archive.mkdir()
    special.rename(archive / "replies.sqlite")
    (tmp_path / "approved").mkdir()
    (tmp_path / "hamdel.toml").write_text('approved = ["approved"]')
    (archive / "replies.sqlite").rename(tmp_path / "approved" / "reply.txt")
    command = [sys.executable, "-m", "hamdel", "check", "-", "--lang", "en"]
    draft = "سلام، سفارش شما فردا با پیک تحویل داده می‌شود و کد پیگیری آن پیامک شد."
    with_past = tmp_path / "past.txt"
    with_past.write_text(draft, encoding="utf-8")
    done = _run([*command, "--past", str(with_past)], draft)
    assert "Traceback" not in done.stderr
    assert "internal error" not in done.stderr
    assert done.returncode == 2
    assert "reply.txt: is a pipe, a device or a socket" in done.stderr
    (tmp_path / "hamdel.toml").unlink()
    (tmp_path / "approved" / "reply.txt").rename(archive / "replies.sqlite")
    done = _run([*command, "--archive", str(archive)], draft)
    assert done.returncode == 2
    assert done.stderr.startswith(f"hamdel: {archive}")
    assert "internal error" not in done.stderr


def test_a_folder_that_is_called_like_a_file(tmp_path: Path) -> None:
    (tmp_path / "old.txt").mkdir()
    (tmp_path / "old.txt" / "reply.md").write_text("سفارش شما فردا با پیک تحویل داده می‌شود", encoding="utf-8")
    assert Approved([tmp_path]).has_text("سفارش شما فردا با پیک تحویل داده میشود", 80)
    with pytest.raises(InputError, match="is a folder; name one text file"):
        read_text(tmp_path / "old.txt")


def test_a_pipe_of_the_shell_is_read(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.write(writing, "سلام".encode())
    os.close(writing)
    assert read_text(f"/dev/fd/{reading}") == "سلام"
    os.close(reading)


# What we may not look at

# Root, who reads everything, gives up the capabilities by which it does (capset(2), CAP_DAC_OVERRIDE and _READ_SEARCH).
_WITHOUT_RIGHTS = """
import ctypes, sys
libc, head, data = ctypes.CDLL(None), (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
assert libc.capget(head, data) == 0
data[0] &= ~0b110
assert libc.capset(head, data) == 0
sys.argv = ["hamdel", *sys.argv[1:]]
from hamdel.doors.cli import main
main()
"""


@as_root
@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "{}/draft.txt"], ["check", "{}"], ["check", "-", "--customer", "{}/mail.txt"],
        ["fix", "{}/draft.txt"],
        ["check", "-", "--archive", "{}/archive"], ["check", "-", "--past", "{}/past.txt"],
        ["check", "-", "--config", "{}/hamdel.toml"], ["archive", "stats", "--archive", "{}/archive"],
        ["archive", "import", "{}/table.csv", "--archive", "a"], ["archive", "add", "-", "--archive", "{}/archive"],
        ["audit", "{}/table.csv", "--out", "out"], ["audit", "table.csv", "--out", "{}/out"],
        ["audit", "table.csv", "--out", "out.jsonl", "--compare", "{}/audit"], ["evaluate", "{}/cases.jsonl"],
        ["audit", "table.csv", "--out", "{}/out.jsonl"], ["check", "{}/" + "ا" * 300],
    ],
    ids=lambda arguments: " ".join(arguments)[:60],
)  # fmt: skip
def test_paths_of_other_users(arguments: list[str]) -> None:
    with tempfile.TemporaryDirectory() as top:
        closed = Path(top) / "closed"
        (closed / "archive").mkdir(parents=True)
        os.chown(closed, SOMEBODY, SOMEBODY)
        closed.chmod(0o700)
        work = Path(top) / "work"
        work.mkdir()
        (work / "table.csv").write_text("پاسخ\nسفارش شما رسید\n", encoding="utf-8")
        command = [sys.executable, "-c", _WITHOUT_RIGHTS, *(one.format(closed) for one in arguments)]
        done = subprocess.run(
            command, input="سلام", capture_output=True, encoding="utf-8", cwd=work, timeout=100, check=False,
        )  # fmt: skip
    assert "internal error" not in done.stderr
    assert "Traceback" not in done.stderr
    assert done.returncode == 2
    assert done.stderr.startswith("hamdel: ")
    assert done.stderr.count("\n") == 1
