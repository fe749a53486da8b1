"""`hamdel checks --new` and `--test`: a scaffold that loads and fails, and examples that decide."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from cli_running import Run

GUIDE = (Path(__file__).parents[3] / "docs" / "own-checks.md").read_text(encoding="utf-8")
FILE = Path("checks/brand/old-name.toml")


def written(run: Run, text: str) -> None:
    assert run("checks", "--new", "brand/old-name").exit_code == 0
    FILE.write_text(text, encoding="utf-8")


@pytest.fixture
def documented() -> str:
    """The check that the documentation shows."""
    (found,) = re.findall(r'^```toml\n(id = "brand/old-name".*?)^```$', GUIDE, re.MULTILINE | re.DOTALL)
    return str(found)


def test_the_scaffold_loads_and_its_test_fails(run: Run) -> None:
    made = run("checks", "--new", "brand/old-name")
    assert made.exit_code == 0
    assert "hamdel checks --test brand/old-name\n" in made.stdout
    assert 'phrasebanks = ["checks"]' in made.stdout
    tried = run("checks", "--test", "--lang", "en")
    assert tried.exit_code == 1
    for missing in ("title", "message", "why", "phrases", "examples.fire", "examples.silent", "examples.rewrite"):
        assert missing in tried.stdout
    Path("hamdel.toml").write_text('phrasebanks = ["checks"]\n', encoding="utf-8")
    assert run("checks").exit_code == 0  # one that isn't filled in yet breaks nothing


def test_nothing_is_overwritten(run: Run) -> None:
    written(run, "mine")
    again = run("checks", "--new", "brand/old-name")
    assert again.exit_code == 2
    assert "is there already" in again.stderr
    assert FILE.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("name", ["../x", "x", "Brand/name", "a/b/c", "lexicon/acts", "respect/blame", "a/", "نام/ک"])
def test_a_name_that_cannot_be_one_is_refused_in_a_line(run: Run, name: str) -> None:
    result = run("checks", "--new", name)
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert not Path("checks").exists()


def test_the_documented_check_passes(run: Run, documented: str) -> None:
    written(run, documented)
    tried = run("checks", "--test", "brand/old-name")
    assert tried.exit_code == 0, tried.stdout
    assert "✓ brand/old-name" in tried.stdout


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("fire = [", 'fire = ["سفارش با ⟦پیک‌یار⟧ می‌رسد.", ', "must fire and doesn't: سفارش با ⟦پیک‌یار⟧"),
        ("silent = [", 'silent = ["موتور پیک آمد.", ', "must be silent and fires on “موتور پیک”"),
        ("⟦موتور پیک⟧ می‌رسد", "موتور پیک ⟦می‌رسد⟧", "fires elsewhere"),
        ('after = "سفارش با پیک‌یار', 'after = "سفارش با موتور پیک', "the rewrite still fires"),
        ('before = "سفارش با موتور پیک', 'before = "سفارش با پیک‌یار', "the sentence before the rewrite doesn't fire"),
    ],
)
def test_an_example_that_is_wrong_is_shown(run: Run, documented: str, old: str, new: str, told: str) -> None:
    assert old in documented
    written(run, documented.replace(old, new, 1))
    tried = run("checks", "--test", "--lang", "en")
    assert tried.exit_code == 1
    assert told in tried.stdout


def test_a_check_that_the_settings_switch_off_is_tested_all_the_same(run: Run, documented: str) -> None:
    written(run, documented)
    Path("hamdel.toml").write_text('phrasebanks = ["checks"]\n[checks]\nenable = ["respect"]\n', encoding="utf-8")
    assert run("checks", "--test").exit_code == 0


def test_a_folder_can_be_named(run: Run, tmp_path: Path) -> None:
    made = run("checks", "--new", "brand/x", "--in", "house")
    assert (tmp_path / "house/brand/x.toml").is_file()
    assert "--in house" in made.stdout
    assert run("checks", "--test", "--in", "house").exit_code == 1


def test_no_checks_and_broken_ones_are_one_line(run: Run) -> None:
    for args in (("--test",), ("--test", "brand/x"), ("brand/x",), ("--in", "house")):
        result = run("checks", *args)
        assert result.exit_code == 2
        assert result.stderr.count("\n") == 1
    written(run, "id = 3\n")
    result = run("checks", "--test")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "old-name.toml:1" in result.stderr
