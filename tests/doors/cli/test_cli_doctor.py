"""`hamdel doctor`: each part as it may be found, its mend, and that it starts without anything heavy."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from cli_running import Run

from hamdel.doors.cli import bidi_terminal, health, health_words, requirements
from hamdel.doors.cli.health import Asked, State, examine
from hamdel.model import Lang
from hamdel.render.text.directed import Way


@pytest.fixture(autouse=True)
def no_browser(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The browsers of whoever runs the tests are none of their business."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("HOME", str(tmp_path))


def parts(run: Run, *args: str) -> tuple[dict[str, Any], int]:
    result = run("doctor", "--format", "json", *args)
    told = json.loads(result.stdout)
    assert told["schema"] == "hamdel/doctor/1"
    return {part["part"]: part for part in told["parts"]}, result.exit_code


def test_a_machine_in_order_is_told_of_each_part(run: Run) -> None:
    found, code = parts(run)
    assert code == 0
    named = ["python", "packages", "settings", "lexicon", "model", "kernel", "archive", "terminal", "browser"]
    assert list(found)[: len(named)] == named
    assert found["packages"]["state"] != "wrong"
    assert found["model"]["state"] == "good"
    assert found["archive"]["state"] == "note"
    assert found["archive"]["mend"].startswith("hamdel archive import")
    assert all(part["mend"] for part in found.values() if part["state"] != "good")


def test_a_broken_settings_file_is_a_finding_and_no_end(run: Run) -> None:
    Path("hamdel.toml").write_text('audiance = "consumer"\n', encoding="utf-8")
    found, code = parts(run)
    assert code == 1
    assert found["settings"]["state"] == "wrong"
    assert "audience" in found["settings"]["found"]
    assert found["model"]["state"] == "good"


def test_an_unknown_check_in_the_settings_is_found(run: Run) -> None:
    Path("hamdel.toml").write_text('[checks]\ndisable = ["respect/balme"]\n', encoding="utf-8")
    found, code = parts(run, "--lang", "en")
    assert code == 1
    assert "respect/blame" in found["settings"]["found"]


def test_no_lexicon_is_a_note_and_build_makes_one(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, lexicon: object
) -> None:
    built: list[str] = []
    monkeypatch.setenv("HAMDEL_CACHE_DIR", str(tmp_path / "cache"))
    found, code = parts(run)
    assert (found["lexicon"]["state"], found["lexicon"]["mend"], code) == ("note", "hamdel doctor --build", 0)
    monkeypatch.setattr("hamdel.language.lexicon.Lexicon.open", lambda: built.append("built"))
    parts(run, "--build")
    assert built == ["built"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_cache_that_cannot_be_written_is_wrong(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    monkeypatch.setenv("HAMDEL_CACHE_DIR", str(closed / "cache"))
    found, code = parts(run)
    assert (found["lexicon"]["state"], code) == ("wrong", 1)


def test_a_cache_that_is_a_file_is_wrong(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("HAMDEL_CACHE_DIR", str(tmp_path / "file" / "cache"))
    found, code = parts(run)
    assert (found["lexicon"]["state"], code) == ("wrong", 1)
    assert "HAMDEL_CACHE_DIR" in found["lexicon"]["mend"]


def test_a_damaged_model_is_wrong(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "reader.model").write_bytes(b"hamdelR1" + b"\xff" * 20)
    monkeypatch.setattr("hamdel.evidence.learned.header.MODEL", tmp_path / "reader.model")
    found, code = parts(run)
    assert (found["model"]["state"], code) == ("wrong", 1)
    assert "reinstall" in found["model"]["found"]


def test_a_damaged_archive_is_wrong(run: Run, tmp_path: Path) -> None:
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / "replies.sqlite").write_bytes(b"no database" * 100)
    found, code = parts(run, "--archive", str(tmp_path / "archive"))
    assert (found["archive"]["state"], code) == ("wrong", 1)


def test_a_missing_package_and_a_missing_extra_are_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    real = requirements._version
    gone = {"rapidfuzz", "pygls"}
    monkeypatch.setattr(requirements, "_version", lambda name: None if name in gone else real(name))
    found, code = parts(run, "--lang", "en")
    assert code == 1
    assert "rapidfuzz>=" in found["packages"]["found"]
    assert found["packages"]["mend"] == "pip install --upgrade hamdel"
    assert found["extra lsp"]["state"] == "note"
    assert found["extra lsp"]["mend"] == "pip install 'hamdel[lsp]'"


def test_from_its_sources_nobody_knows_the_packages(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(_: str) -> None:
        raise requirements.metadata.PackageNotFoundError

    monkeypatch.setattr(requirements.metadata, "metadata", none)
    found, code = parts(run)
    assert (found["packages"]["state"], code) == ("note", 0)
    assert not any(name.startswith("extra") for name in found)


@pytest.mark.parametrize(
    ("version", "state", "word"), [((3, 11, 9), "note", "653"), ((3, 12, 1), "good", ""), ((3, 14, 0), "wrong", "3.13")]
)
def test_pythons(monkeypatch: pytest.MonkeyPatch, version: tuple[int, ...], state: str, word: str) -> None:
    monkeypatch.setattr(health.sys, "version_info", version)
    part = health._python()
    assert part.state == State(state)
    assert word in health_words.told(part.told, Lang.EN, part.values).mend


@pytest.mark.parametrize(
    ("env", "way"),
    [
        ({"VTE_VERSION": "7006", "TERM": "xterm-256color"}, Way.TURNED),
        ({"WT_SESSION": "x", "TERM": ""}, Way.CELLS),
        ({"KITTY_WINDOW_ID": "1", "TERM": "xterm-kitty"}, Way.WORDS),
        ({"TERM": "linux"}, Way.CELLS),
        ({"TERM": "dumb"}, Way.PLAIN),
    ],
)
def test_a_terminal_is_told_as_it_is_written_to(monkeypatch: pytest.MonkeyPatch, env: dict[str, str], way: Way) -> None:
    for name in ("TMUX", "TERM_PROGRAM", *(name for name, _ in bidi_terminal._VARIABLES)):
        monkeypatch.delenv(name, raising=False)
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    screen = SimpleNamespace(isatty=lambda: True, encoding="utf-8")
    monkeypatch.setattr(health.sys, "stdout", screen)
    part = health._terminal()
    assert (part.state, part.told) == (State.GOOD, f"terminal_{way.value}")


@pytest.mark.parametrize("way", Way)
def test_each_way_has_words(way: Way) -> None:
    for lang in Lang:
        assert "xterm" in health_words.told(f"terminal_{way.value}", lang, {"name": "xterm"}).found


def test_people_read_a_sign_a_name_and_a_mend(run: Run) -> None:
    told = run("doctor").stdout
    assert "✓" in told
    assert "خوانندهٔ یادگرفته" in told
    assert "hamdel archive import" in told
    assert "learned reader" in run("doctor", "--lang", "en").stdout


def test_whatever_is_said_exists_in_both_languages() -> None:
    said = {part.told for part in examine(Asked(search=False))}
    assert said <= set(health_words._TOLD)
    for persian, english in health_words._TOLD.values():
        assert bool(persian.mend) == bool(english.mend)


def test_nothing_heavy_is_imported_before_it_must_be() -> None:
    """A doctor is asked when something is missing; spaCy and hazm are only named, numpy comes with the model."""
    code = (
        "import sys, hamdel.doors.cli.doctor, hamdel.doors.cli.health as h; next(h.examine(h.Asked(search=False)));"
        "print([m for m in ('spacy', 'hazm', 'rapidfuzz', 'jinja2', 'numpy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
