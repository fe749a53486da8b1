"""Helix isn't packaged for Debian, so its file is held against the keys that its manual documents (of July 2026)."""

from __future__ import annotations

import tomllib

import pytest
from real_editors import EDITORS, needs_server

TEXT = (EDITORS / "helix" / "languages.toml").read_text(encoding="utf-8")
FILE = tomllib.loads(TEXT)
# https://docs.helix-editor.com/languages.html. Helix refuses a file with any other.
SERVER_KEYS = {"command", "args", "config", "timeout", "environment", "required-root-patterns"}
LANGUAGE_KEYS = {
    *("name", "language-id", "scope", "injection-regex", "file-types", "shebangs", "roots", "auto-format"),
    *("diagnostic-severity", "comment-tokens", "block-comment-tokens", "indent", "language-servers", "grammar"),
    *("formatter", "soft-wrap", "text-width", "rulers", "path-completion", "workspace-lsp-roots"),
}
KNOWN_SERVERS = {"marksman"}  # which Helix' own file defines


def test_keys_are_helixs() -> None:
    assert FILE.keys() == {"language", "language-server"}
    assert all(server.keys() <= SERVER_KEYS for server in FILE["language-server"].values())
    assert all(language.keys() <= LANGUAGE_KEYS for language in FILE["language"])


def test_languages_have_a_server() -> None:
    servers = FILE["language-server"].keys() | KNOWN_SERVERS
    assert all("hamdel" in language["language-servers"] for language in FILE["language"])
    assert {name for language in FILE["language"] for name in language["language-servers"]} <= servers
    own = [language for language in FILE["language"] if language["name"] == "plaintext"]
    assert all({"scope", "file-types"} <= language.keys() for language in own)  # a new language needs both


def test_globs_have_their_table() -> None:
    kinds = [kind for language in FILE["language"] for kind in language.get("file-types", [])]
    assert all((isinstance(kind, str) and "*" not in kind) or set(kind) == {"glob"} for kind in kinds)


@pytest.mark.parametrize("line", [line for line in TEXT.splitlines() if line.startswith("# config")])
def test_settings_are_known(line: str) -> None:
    needs_server()
    from hamdel.doors.lsp.settings import EditorSettings, read_settings

    values = tomllib.loads(line.removeprefix("# "))["config"]
    settings, problems = read_settings(values, EditorSettings(), EDITORS)
    assert problems == []
    assert dict(settings.options).keys() == values.keys()
