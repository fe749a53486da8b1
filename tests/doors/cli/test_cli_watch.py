"""``hamdel watch``: which files have changed, and the command as a process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from test_cli_process import COMMAND, ENV

from hamdel.doors.cli.many.finding import Found
from hamdel.doors.cli.watch import changes
from hamdel.model.files import Trouble


@pytest.fixture(autouse=True)
def _in_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def _names(found: list[Found | Trouble]) -> list[str]:
    return [one.name if isinstance(one, Found) else one.message.split(":")[0] for one in found]


def test_what_was_saved_is_told_once() -> None:
    Path("sub").mkdir()
    Path("a.txt").write_text("یک", "utf-8")
    Path("sub/b.md").write_text("دو", "utf-8")

    def saves() -> Iterator[None]:
        yield  # nothing happens
        Path("a.txt").write_text("یک و دو", "utf-8")
        yield
        Path("sub/c.txt").write_text("سه", "utf-8")
        yield
        Path("new").write_text("دو!", "utf-8")  # as editors save: another file takes its place
        Path("new").replace("sub/b.md")
        yield
        Path("a.txt").unlink()
        yield
        Path("a.txt").write_text("باز", "utf-8")
        yield

    saved = saves()
    told = [_names(found) for found in _first(changes(("a.txt", "sub"), False, lambda: next(saved)))]
    assert told == [["a.txt", "sub/b.md"], ["a.txt"], ["sub/c.txt"], ["sub/b.md"], ["a.txt"], ["a.txt"]]


def test_a_change_of_what_may_stay_is_one_of_all_files() -> None:
    Path("a.txt").write_text("یک", "utf-8")
    Path("b.txt").write_text("دو", "utf-8")
    store = Path("stay.json")

    def saves() -> Iterator[None]:
        yield
        store.write_text("{}", "utf-8")
        yield
        Path("b.txt").write_text("دو و سه", "utf-8")
        yield
        store.unlink()
        yield

    saved = saves()
    told = [_names(found) for found in _first(changes(("a.txt", "b.txt"), False, lambda: next(saved), store))]
    assert told == [["a.txt", "b.txt"], ["a.txt", "b.txt"], ["b.txt"], ["a.txt", "b.txt"]]


def _first(found: Iterator[list[Found | Trouble]]) -> Iterator[list[Found | Trouble]]:
    """What is told until nothing more happens, where the saves end as a generator does."""
    try:
        yield from found
    except RuntimeError as error:  # PEP 479
        assert isinstance(error.__cause__, StopIteration)


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is another thing there")
def test_the_command_checks_again_and_ends_with_ctrl_c() -> None:
    draft = Path("reply.txt")
    draft.write_text("سلام وقت بخیر.", "utf-8")
    with Path("told").open("wb") as told:
        process = subprocess.Popen(
            [*COMMAND, "watch", "reply.txt", "gone.txt", "--no-config", "--no-archive"],
            stdout=told, stderr=subprocess.PIPE, env=ENV, start_new_session=True,
        )  # fmt: skip
    try:
        _wait_for("۱ متن")
        draft.write_text("سلام. تو باید صبر کنی.", "utf-8")
        _wait_for("respect/tu-form")
        os.kill(process.pid, signal.SIGINT)
        errors = process.communicate(timeout=20)[1].decode()
    finally:
        process.kill()
    assert process.returncode == 130
    assert [line[:22] for line in errors.splitlines()] == ["hamdel: gone.txt: چنین", "hamdel: متوقف شد"]


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is another thing there")
def test_what_may_stay_is_hidden_and_only_what_is_new_shows() -> None:
    draft = Path("reply.txt")
    draft.write_text("سلام. تو باید صبر کنی.", "utf-8")
    own = ["--no-config", "--no-archive"]
    subprocess.run([*COMMAND, "check", "reply.txt", "--suppress-all", *own], env=ENV, check=True, capture_output=True)
    with Path("told").open("wb") as told:
        process = subprocess.Popen([*COMMAND, "watch", "reply.txt", *own], stdout=told, env=ENV, start_new_session=True)
    try:
        _wait_for("نشان داده نشد")
        assert "respect/tu-form" not in Path("told").read_text("utf-8")
        draft.write_text("سلام. تو باید صبر کنی. مگه نمی‌فهمی احمق؟", "utf-8")
        _wait_for("respect/profanity")
        before = len(Path("told").read_text("utf-8"))
        Path("hamdel-suppressions.json").unlink()
        _wait_for("respect/tu-form", before)
        os.kill(process.pid, signal.SIGINT)
        assert process.wait(timeout=20) == 130
    finally:
        process.kill()


def _wait_for(text: str, begin: int = 0) -> None:
    end = time.monotonic() + 90
    while text not in Path("told").read_text("utf-8", "replace")[begin:]:
        assert time.monotonic() < end, f"{text} never came"
        time.sleep(0.1)
