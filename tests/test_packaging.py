"""What is published: a source archive that anybody can build again, and what an installation consists of."""

from __future__ import annotations

import tarfile
import tomllib
from pathlib import Path

import pytest

from tools import sbom, sdist

ROOT = Path(__file__).parents[1]
EPOCH = "1790000000"


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two source archives, each of a copy of its own."""
    folder = tmp_path_factory.mktemp("sdist")
    return [sdist.built(sdist.copied(folder / name), folder / f"{name}-out", EPOCH) for name in ("one", "two")]


@pytest.mark.slow
def test_two_builds_are_the_same_bytes(archives: list[Path]) -> None:
    one, two = archives
    assert one.read_bytes() == two.read_bytes()


@pytest.mark.slow
def test_the_source_has_what_it_takes_to_build_test_and_read(archives: list[Path]) -> None:
    with tarfile.open(archives[0]) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
        assert {member.mtime for member in archive.getmembers()} == {int(EPOCH)}
    for name in ("hatch_build.py", "src/hamdel/_kernel.c", "README.fa.md", "docs/img/page-light.webp", "mkdocs.yml"):
        assert name in names
    assert not [name for name in names if name.endswith((".so", ".pyc"))]


def test_a_bill_names_what_is_installed_and_what_needs_what() -> None:
    told = sbom.document(["serve"])
    names = {one["name"] for one in told["components"]}
    assert {"spacy", "hazm", "numpy", "starlette"} <= names
    assert "pytest" not in names
    assert "starlette" not in {one["name"] for one in sbom.document()["components"]}
    refs = {one["bom-ref"] for one in (*told["components"], told["metadata"]["component"])}
    assert {one["ref"] for one in told["dependencies"]} == refs
    assert {ref for one in told["dependencies"] for ref in one["dependsOn"]} <= refs
    assert all(one["purl"] == f"pkg:pypi/{one['name']}@{one['version']}" for one in told["components"])
    assert told == sbom.document(["serve"])


def test_wheels_are_built_for_each_platform_and_tried() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["cibuildwheel"]
    assert settings["test-command"].endswith("tools/wheel_probe.py")
    assert "*-win*" in settings["skip"]
    workflow = (ROOT / ".github" / "workflows" / "wheels.yml").read_text(encoding="utf-8")
    for needed in ("macos-latest", "ubuntu-24.04-arm", "windows-latest", "cibuildwheel", "tools.sdist", "tools.sbom"):
        assert needed in workflow
    yaml = pytest.importorskip("yaml")
    assert set(yaml.safe_load(workflow)["jobs"]) == {"wheels", "without-kernel", "source"}
