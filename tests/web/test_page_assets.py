"""What is shipped of the pages: it is what the script makes, its texts are whole, and it runs nothing inline."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hamdel import Checker
from hamdel.model import Severity

ROOT = Path(__file__).parents[2]
WEB = ROOT / "web"
ASSETS = ROOT / "src/hamdel/doors/http/assets"
#: Those that people write; the others are made.
MODULES = sorted(set((ASSETS / "page").glob("*.js")) - set((ASSETS / "page").glob("texts.*.js")))
EXERCISES: list[dict[str, Any]] = tomllib.loads((WEB / "practice.toml").read_text("utf-8"))["exercise"]


def paths(table: dict[str, Any], at: str = "") -> Iterator[str]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from paths(value, f"{at}{name}.")
        else:
            yield f"{at}{name}"


def texts(lang: str) -> dict[str, Any]:
    return tomllib.loads((WEB / f"texts/{lang}.toml").read_text("utf-8"))


def test_the_assets_are_what_the_script_makes() -> None:
    done = subprocess.run(
        [sys.executable, WEB / "build.py", "--check"], capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr


def test_both_languages_have_the_same_texts() -> None:
    assert list(paths(texts("fa"))) == list(paths(texts("en")))


def test_each_text_is_used() -> None:
    sources = "".join(path.read_text("utf-8") for path in (*MODULES, *WEB.glob("pages/*.j2")))
    tables = {name for name, value in texts("fa").items() if isinstance(value, dict)}
    built = {name for name in tables if f"{name}.${{" in sources or f"t.{name}[" in sources}
    known = [path for path in paths(texts("fa")) if path.partition(".")[0] not in {*built, "audience", "situation"}]
    assert [path for path in known if not re.search(rf"\b{re.escape(path)}\b", sources)] == []


def test_each_text_that_is_asked_for_is_there() -> None:
    known = set(paths(texts("fa")))
    sources = "".join(path.read_text("utf-8") for path in MODULES)
    asked = set(re.findall(r'say\("([\w.]+)"', sources))
    assert asked
    assert asked <= known


@pytest.mark.parametrize("page", sorted(ASSETS.rglob("*.html")), ids=lambda path: path.relative_to(ASSETS).as_posix())
def test_pages_have_nothing_inline(page: Path) -> None:
    html = page.read_text("utf-8")
    assert not re.search(r"<script(?![^>]*\bsrc=)", html)
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", html)
    assert not re.search(r'(?:src|href)="(?:https?:)?//', html)


def test_exercises_are_varied_and_whole() -> None:
    known = texts("fa")
    assert len({one["id"] for one in EXERCISES}) == len(EXERCISES) >= 60
    assert {one["situation"] for one in EXERCISES} == set(known["situation"])
    assert {one["emotion"] for one in EXERCISES} == {*known["emotion"], "neutral"}
    assert json.loads((ASSETS / "page/exercises.json").read_text("utf-8")) == EXERCISES


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker(suggestions=False)


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda one: one["id"])
def test_the_good_replies_are_good(checker: Checker, exercise: dict[str, Any]) -> None:
    about = {name: exercise[name] for name in ("customer", "channel", "audience") if name in exercise}
    report = checker.check(exercise["reply"], **about)
    assert [one for one in report.findings if one.severity is not Severity.SUGGESTION] == []
    assert report.scores
    assert report.scores.respect >= 60
    assert report.scores.empathy >= 40
