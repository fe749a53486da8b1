"""``hamdel checks``, ``hamdel explain`` and what the command says about itself."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_running import Run

import hamdel
from hamdel.base.resources import phrasebank_dir
from hamdel.phrasebank import load_checks, load_table


def test_checks_lists_every_check(run: Run) -> None:
    result = run("checks")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert [line.split()[0] for line in lines] == list(load_checks(examples=False))
    assert "هشدار" in result.stdout


def test_checks_shows_the_severities_in_force(run: Run) -> None:
    Path("hamdel.toml").write_text('[severity]\n"respect/blame" = "off"', "utf-8")
    line = next(line for line in run("checks", "--lang", "en").stdout.splitlines() if "respect/blame" in line)
    assert "off" in line


def test_checks_as_json(run: Run) -> None:
    listed = json.loads(run("checks", "--format", "json").stdout)
    assert {check["id"] for check in listed} == set(load_checks(examples=False))
    assert all(check["title"]["fa"] and check["title"]["en"] for check in listed)


def test_explain_shows_everything(run: Run) -> None:
    check = load_checks()["respect/blame"]
    shown = run("explain", "respect/blame").stdout
    for text in (check.why.fa, check.examples.fire[0].text, check.examples.silent[0].text):
        assert text in shown
    assert check.examples.rewrites[0].after in shown
    assert "S2: مشتری‌مداری" in shown
    assert check.why.en in run("explain", "respect/blame", "--lang", "en").stdout


@pytest.mark.parametrize("check", load_checks(examples=False))
def test_every_check_can_be_explained_with_all_its_sources(run: Run, check: str) -> None:
    result = run("explain", check)
    assert result.exit_code == 0
    known = load_table(phrasebank_dir() / "sources.toml")
    assert set(load_checks(examples=False)[check].sources) <= set(known)


def test_explain_says_how_a_check_decides(run: Run) -> None:
    both = run("explain", "respect/contempt", "--lang", "en").stdout
    assert "By rules and by a reader" in both
    assert "The reader on files that were left out of its training" in both
    assert "چطور تصمیم می‌گیرد" in run("explain", "empathy/no-feeling-ack").stdout
    assert "فقط با قاعده" in run("explain", "respect/shouting").stdout


def test_explain_shows_measured_precision_of_our_own_checks_only(run: Run) -> None:
    assert "دقت اندازه‌گیری‌شده" in run("explain", "respect/blame").stdout
    folder = Path("ours/respect")
    folder.mkdir(parents=True)
    (folder / "blame.toml").write_text((phrasebank_dir() / "respect/blame.toml").read_text("utf-8"), "utf-8")
    Path("hamdel.toml").write_text('phrasebanks = ["ours"]', "utf-8")
    assert "دقت اندازه‌گیری‌شده" not in run("explain", "respect/blame").stdout


def test_sources_are_in_both_languages() -> None:
    for key, entry in load_table(phrasebank_dir() / "sources.toml").items():
        assert set(entry) == {"fa", "en"}, key
        assert all(entry.values())


def test_unknown_check_names_the_nearest(run: Run) -> None:
    result = run("explain", "respect/blam")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == 'hamdel: no check is called "respect/blam"; did you mean "respect/blame"?\n'
    for other in ("zzz", "lexicon/emotions", "sources", "../pyproject"):
        assert "`hamdel checks` lists them all" in run("explain", other).stderr


def test_unknown_check_in_the_settings_is_reported(run: Run) -> None:
    Path("hamdel.toml").write_text('[checks]\ndisable = ["respect/blam"]', "utf-8")
    for args in (["checks"], ["check", "-"]):
        result = run(*args, stdin="سلام")
        assert result.exit_code == 2
        message = 'hamdel.toml:2: no check is called "respect/blam"; did you mean "respect/blame"?'
        assert message in result.stderr


def test_checks_of_your_own_are_listed_and_explained_with_their_sources(run: Run) -> None:
    folder = Path("ours/house")
    folder.mkdir(parents=True)
    ours = (phrasebank_dir() / "respect/blame.toml").read_text("utf-8")
    ours = ours.replace('id = "respect/blame"', 'id = "house/blame"').replace('"S2"', '"OUR"', 1)
    (folder / "blame.toml").write_text(ours, "utf-8")
    (folder.parent / "sources.toml").write_text('[OUR]\nfa = "دستورنامهٔ ما"\nen = "Our handbook"', "utf-8")
    Path("hamdel.toml").write_text('phrasebanks = ["ours"]', "utf-8")
    assert "house/blame" in run("checks").stdout
    assert "OUR: دستورنامهٔ ما" in run("explain", "house/blame").stdout


def test_version_and_help(run: Run) -> None:
    assert run("--version").stdout == f"hamdel {hamdel.__version__}\n"
    for args in (["--help"], ["-h"], ["check", "--help"], ["checks", "--help"], ["explain", "--help"]):
        result = run(*args)
        assert result.exit_code == 0
        assert "Usage: hamdel" in result.stdout
    assert all(command in run("--help").stdout for command in ("check", "checks", "explain"))
    for option in ("--customer", "--past", "--audience", "--channel", "--turn", "--format", "--lang", "--fail-on"):
        assert option in run("check", "--help").stdout


def test_no_command_or_an_unknown_one_is_wrong_usage(run: Run) -> None:
    assert run().exit_code == 2
    assert run("chekc").exit_code == 2
