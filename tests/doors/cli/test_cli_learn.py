"""`hamdel learn`: from corrections to a file beside the settings, shown, used and forgotten."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from cli_running import Run

import hamdel
from hamdel.doors.keeper import Keeper, Place
from hamdel.doors.requests import LabelFile, Requests
from hamdel.evidence.learned.team_file import digest_of

DRAFT = "سلام، شمارهٔ 09123456789 ثبت شد. این روال ما همه‌جا همین است و کسی گله نکرده. تو باید صبر کنی."
MISSED = "این روال ما همه‌جا همین است و کسی گله نکرده."
AGAIN = "سلام وقت بخیر، مریم جان. این روال همه جا همین هست و کسی هم گله نکرده. تو باید صبر کنی."
FILE = Path("hamdel.learned.json")


def line(about: str, expected: list[str], **said: str) -> str:
    case: dict[str, Any] = {
        "schema": "hamdel/correction/1",
        "draft": DRAFT,
        "customer": "چرا دیر شد؟",
        "about": about,
        "expected": [{"id": about, "text": text} for text in expected],
        **said,
    }
    return json.dumps(case, ensure_ascii=False) + "\n"


@pytest.fixture
def corrections(run: Run) -> str:
    Path("hamdel.toml").write_text('lang = "en"\n', encoding="utf-8")
    lines = [
        line("clarity/deflection", [MISSED], missed=MISSED),
        line("respect/tu-form", ["کنی"], wrong="تو"),
        line("respect/tu-form", ["تو"], wrong="کنی"),
    ]
    Path("corrections.jsonl").write_text("".join(lines), encoding="utf-8")
    return "corrections.jsonl"


def found(run: Run, *options: str) -> list[tuple[str, str]]:
    result = run("check", "--format", "json", "--fail-on", "never", *options, stdin=AGAIN)
    assert result.exit_code == 0, result.stderr
    return [(one["check"], one["severity"]) for one in json.loads(result.stdout)["findings"]]


def test_sentences_are_known_when_they_come_again_reworded(run: Run, corrections: str) -> None:
    before = found(run)
    assert "respect/tu-form" in dict(before)
    assert "clarity/deflection" not in dict(before)
    done = run("learn", corrections)
    assert done.exit_code == 0, done.stderr
    assert "1 sentences of yours have a fault and 1 are right" in done.stdout
    after = dict(found(run))
    assert after["clarity/deflection"] == "warning"
    assert "respect/tu-form" not in after
    assert run("learn", "--forget").exit_code == 0
    assert found(run) == before


def test_what_was_learned_is_shown_and_holds_nothing_personal(run: Run, corrections: str) -> None:
    run("learn", corrections)
    text = FILE.read_text(encoding="utf-8")
    assert "09123456789" not in text
    assert "مریم" not in text
    assert FILE.stat().st_mode & 0o77 == 0
    shown = run("learn", "--show", "--lang", "fa")
    assert "گریز" in shown.stdout or "clarity/deflection" in shown.stdout
    assert "ایراد دارد: «" in shown.stdout
    assert "درست است: «" in shown.stdout
    assert re.search("یاد گرفته در [۰-۹]+ [آ-ی]+ ۱۴[۰-۹]{2} از ۱ پاسخ", shown.stdout)


@pytest.mark.parametrize("spoil", ["cut", "edit", "other", "folder"])
def test_a_damaged_file_is_one_line(run: Run, corrections: str, spoil: str) -> None:
    run("learn", corrections)
    text = FILE.read_text(encoding="utf-8")
    if spoil == "folder":
        FILE.unlink()
        FILE.mkdir()
        Path("hamdel.toml").write_text(f'learned = "{FILE}"\n', encoding="utf-8")
    else:
        FILE.write_text(
            {"cut": text[:-40], "edit": text.replace("0.0", "0.5", 1), "other": "[]"}[spoil], encoding="utf-8"
        )
    result = run("check", "--lang", "en", stdin=AGAIN)
    assert result.exit_code == 2
    assert len(result.stderr.strip().splitlines()) == 1
    assert FILE.name in result.stderr
    if spoil != "folder":
        assert "hamdel learn --forget" in result.stderr
        assert run("learn", "--forget").exit_code == 0


def test_another_model_keeps_the_shipped(run: Run, corrections: str) -> None:
    before = found(run)
    run("learn", corrections)
    values = json.loads(FILE.read_text(encoding="utf-8"))
    values["model"] = "0" * 16
    values["digest"] = digest_of(values)
    FILE.write_text(json.dumps(values), encoding="utf-8")
    result = run("check", "--fail-on", "never", stdin=AGAIN)
    assert result.stderr.count("learn again") == 1
    assert found(run) == before


def test_what_teaches_nothing_is_not_written(run: Run, corrections: str) -> None:
    """Two people say the opposite of the same sentence."""
    against = line("respect/tu-form", ["تو", "کنی"]).replace(DRAFT[:5], "درود،")
    Path("against.jsonl").write_text(
        line("respect/tu-form", ["کنی"], wrong="تو") + against.replace('"expected"', '"missed": "تو", "expected"'),
        encoding="utf-8",
    )
    result = run("learn", "against.jsonl")
    assert result.exit_code == 0, result.stderr
    assert "nothing was written" in result.stdout
    assert not FILE.exists()


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ((), "name labelled files"),
        (("--show", "--forget"), "name labelled files"),
        (("--show",), "nothing was learned"),
        (("--forget",), "nothing was learned"),
        (("none.jsonl",), "no such file"),
        (("bad.jsonl",), "bad.jsonl:1"),
        (("empty.jsonl",), "there are no cases"),
    ],
)
def test_what_is_wrong_is_one_line(run: Run, corrections: str, args: tuple[str, ...], said: str) -> None:
    Path("bad.jsonl").write_text('{"draft": 1}\n', encoding="utf-8")
    Path("empty.jsonl").write_text("\n", encoding="utf-8")
    result = run("learn", *args)
    assert result.exit_code == 2
    assert said in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_without_settings_a_place_must_be_named(run: Run, corrections: str) -> None:
    Path("hamdel.toml").unlink()
    assert "hamdel init" in run("learn", corrections, "--lang", "en").stderr
    done = run("learn", corrections, "--out", "ours.json", "--lang", "en")
    assert 'learned = "' in done.stdout
    Path("hamdel.toml").write_text('learned = "ours.json"\n', encoding="utf-8")
    assert "clarity/deflection" in dict(found(run))
    Path("hamdel.toml").write_text('learned = "off"\n', encoding="utf-8")
    assert "clarity/deflection" not in dict(found(run))


def test_without_a_name_what_was_noted_here_is_learned(
    run: Run, corrections: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted = tmp_path / "noted" / "labels.jsonl"
    monkeypatch.setattr("hamdel.doors.requests.default_labels", lambda: noted)
    assert "nothing was noted" in run("learn").stderr
    noted.parent.mkdir()
    noted.write_text(Path(corrections).read_text(encoding="utf-8"), encoding="utf-8")
    assert run("learn").exit_code == 0
    assert FILE.exists()


def test_the_documented_line_is_what_doors_write(tmp_path: Path) -> None:
    page = Path(__file__).parents[3].joinpath("docs", "learn.md").read_text(encoding="utf-8")
    documented = json.loads(page.partition("```json\n")[2].partition("\n```")[0])
    requests = Requests(Keeper(), Place(tmp_path, search=False), labels=LabelFile(tmp_path / "ours.jsonl"))
    requests.answer("label", {"draft": documented["draft"], "check": "respect/tu-form", "start": 6, "end": 8})
    assert json.loads((tmp_path / "ours.jsonl").read_text(encoding="utf-8")) == {
        **documented,
        "hamdel": hamdel.__version__,
    }


@pytest.mark.parametrize("name", ["hamdel.toml", "corrections.jsonl", "notes.txt", "data.json"])
@pytest.mark.parametrize("options", [["corrections.jsonl"], ["--forget"]], ids=["learn", "forget"])
def test_files_of_somebody_else_are_neither_replaced_nor_dropped(
    run: Run, corrections: str, name: str, options: list[str]
) -> None:
    path = Path(name)
    if not path.exists():
        path.write_text('{"mine": 1}' if name.endswith("json") else "mine", encoding="utf-8")
    text = path.read_bytes()
    done = run("learn", *options, "--out", name)
    assert done.exit_code == 2
    assert done.stderr == f"hamdel: {name}: isn't what `hamdel learn` wrote, and stays as it is; name another file\n"
    assert path.read_bytes() == text


@pytest.mark.parametrize("name", ["hamdel.learned.json", "team.json"])
def test_a_damaged_file_of_its_own_is_learned_anew_and_dropped(run: Run, corrections: str, name: str) -> None:
    for option in ([corrections], ["--forget"]):
        for damage in ("", "\0" * 4000, None):
            assert run("learn", corrections, "--out", name).exit_code == 0
            left = Path(name).read_text(encoding="utf-8")[:300] if damage is None else damage
            Path(name).write_text(left, encoding="utf-8")
            assert run("learn", *option, "--out", name).exit_code == 0


@pytest.mark.parametrize("options", [["corrections.jsonl"], ["--forget"], ["--show"]], ids=["learn", "forget", "show"])
def test_a_pipe_is_no_place_for_it(run: Run, corrections: str, options: list[str]) -> None:
    import os

    os.mkfifo("pipe")
    done = run("learn", *options, "--out", "pipe")
    assert done.exit_code == 2
    assert "is a pipe, a device or a socket" in done.stderr
    assert Path("pipe").is_fifo()
