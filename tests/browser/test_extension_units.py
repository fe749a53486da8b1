"""What of the extension needs no browser: its modules under Node.js, its words, its recipes, and what is built."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from real_browsers import BROWSER, RECIPES, built

from hamdel.model import Channel

SOURCES = {str(path.relative_to(BROWSER)): path.read_text("utf-8") for path in BROWSER.glob("src/**/*.js")}
WORDS = {lang: json.loads((BROWSER / f"src/_locales/{lang}/messages.json").read_text("utf-8")) for lang in ("fa", "en")}


def test_the_modules_own_tests() -> None:
    node = shutil.which("node")
    if not node:
        pytest.skip("Node.js isn't installed")
    files = sorted(str(path) for path in BROWSER.glob("test/*.test.js"))
    done = subprocess.run([node, "--test", *files], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout[-4000:]


def test_every_word_is_there_in_both_languages() -> None:
    assert WORDS["fa"].keys() == WORDS["en"].keys()
    used = set(re.findall(r'(?:say|tell)\(\s*"(\w+)"', "\n".join(SOURCES.values())))
    used |= set(re.findall(r'data-say="(\w+)"', (BROWSER / "src/popup/popup.html").read_text("utf-8")))
    used |= set(re.findall(r"__MSG_(\w+)__", (BROWSER / "src/manifest.json").read_text("utf-8")))
    used |= {f"severity_{one}" for one in ("error", "warning", "suggestion")}
    used |= {f"score_{one}" for one in ("respect", "empathy", "originality")}
    used |= {"copied", "half", "moved"}  # what `take` returns
    used |= {f"recipe_{one}" for one in ("known", "unverified", "none", "yours")}
    used |= {"customer_read", "customer_unseen"}
    assert used == WORDS["fa"].keys()


@pytest.mark.parametrize("name", RECIPES)
def test_recipes_are_whole(name: str) -> None:
    recipe = RECIPES[name]
    known = {"id", "name", "matches", "marker", "editor", "incoming", "outgoing", "text", "drop"}
    assert recipe.keys() <= known | {"agent", "channel", "channels", "verified", "note", "sources"}
    assert recipe["id"] == name
    assert recipe["name"].keys() == {"fa", "en"}
    assert Channel(recipe["channel"])
    assert all(Channel(one["is"]) for one in recipe.get("channels", []))
    assert all(re.fullmatch(r"https://[\w.-]+/[\w/]*\*", pattern) for pattern in recipe["matches"])
    assert bool(recipe["incoming"]) == bool(recipe["outgoing"])
    assert recipe["verified"] or recipe["note"] or recipe["sources"]
    assert (BROWSER / f"fixtures/{name}.html").is_file()


def test_nothing_speaks_to_a_network() -> None:
    for name, source in SOURCES.items():
        assert not re.search(r"\bfetch\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon|importScripts", source), name
        assert not re.search(r"\binnerHTML\b|insertAdjacentHTML|\beval\(|new Function", source), name
        assert "http:" not in source.replace('["http:", "https:"]', ""), name


def test_each_family_gets_what_it_reads(tmp_path: Path) -> None:
    folder = built(tmp_path)
    for family in ("chromium", "firefox"):
        manifest = json.loads((folder / family / "manifest.json").read_text("utf-8"))
        assert manifest["manifest_version"] == 3
        assert manifest["permissions"] == ["nativeMessaging", "storage", "scripting", "activeTab"]
        assert "host_permissions" not in manifest
        (script,) = manifest["content_scripts"]
        assert set(script["matches"]) == {pattern for recipe in RECIPES.values() for pattern in recipe["matches"]}
        named = [*script["js"], *script["css"], *manifest["icons"].values(), manifest["action"]["default_popup"]]
        assert all((folder / family / path).is_file() for path in named)
        text = (folder / family / "content.js").read_text("utf-8")
        assert "import " not in re.sub(r"//.*|\"[^\"]*\"", "", text)
    chromium, firefox = (
        json.loads((folder / f"{family}/manifest.json").read_text("utf-8")) for family in ("chromium", "firefox")
    )
    assert "service_worker" in chromium["background"]
    assert "scripts" in firefox["background"]
    assert "key" not in firefox


def test_building_twice_gives_the_same(tmp_path: Path) -> None:
    one, other = built(tmp_path / "a"), built(tmp_path / "b")
    files = sorted(path.relative_to(one) for path in one.rglob("*") if path.is_file())
    assert files == sorted(path.relative_to(other) for path in other.rglob("*") if path.is_file())
    assert all((one / path).read_bytes() == (other / path).read_bytes() for path in files)
