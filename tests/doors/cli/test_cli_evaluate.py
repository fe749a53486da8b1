"""``hamdel evaluate``: labelled replies in, figures out, and one line for what is wrong."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest
from cli_running import Run

from hamdel.doors.cli.progress import Bar, Progress
from hamdel.model import Lang

BAD = {"draft": "سلام. تو باید صبر کنی.", "expected": [{"id": "respect/tu-form", "text": "تو"}]}
GOOD = {"draft": "سلام، وقت بخیر. سفارش شما فردا ساعت ۱۰ می‌رسد.", "expected": []}
MISSED = {"draft": GOOD["draft"], "expected": [{"id": "respect/blame", "text": "شما"}]}


def write(*cases: object, name: str = "cases.jsonl") -> str:
    Path(name).write_text("".join(json.dumps(case) + "\n" for case in cases), encoding="utf-8")
    return name


def test_text_in_both_languages(run: Run) -> None:
    done = run("evaluate", write(BAD, GOOD, MISSED))
    assert (done.exit_code, done.stderr) == (0, "")
    assert "دقت" in done.stdout
    assert "cases.jsonl:3" in done.stdout
    assert "ندیده: «شما»" in done.stdout
    assert "precision" in run("evaluate", "cases.jsonl", "--lang", "en").stdout


def test_json(run: Run) -> None:
    value = json.loads(run("evaluate", write(BAD, GOOD, MISSED), "--format", "json").stdout)
    by_check = {row["check"]: row for row in value["checks"]}
    assert by_check["respect/tu-form"]["recall"]["value"] == 1
    assert by_check["respect/blame"]["support"] == 1
    assert value["clean_drafts"] == {"cases": 1, "false_alarms": {"value": 0.0, "low": 0.0, "high": 0.0}}


def test_several_files_and_standard_input(run: Run) -> None:
    write(BAD, name="a.jsonl")
    write(GOOD, name="b.jsonl")
    assert json.loads(run("evaluate", "a.jsonl", "b.jsonl", "--format", "json").stdout)["cases"] == 2
    piped = run("evaluate", "-", "--format", "json", stdin=json.dumps(MISSED))
    assert json.loads(piped.stdout)["disagreements"][0]["case"] == "standard input:1"


def test_lines_with_a_mark_carry_the_customers_message(run: Run) -> None:
    case = {"draft": "> خیلی نگرانم\n" + GOOD["draft"], "emotion": "worry", "expected": []}  # type: ignore[operator]
    value = json.loads(run("evaluate", write(case), "--format", "json").stdout)
    assert value["emotion"] == {"cases": 1, "accuracy": {"value": 1.0, "low": 1.0, "high": 1.0}}


def test_twenty_disagreements_or_all(run: Run) -> None:
    write(*[MISSED] * 23)
    some = run("evaluate", "cases.jsonl", "--lang", "en").stdout
    assert (some.count("missed:"), "3 more: --all-cases" in some) == (20, True)
    everything = run("evaluate", "cases.jsonl", "--lang", "en", "--all-cases").stdout
    assert (everything.count("missed:"), "--all-cases" in everything) == (23, False)


def test_checks_that_are_off_are_no_misses(run: Run) -> None:
    Path("hamdel.toml").write_text('address = "تو"\n[checks]\ndisable = ["respect/blame"]', "utf-8")
    value = json.loads(run("evaluate", write(BAD, MISSED), "--format", "json").stdout)
    assert value["left_out"]["labels_of_checks_that_are_off"] == 2
    assert not {"respect/tu-form", "respect/blame"} & {row["check"] for row in value["checks"]}


def test_least_severity(run: Run) -> None:
    write({"draft": GOOD["draft"] + " كتاب", "expected": [{"id": "typography/arabic-letters", "text": ""}]})  # type: ignore[operator]
    for level, recall in (("suggestion", 1), ("warning", 0)):
        value = json.loads(run("evaluate", "cases.jsonl", "--least", level, "--format", "json").stdout)
        assert value["overall"]["recall"]["value"] == recall


def test_unknown_checks_are_refused_or_left_out(run: Run) -> None:
    name = write(GOOD, {"draft": "سلام", "expected": [{"id": "respect/blam"}]})
    done = run("evaluate", name)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == (
        'hamdel: cases.jsonl:2: no check is called "respect/blam"; did you mean "respect/blame"?'
        " (--ignore-unknown leaves it out)\n"
    )
    left_out = json.loads(run("evaluate", name, "--ignore-unknown", "--format", "json").stdout)["left_out"]
    assert left_out["unknown_labels"] == 1


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "x.jsonl: no such file; check the name"),
        (b"", "there are no cases; each line must hold a labelled reply"),
        (b"\n \n", "there are no cases"),
        (b'{"draft": "x", "expected": []}\n{"draft": "x"}\n', 'x.jsonl:2: "expected" is missing'),
        (b"PK\x03\x04\xff", "x.jsonl:1: isn't UTF-8"),
        (b'[\n{"draft": "x"}\n]', "x.jsonl:1: broken JSON"),
    ],
)
def test_bad_input_is_one_line(run: Run, content: bytes | None, message: str) -> None:
    if content is not None:
        Path("x.jsonl").write_bytes(content)
    done = run("evaluate", "x.jsonl")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith(f"hamdel: {message}")
    assert done.stderr.count("\n") == 1


def test_no_file_is_wrong_usage(run: Run) -> None:
    assert run("evaluate").exit_code == 2


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_shown_at_a_terminal_and_cleared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    monkeypatch.setenv("HAMDEL_BIDI", "off")
    with Progress(Lang.FA) as progress:
        assert list(progress.over(range(301))) == list(range(301))
    shown = [f"\rتا اینجا {number} مورد …" for number in ("۲۰۰", "۲۵۰", "۳۰۰")]
    assert terminal.getvalue() == "".join(shown) + "\r" + " " * (len(shown[0]) - 1) + "\r"


def test_a_bar_stands_beside_the_name_of_its_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    monkeypatch.setattr("hamdel.doors.cli.progress._SHOW_EVERY", 0.0)
    monkeypatch.setenv("HAMDEL_BIDI", "visual")
    monkeypatch.setenv("COLUMNS", "60")
    with Bar("au.csv", 1000, Lang.FA) as bar:
        bar.show(500, 1234)
    begun, shown, *_ = (line for line in terminal.getvalue().split("\r") if line)
    assert begun.endswith("░" * 20 + " :au.csv")
    # From the right: the name, the bar, the share, the rows.
    assert shown.split()[1:] == ["۱۲۳۴", "،۵۰٪", "░░░░░░░░░░██████████", ":au.csv"]


@pytest.mark.parametrize(("stream", "items"), [(Terminal(), 200), (io.StringIO(), 1000), (None, 1000)])
def test_no_progress_for_few_or_without_a_terminal(
    monkeypatch: pytest.MonkeyPatch, stream: io.StringIO | None, items: int
) -> None:
    monkeypatch.setattr(sys, "stderr", stream)
    with Progress(Lang.EN) as progress:
        list(progress.over(range(items)))
    assert stream is None or stream.getvalue() == ""
