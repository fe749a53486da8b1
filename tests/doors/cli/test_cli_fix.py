"""``hamdel fix`` and ``hamdel improve``: what goes where, what is written, and what is refused."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from cli_running import Run

DRAFT = "سلام. تو باید صبر کنی.\nشما اشتباه کردید.\n"
FIXED = "سلام. شما باید صبر کنید.\nشما اشتباه کردید.\n"


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "reply.txt"
    path.write_text(DRAFT, "utf-8")
    return path


def test_the_text_goes_to_standard_output_and_the_rest_to_standard_error(run: Run, draft: Path) -> None:
    result = run("fix", "reply.txt", "--no-config")
    assert result.stdout == FIXED
    assert "respect/blame" in result.stderr
    assert "--offered" in result.stderr
    assert result.exit_code == 1
    assert draft.read_text("utf-8") == DRAFT


def test_exit_codes(run: Run, draft: Path) -> None:
    assert run("fix", "reply.txt", "--fail-on", "error").exit_code == 0
    assert run("fix", stdin="تو باید صبر کنی.").exit_code == 0
    assert run("fix", "missing.txt").exit_code == 2


def test_a_diff_changes_nothing_and_patch_can_apply_it(run: Run, draft: Path, tmp_path: Path) -> None:
    diff = run("fix", "reply.txt", "--diff").stdout
    assert draft.read_text("utf-8") == DRAFT
    assert "-سلام. تو باید صبر کنی.\n+سلام. شما باید صبر کنید.\n" in diff
    (tmp_path / "change.diff").write_text(diff, "utf-8")
    try:
        subprocess.run(["patch", "-p1", "-i", "change.diff"], cwd=tmp_path, check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("no patch program")
    assert draft.read_text("utf-8") == FIXED


def test_a_diff_of_a_text_without_a_last_newline(run: Run) -> None:
    diff = run("fix", "--diff", stdin="تو باید صبر کنی.").stdout
    assert diff.endswith("+شما باید صبر کنید.\n\\ No newline at end of file\n")
    assert run("fix", "--diff", stdin="سلام.").stdout == ""


def test_write_keeps_line_ends_encoding_and_rights(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "reply.txt"
    path.write_bytes("\ufeffتو باید صبر کنی.\r\nممنون.\r\n".encode("utf-16-le"))
    path.chmod(0o640)
    result = run("fix", "reply.txt", "--write")
    assert result.stdout == ""
    assert path.read_bytes() == "\ufeffشما باید صبر کنید.\r\nممنون.\r\n".encode("utf-16-le")
    assert path.stat().st_mode & 0o777 == 0o640
    assert [one.name for one in tmp_path.iterdir()] == ["reply.txt"]


def test_write_says_when_an_encoding_cant_be_kept(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "reply.txt"
    path.write_bytes("سلام. تو بايد صبر كني تا بسته به دست شما برسد.".encode("cp1256"))
    result = run("fix", "reply.txt", "--write")
    assert "UTF-8" in result.stderr
    assert "شما" in path.read_text("utf-8")


def test_write_through_a_link(run: Run, tmp_path: Path, draft: Path) -> None:
    link = tmp_path / "link.txt"
    link.symlink_to(draft)
    run("fix", "link.txt", "--write")
    assert link.is_symlink()
    assert draft.read_text("utf-8") == FIXED


@pytest.mark.parametrize(
    ("args", "complaint"),
    [
        (("--write",), "--write needs a file"),
        (("reply.txt", "--write", "--diff"), "take one of them"),
        (("missing.txt",), "no such file"),
        (("reply.txt", "--customer", "-"), ""),
    ],
)
def test_what_is_refused(run: Run, draft: Path, args: tuple[str, ...], complaint: str) -> None:
    result = run("fix", *args, stdin="x")
    if complaint:
        assert result.exit_code == 2
        assert result.stderr.startswith("hamdel: ")
        assert complaint in result.stderr
        assert result.stderr.count("\n") == 1
    assert draft.read_text("utf-8") == DRAFT


def test_a_folder_that_cant_be_written_leaves_the_file_as_it_was(
    run: Run, draft: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    result = run("fix", "reply.txt", "--write")
    assert result.exit_code == 2
    assert result.stderr == "hamdel: reply.txt: can't be written: No space left on device; it is as it was\n"
    assert draft.read_text("utf-8") == DRAFT
    assert [one.name for one in draft.parent.iterdir()] == ["reply.txt"]


def test_offered_edits_are_applied_on_request(run: Run, draft: Path) -> None:
    assert "اشتباه کردید" not in run("fix", "reply.txt", "--offered").stdout


def test_fix_as_json(run: Run, draft: Path) -> None:
    result = json.loads(run("fix", "reply.txt", "--format", "json").stdout)
    assert result["schema"] == "hamdel/fix/1"
    assert result["text"] == FIXED
    assert {one["check"] for one in result["fixed"]} == {"respect/tu-form"}
    assert ("offered", "respect/blame") in {(one["reason"], one["finding"]["check"]) for one in result["left"]}


def test_improve_shows_both_and_the_whole(run: Run, draft: Path) -> None:
    out = run("improve", "reply.txt", "--customer", "سفارشم نرسیده، کلافه شدم").stdout
    assert "− سلام" not in out
    assert "− تو باید صبر کنی" in out or "تو باید صبر کنی." in out
    assert "نوشتید «سفارشم نرسیده»" in out
    assert "متن کامل" in out
    assert "پیش از فرستادن پر کنید" in out


def test_improve_as_a_draft_and_as_json(run: Run, draft: Path) -> None:
    text = run("improve", "reply.txt", "--format", "draft").stdout
    result = json.loads(run("improve", "reply.txt", "--format", "json", "--lang", "en").stdout)
    assert result["text"] == text
    assert result["schema"] == "hamdel/improvement/1"
    assert all(step["reason"] for step in result["steps"])
    assert result["report"]["schema"] == "hamdel/report/1"


def test_improve_finds_nothing_to_do(run: Run) -> None:
    assert "چیزی برای بهتر کردن پیدا نشد" in run("improve", stdin="سلام، وقت بخیر.").stdout


def test_situations(run: Run) -> None:
    listed = run("improve", "--situations").stdout
    names = [line.split("\t")[0] for line in listed.splitlines()]
    assert len(names) >= 15
    result = run("improve", "--situation", names[0], "--format", "draft", stdin="")
    assert result.exit_code == 0
    assert result.stdout.strip()
    wrong = run("improve", "--situation", names[0] + "x", stdin="")
    assert wrong.exit_code == 2
    assert names[0] in wrong.stderr


def test_a_situation_keeps_what_the_draft_states(run: Run) -> None:
    name = run("improve", "--situations").stdout.split("\t")[0]
    text = run("improve", "--situation", name, "--format", "draft", stdin="کد رهگیری 554433221 فردا فعال می‌شود").stdout
    assert "554433221" in text
