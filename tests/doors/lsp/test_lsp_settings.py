"""What an editor may set, and what is written to settings files."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from hamdel.doors.lsp.ignoring import comment_change, turn_off
from hamdel.doors.lsp.settings import KEYS, EditorSettings, read_settings
from hamdel.errors import ConfigError
from hamdel.model import Change, Severity

ROOT = Path("/work space")


def test_all_settings() -> None:
    values = {
        "audience": "business",
        "address": "تو",
        "config": "team.toml",
        "archive": "/archive",
        "customerId": "4711",
        "agent": "سارا",
        "delay": 300,
        "least": "warning",
    }
    found, problems = read_settings({"hamdel": values}, EditorSettings(), ROOT)
    assert problems == []
    assert dict(found.options) == {"audience": "business", "address": "tu"}
    assert (found.config, found.archive) == (ROOT / "team.toml", Path("/archive"))
    assert (found.customer_id, found.agent, found.delay, found.least) == ("4711", "سارا", 0.3, Severity.WARNING)
    assert read_settings(dict.fromkeys(KEYS), found, ROOT) == (EditorSettings(), [])
    assert read_settings({"archive": False}, found, ROOT)[0].no_archive
    assert not read_settings({"archive": True}, EditorSettings(no_archive=True), ROOT)[0].no_archive
    assert read_settings(None, found, ROOT) == (found, [])


def test_an_extensions_own_settings_are_ignored() -> None:
    values = {"path": "/usr/bin/hamdel", "trace": {"server": "off"}, "agent": "سارا"}
    assert read_settings(values, EditorSettings(), ROOT) == (EditorSettings(agent="سارا"), [])


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"lang": "de"}, 'hamdel.lang can\'t be "de"; use one of fa, en'),
        ({"langs": "fa"}, 'hamdel.langs: unknown setting "langs"; did you mean "lang"?'),
        ({"delay": -1}, "hamdel.delay: must be milliseconds from 0 to 60000, not -1"),
        ({"delay": True}, "hamdel.delay: must be milliseconds from 0 to 60000, not True"),
        ({"least": "all"}, "hamdel.least: can't be 'all'; use one of error, warning, suggestion"),
        ({"config": 5}, "hamdel.config: must be a text, not 5"),
        ([1], "hamdel: settings must be an object"),
    ],
)
def test_wrong_settings(values: Any, problem: str) -> None:
    assert read_settings(values, EditorSettings(), ROOT) == (EditorSettings(), [problem])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", '[checks]\ndisable = ["respect/blame"]\n'),
        ("# ours\nlang = 'en'\n", "# ours\nlang = 'en'\n\n[checks]\ndisable = [\"respect/blame\"]\n"),
        (
            '[checks]  # few\ndisable = [\n  "clarity",  # for now\n]\n\n[severity]\n"respect/threat" = "off"\n',
            None,
        ),
        ('[severity]\n"respect/blame" = "error"  # grave\n', '[severity]\n"respect/blame" = "off"  # grave\n'),
        ('[checks]\ndisable = ["respect/blame"]\n', '[checks]\ndisable = ["respect/blame"]\n'),
    ],
)
def test_turning_off_keeps_the_file(tmp_path: Path, before: str, after: str | None) -> None:
    path = tmp_path / "hamdel.toml"
    path.write_text(before, encoding="utf-8")
    turn_off(path, "respect/blame")
    text = path.read_text(encoding="utf-8")
    if after is None:
        assert tomllib.loads(text)["checks"]["disable"] == ["clarity", "respect/blame"]
        assert "# few" in text
        assert "# for now" in text
        assert text.endswith('[severity]\n"respect/threat" = "off"\n')
    else:
        assert text == after


def test_turning_off_in_new_and_shared_files(tmp_path: Path) -> None:
    turn_off(tmp_path / "hamdel.toml", "respect/blame")
    assert tomllib.loads((tmp_path / "hamdel.toml").read_text("utf-8")) == {"checks": {"disable": ["respect/blame"]}}
    project = tmp_path / "pyproject.toml"
    project.write_text('[project]\nname = "x"\n\n[tool.hamdel]\nlang = "en"\n', encoding="utf-8")
    turn_off(project, "respect/blame")
    assert tomllib.loads(project.read_text("utf-8"))["tool"]["hamdel"]["checks"] == {"disable": ["respect/blame"]}


@pytest.mark.parametrize("text", ["lang =", "checks = 5", '[checks]\ndisable = "x"', "severity = 5"])
def test_what_cannot_be_changed_is_left(tmp_path: Path, text: str) -> None:
    path = tmp_path / "hamdel.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"hamdel\.toml"):
        turn_off(path, "respect/blame")
    assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("یک\nدو\n", Change(2, 2, " hamdel: ignore[a/b]")),
        ("یک hamdel: ignore[c/d]\n", Change(21, 21, ", a/b")),
        ("یک hamdel: ignore[]", Change(18, 18, "a/b")),
        ("", Change(0, 0, " hamdel: ignore[a/b]")),
    ],
)
def test_comments(text: str, change: Change) -> None:
    assert comment_change(text, 0, "a/b", "plaintext") == change
