"""The built wheel works by itself: installed elsewhere, run elsewhere, with the source tree out of the way."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from email.parser import HeaderParser
from pathlib import Path
from zipfile import ZipFile

import pytest

import hamdel

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.slow

PROBE = """
import json, sys
import hamdel
from hamdel.base.resources import phrasebank_dir, template_dir
report = hamdel.Checker().check("سلام. تو باید صبر کنی.", customer="سفارشم نرسیده")
print(json.dumps({
    "package": hamdel.__file__,
    "phrasebanks": str(phrasebank_dir()),
    "templates": str(template_dir()),
    "findings": [[one.check, one.matched, list(one.suggestions)] for one in report.findings],
}))
"""


def run(*command: str, cwd: Path, **env: str) -> str:
    done = subprocess.run(
        command, cwd=cwd, env={**os.environ, **env}, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def without_compiler(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built where no program can be found, so no compiler either."""
    source = tmp_path_factory.mktemp("source")
    parts = ("src", "phrasebanks", "templates", "browser/src", "browser/recipes", "docs")
    left = shutil.ignore_patterns("__pycache__", "_kernel.so", "*.tmp")
    for name in parts:
        shutil.copytree(ROOT / name, source / name, ignore=left)
    for name in ("pyproject.toml", "hatch_build.py", "README.md", "LICENSE"):
        shutil.copyfile(ROOT / name, source / name)
    wheel = build(tmp_path_factory.mktemp("pure"), source, PATH=str(source / "nothing"))
    return installed_from(wheel, tmp_path_factory.mktemp("installed-pure"))


def build(folder: Path, root: Path = ROOT, **env: str) -> Path:
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder), cwd=root, **env)
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return installed_from(wheel, tmp_path_factory.mktemp("installed"))


def installed_from(wheel: Path, folder: Path) -> Path:
    install = ("install", "--quiet", "--no-deps", "--no-index", "--target", str(folder), str(wheel))
    run(sys.executable, "-m", "pip", "--disable-pip-version-check", *install, cwd=folder)
    return folder


def test_wheel_holds_data_and_licence_but_no_tests(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        names = archive.namelist()
        (metadata,) = (name for name in names if name.endswith(".dist-info/METADATA"))
        headers = HeaderParser().parsestr(archive.read(metadata).decode())
    assert headers["Version"] == hamdel.__version__
    assert headers["License-Expression"] == "MIT"
    assert any(name.endswith("licenses/LICENSE") for name in names)
    for name in ("py.typed", "render/report/report.schema.json", "phrasebanks/lexicon/card_prefixes.txt"):
        assert f"hamdel/{name}" in names
    assert any(name.endswith(".data/data/share/man/man1/hamdel.1") for name in names)
    data = ("phrasebanks", "templates", "browser/src", "browser/recipes")
    ours = [path for name in data for path in (ROOT / name).rglob("*") if path.is_file()]
    assert {f"hamdel/{path.relative_to(ROOT).as_posix()}" for path in ours} <= set(names)
    assets = ROOT / "src/hamdel/doors/http/assets"
    pages = [path for path in assets.rglob("*") if path.is_file()]
    assert {f"hamdel/{path.relative_to(ROOT / 'src/hamdel').as_posix()}" for path in pages} <= set(names)
    assert pages
    assert not [name for name in names if not name.startswith(("hamdel/", "hamdel-"))]


def test_api_works_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    seen = json.loads(run(sys.executable, "-c", PROBE, cwd=tmp_path, PYTHONPATH=str(installed), PYTHONUTF8="1"))
    assert Path(seen["package"]).is_relative_to(installed)
    assert Path(seen["phrasebanks"]) == installed / "hamdel" / "phrasebanks"
    assert Path(seen["templates"]) == installed / "hamdel" / "templates"
    found = {check: (matched, suggestions) for check, matched, suggestions in seen["findings"]}
    assert found["respect/tu-form"][0] in ("تو", "کنی")
    assert all(suggestions for _, suggestions in found.values())


def test_command_works_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text("سلام. تو باید صبر کنی.", encoding="utf-8")
    arguments = ("-m", "hamdel", "check", str(draft), "--format", "line", "--fail-on", "never", "--no-config")
    output = run(sys.executable, *arguments, cwd=tmp_path, PYTHONPATH=str(installed), PYTHONUTF8="1")
    assert "[respect/tu-form]" in output


def test_the_kernel_needs_nothing_but_the_c_library(wheel: Path, tmp_path: Path) -> None:
    if not shutil.which("cc") or not shutil.which("readelf"):
        pytest.skip("no compiler, or not an ELF system")
    assert re.fullmatch(r"hamdel-[\d.]+-py3-none-(?!any)\w+\.whl", wheel.name)
    with ZipFile(wheel) as archive:
        kernel = archive.extract("hamdel/_kernel.so", tmp_path)
    needed = set(re.findall(r"\(NEEDED\).*\[(.*?)\.so", run("readelf", "-d", kernel, cwd=tmp_path)))
    assert needed <= {"libc", "libm", "libc.musl-x86_64", "libc.musl-aarch64"}


def test_the_wheel_is_what_cibuildwheel_asks_of_it(installed: Path, tmp_path: Path) -> None:
    expected = {} if (installed / "hamdel" / "_kernel.so").exists() else {"HAMDEL_NO_KERNEL": "1"}
    run(sys.executable, str(ROOT / "tools" / "wheel_probe.py"), cwd=tmp_path, PYTHONPATH=str(installed), **expected)


def test_numpy_does_the_work_where_there_was_no_compiler(without_compiler: Path, tmp_path: Path) -> None:
    assert not list(without_compiler.rglob("_kernel.so"))
    (told,) = without_compiler.glob("*.dist-info/WHEEL")
    assert "Tag: py3-none-any" in told.read_text(encoding="utf-8")
    reply = tmp_path / "reply.txt"
    reply.write_text("سفارش شما فردا با پیک می‌رسد و کد رهگیری همان روز برایتان پیامک می‌شود.", encoding="utf-8")
    command = (sys.executable, "-m", "hamdel", "archive")
    env = {"PYTHONPATH": str(without_compiler), "PYTHONUTF8": "1"}
    run(*command, "add", str(reply), "--archive", "sent", "--agent", "سارا", cwd=tmp_path, **env)
    asked = "سفارش شما فردا با پیک می‌رسد و کد رهگیری همان روز برای شما پیامک شد."
    output = run(*command, "search", asked, "--at", "80", "--archive", "sent", cwd=tmp_path, **env)
    assert "پیامک" in output
