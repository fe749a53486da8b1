"""The VS Code extension: what it declares is what there is, and its own tests pass in a real VS Code.

Those need Node.js, `npm ci` in ``editors/vscode``, Chromium and, in ``HAMDEL_TEST_VSCODE``, a VS Code server.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path

import pytest
from real_editors import BIN, EDITORS, needs, needs_server

FOLDER = EDITORS / "vscode"
PACKAGE = json.loads((FOLDER / "package.json").read_text(encoding="utf-8"))
SETTINGS = PACKAGE["contributes"]["configuration"]["properties"]
SOURCES = "\n".join(path.read_text(encoding="utf-8") for path in sorted((FOLDER / "src").glob("*.ts")))
PATIENCE = 400.0  # seconds


def texts(name: str) -> dict[str, str]:
    loaded: dict[str, str] = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    return loaded


def test_the_server_knows_all_settings() -> None:
    needs_server()
    from hamdel.doors.lsp.settings import EditorSettings, read_settings

    values = {name.removeprefix("hamdel.").partition(".")[0]: one["default"] for name, one in SETTINGS.items()}
    assert read_settings(values, EditorSettings(), FOLDER) == (EditorSettings(), [])


@pytest.mark.parametrize(("setting", "name"), [("lang", "Lang"), ("audience", "Audience"), ("channel", "Channel")])
def test_choices_are_hamdels(setting: str, name: str) -> None:
    import hamdel.model

    choices = [one.value for one in getattr(hamdel.model, name)]
    assert SETTINGS[f"hamdel.{setting}"]["enum"] == [*choices, None]


def test_every_text_is_there_in_both_languages() -> None:
    used = set(re.findall(r'"%([\w.]+)%"', json.dumps(PACKAGE)))
    assert used == texts("package.nls.json").keys() == texts("package.nls.fa.json").keys()
    said = set(re.findall(r'l10n\.t\("((?:[^"\\]|\\.)*)"\)', SOURCES))
    assert said == texts("l10n/bundle.l10n.fa.json").keys()


def test_commands_are_registered() -> None:
    declared = {one["command"] for one in PACKAGE["contributes"]["commands"]}
    assert declared == set(re.findall(r'ommand\("(hamdel\.\w+)"', SOURCES))


def test_packages_come_from_the_users_registry() -> None:
    lock = (FOLDER / "package-lock.json").read_text(encoding="utf-8")
    assert '"integrity"' in lock
    assert '"resolved"' not in lock


def test_in_a_real_vs_code(lexicon_cache: Path) -> None:
    needs_server()
    npm = needs("npm")
    if not (FOLDER / "node_modules").is_dir():
        pytest.skip("the extension's packages aren't installed (npm ci in editors/vscode)")
    if not os.environ.get("HAMDEL_TEST_VSCODE"):
        pytest.skip("no VS Code server (HAMDEL_TEST_VSCODE)")
    done = subprocess.run(
        [npm, "test", "--silent"],
        cwd=FOLDER,
        env={**os.environ, "HAMDEL_TEST_PROGRAM": str(BIN / "hamdel")},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"^# skipped 0$", done.stdout, re.MULTILINE), done.stdout
