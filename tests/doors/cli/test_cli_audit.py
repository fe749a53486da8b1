"""``hamdel audit`` from the outside: what it prints, what it leaves behind, how it ends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path

import pytest
from cli_running import Run

from hamdel.doors.cli.exits import ExitCode

REPLIES = (
    "سلام، وقت بخیر. سفارش شما فردا ساعت ۱۰ می‌رسد. ممنون از شکیبایی شما.",
    "تو باید صبر کنی. در اسرع وقت بررسی می‌شود.",
    "سلام، بابت تأخیر عذر می‌خواهم؛ امروز تا ساعت ۱۸ زنگ می‌زنم.",
)
FILES = {
    "agents.csv",
    "clusters.csv",
    "findings.csv",
    "findings.parquet",
    "rejected.jsonl",
    "replies.parquet",
    "report.html",
    "run.json",
    "summary.json",
}


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "export.csv"
    lines = [f"{REPLIES[n % 3]},سفارشم نرسید,سارا,1403/02/{n % 28 + 1:02},{n % 5 + 1}" for n in range(30)]
    path.write_text("\n".join(["reply,question,agent,created_at,csat", *lines, "بد,,,دیروز,"]), "utf-8")
    return path


def test_the_files_and_what_is_shown(run: Run, export: Path) -> None:
    done = run("audit", str(export), "--out", "out", "--lang", "en")
    assert done.exit_code == 0, done.output
    assert {path.name for path in Path("out").iterdir()} == FILES
    for words in (
        "customer's message ← ",
        "CSAT ← ",
        "--customer-id",
        "30 replies checked, 1 rows rejected",
        "report.html",
    ):
        assert words in done.output
    summary = json.loads(Path("out/summary.json").read_text("utf-8"))
    assert summary["replies"] == {"read": 30, "checked": 30, "with_message": 30}
    assert any(one["check"] == "respect/tu-form" for one in summary["checks"])
    rejected = json.loads(Path("out/rejected.jsonl").read_text("utf-8"))
    assert rejected["reason"] == 'can\'t read the time "دیروز"'
    farsi = run("audit", str(export), "--out", "farsi")
    assert "بررسی شد: ۳۰ پاسخ" in farsi.output


def test_limits_comparison_and_sample(run: Run, export: Path) -> None:
    assert run("audit", str(export), "--out", "one").exit_code == 0
    arguments = ("audit", str(export), "--out", "two", "--lang", "en", "--compare", "one")
    done = run(
        *arguments, "--fail-on", "error>0", "--fail-on", "respect/blame>2%", "--sample-out", "s.jsonl", "--sample", "5"
    )
    assert done.exit_code == ExitCode.FINDINGS, done.output
    assert "Beyond the limit: error>0 (it is" in done.output
    assert json.loads(Path("two/summary.json").read_text("utf-8"))["comparison"]
    assert len(Path("s.jsonl").read_text("utf-8").splitlines()) == 5
    again = run(*arguments, "--resume", "--fail-on", "error>1000")
    assert again.exit_code == 0, again.output


def test_a_sample_without_an_audit(run: Run, export: Path) -> None:
    """The same replies as beside an audit, in no time; and labels are never written over."""
    done = run("audit", str(export), "--sample", "7", "--out", "to-label.jsonl", "--lang", "en")
    assert done.exit_code == 0, done.output
    for words in ("reply ← ", "7 replies are in", "hamdel evaluate to-label.jsonl"):
        assert words in done.output
    beside = ("audit", str(export), "--out", "audit", "--sample", "7", "--sample-out")
    assert run(*beside, "beside.jsonl").exit_code == 0
    drawn = Path("to-label.jsonl").read_bytes()
    assert drawn == Path("beside.jsonl").read_bytes()
    for arguments in ((*beside, "to-label.jsonl", "--resume"), ("audit", str(export), "--out", "to-label.jsonl")):
        done = run(*arguments)
        assert done.exit_code == ExitCode.FAILED
        assert "to-label.jsonl: is there already and may hold labels; name another file, or use --force" in done.output
    assert Path("to-label.jsonl").read_bytes() == drawn
    done = run("audit", str(export), "--out", "to-label.jsonl", "--force", "--sample", "100", "--keep-personal-data")
    assert done.exit_code == 0, done.output
    assert "نمونه: ۳۰ پاسخ در" in done.output
    done = run("audit", str(export), "--out", "other.jsonl", "--fail-on", "error>0")
    assert "--fail-on goes with an audit: --out must name a folder, for FILE.jsonl takes a sample only" in done.output
    Path("empty.csv").write_text("reply\n", "utf-8")
    done = run("audit", "empty.csv", "--out", "none.jsonl")
    assert (done.exit_code, Path("none.jsonl").exists()) == (ExitCode.FAILED, False)
    assert "empty.csv: no replies in it" in done.output


def test_columns_database_and_presets(run: Run, export: Path) -> None:
    done = run(
        "audit",
        str(export),
        "--out",
        "a",
        "--reply",
        "question",
        "--customer",
        "reply",
        "--lang",
        "en",
        "--outcome",
        "csat",
    )
    assert "reply ← «question»" in done.output
    assert "outcome ← «csat»" in done.output
    for wrong, message in (
        (("--reply", "x"), 'has no column "x" for --reply'),
        (("--customer", "x"), 'has no column "x" for --customer;'),
        (("--customer-id", "x"), 'has no column "x" for --customer-id;'),
        (("--outcome", "x"), 'has no column "x" for --outcome;'),
        (("--table", "x"), "--table and --query are for SQLite"),
        (("--fail-on", "blame>2"), "--fail-on: "),
        (("--compare", "nowhere"), "nowhere: there is no such file"),
    ):
        done = run("audit", str(export), "--out", "b", *wrong)
        assert done.exit_code == ExitCode.FAILED
        assert message in done.output
        assert not Path("b").exists()


def test_what_cannot_be_audited(run: Run, export: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_text("reply,time\nx,gestern\n", "utf-8")
    done = run("audit", "bad.csv", "--out", "bad")
    assert done.exit_code == ExitCode.FAILED
    assert "no row could be used; bad/rejected.jsonl says why" in done.output
    assert Path("bad/rejected.jsonl").read_text("utf-8").count("gestern") == 1
    done = run("audit", "gone.csv", "--out", "gone")
    assert "gone.csv: no such file" in done.output
    assert not Path("gone").exists()
    Path("full").mkdir()
    Path("full/me.jpg").touch()
    done = run("audit", str(export), "--out", "full")
    assert "holds other files, such as me.jpg" in done.output


@pytest.mark.parametrize("package", ["polars", "ijson", "fastexcel"])
def test_the_extra_is_missing(run: Run, export: Path, monkeypatch: pytest.MonkeyPatch, package: str) -> None:
    monkeypatch.setattr(
        import_module("hamdel.doors.cli.audit_guards"), "find_spec", lambda name: None if name == package else name
    )
    done = run("audit", str(export), "--out", "out")
    assert done.exit_code == ExitCode.FAILED
    assert done.output == f"hamdel: an audit needs {package}; pip install 'hamdel[audit]'\n"


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="needs signals")
def test_ctrl_c_keeps_what_is_done(tmp_path: Path) -> None:
    path, out = tmp_path / "long.csv", tmp_path / "out"
    path.write_text("reply\n" + "".join(f"{REPLIES[n % 3]} {n}\n" for n in range(1_100)), "utf-8")
    command = [sys.executable, "-m", "hamdel", "audit", str(path), "--out", str(out), "--no-config", "--lang", "en"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True) as process:
        for _ in range(1_200):
            if list(out.glob(".run/blocks/*.replies.parquet")) or process.poll() is not None:
                break
            time.sleep(0.05)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to the workers too
        errors = process.stderr.read() if process.stderr else ""
    assert process.returncode == ExitCode.INTERRUPTED
    assert errors == "hamdel: stopped; what was done is kept: the same command with --resume goes on\n"
    assert list(out.glob(".run/blocks/*.replies.parquet"))
    done = subprocess.run([*command, "--resume"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "1100 replies checked" in done.stdout


def test_parts_and_their_merge(run: Run, export: Path) -> None:
    assert run("audit", str(export), "--out", "whole", "--lang", "en").exit_code == 0
    for number in (2, 1):
        done = run("audit", str(export), "--out", f"p{number}", "--part", f"{number}/2", "--lang", "en")
        assert done.exit_code == 0, done.output
        assert f"{number}/2" in done.output
        assert "hamdel audit merge" in done.output
    done = run("audit", "merge", "p2", "p1", "--out", "merged", "--lang", "en", "--fail-on", "error>0")
    assert done.exit_code == ExitCode.FINDINGS, done.output
    assert "30 replies checked, 1 rows rejected" in done.output
    for name in FILES:
        assert Path("merged", name).read_bytes() == Path("whole", name).read_bytes(), name
    again = run("audit", "merge", "p2", "p1", "--out", "merged")
    assert again.exit_code == ExitCode.FAILED
    assert "holds an audit" in again.output
    forced = run("audit", "merge", "p2", "p1", "--out", "merged", "--force")
    assert forced.exit_code == 0, forced.output
    farsi = run("audit", str(export), "--out", "p1", "--part", "1/2", "--force")
    assert "بخش" in farsi.output


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--out", "p", "--part", "3/2"), "write i/n"),
        (("--out", "p", "--part", "1/2", "--fail-on", "error>0"), "give it to hamdel audit merge"),
        (("--out", "p.jsonl", "--part", "1/2"), "--out must name a folder"),
    ],
)
def test_what_a_part_cant_do(run: Run, export: Path, arguments: tuple[str, ...], message: str) -> None:
    done = run("audit", str(export), *arguments)
    assert done.exit_code == ExitCode.FAILED
    assert message in done.output
    assert not Path("p").exists()


def test_merging_what_is_no_part(run: Run, export: Path) -> None:
    done = run("audit", "merge", str(export), "nowhere", "--out", "merged")
    assert done.exit_code == ExitCode.FAILED
    assert "isn't a finished part of an audit" in done.output
    assert not Path("merged").exists()


def test_agents_get_pages_of_their_own_and_months_a_trend(run: Run, export: Path) -> None:
    for name in ("one", "two"):
        result = run("audit", str(export), "--out", name, "--agent-pages", "--workers", "1", "--no-clusters")
        assert result.exit_code == ExitCode.CLEAN, result.output
    (page,) = Path("one").glob("agent-*.html")
    assert page.stat().st_mode & 0o077 == 0
    assert "برای سارا" in page.read_text("utf-8")
    result = run("audit", "trend", "one", "two", "--out", "trend.html")
    assert result.exit_code == ExitCode.CLEAN, result.output
    assert "trend.html" in result.output
    assert Path("trend.html").is_file()
    assert run("audit", "trend", "one").exit_code == ExitCode.FAILED
