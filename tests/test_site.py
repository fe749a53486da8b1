"""The documentation as a site: no broken link, Persian pages from right to left, nothing from elsewhere."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("material")
pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[1]
#: What a browser would fetch by itself; links that people click may lead anywhere.
FETCHED = re.compile(
    r'<(?:script|img|iframe|source)\b[^>]*?\bsrc(?:set)?="(https?:[^"]+)'
    r'|<link\b[^>]*?\brel="(?:stylesheet|preconnect|preload|icon)"[^>]*?\bhref="(https?:[^"]+)'
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    env = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return folder


def page(site: Path, name: str) -> str:
    return (site / name).read_text(encoding="utf-8")


def test_every_page_is_there(site: Path) -> None:
    for path in (ROOT / "docs").rglob("*.md"):
        assert (site / path.relative_to(ROOT / "docs").with_suffix(".html")).is_file(), path


@pytest.mark.parametrize("name", ["repository/README.fa.html", "fa/agent.html", "fa/lead.html", "browser.fa.html"])
def test_persian_pages_are_persian_all_around(site: Path, name: str) -> None:
    text = page(site, name)
    assert '<html lang="fa"' in text
    assert '<body dir="rtl"' in text
    assert "جستجو" in text  # the theme's own words, too
    assert "&lt;div" not in text


@pytest.mark.parametrize("name", ["index.html", "audit.html", "reference/checks.html", "repository/CONTRIBUTING.html"])
def test_english_pages_are_not(site: Path, name: str) -> None:
    text = page(site, name)
    assert '<html lang="en"' in text
    assert '<body dir="ltr"' in text


def test_nothing_comes_from_elsewhere(site: Path) -> None:
    for path in site.rglob("*.html"):
        assert not FETCHED.findall(path.read_text(encoding="utf-8")), path
    for path in site.rglob("*.css"):
        assert not re.search(r"url\([\"']?https?:", path.read_text(encoding="utf-8")), path
    assert (site / "style" / "Vazirmatn.woff2").is_file()


def test_links_and_pictures_lead_somewhere(site: Path) -> None:
    """Also those in HTML, at which mkdocs doesn't look."""
    for path in site.rglob("*.html"):
        if path.name == "404.html":
            continue
        for target in re.findall(r'\b(?:href|src|srcset)="([^"#?:]+)[#?"]', path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), (path, target)


def test_blocks_of_code_are_blocks(site: Path) -> None:
    for path in site.rglob("*.html"):
        assert "```" not in path.read_text(encoding="utf-8"), path


def test_numbered_steps_stay_persian(site: Path) -> None:
    assert "<p>۱. پیام مشتری" in page(site, "repository/README.fa.html")
