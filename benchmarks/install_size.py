"""How large an installation is on each Python, and what takes it.

    python benchmarks/install_size.py [--extra all] python3.11 python3.12 python3.13

makes an environment for each in a temporary folder, installs this checkout into it, and prints rows for RESULTS.md: the
megabytes (10⁶ bytes of files, as their packages' RECORD lists them, without pip itself), and the largest packages. The
second figure is what hazm alone would take: it is installed first, into the empty environment.
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile
from pathlib import Path

_HERE = Path(__file__).resolve().parents[1]
_LARGEST = 8
#: Run by the environment's Python: one line a package, its bytes and name.
_SIZES = """
from importlib.metadata import distributions
for one in distributions():
    size = sum(p.stat().st_size for f in one.files or () if (p := one.locate_file(f)).is_file())
    print(size, one.metadata["Name"], one.version)
"""


def main() -> None:
    """Measure, and print a row for each Python."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--extra", default="", help="an extra of hamdel's, such as all")
    parser.add_argument("pythons", nargs="+", metavar="PYTHON")
    asked = parser.parse_args()
    print("| Python | hazm alone, MB | hamdel, MB | packages | the largest, MB |")
    print("|---|---|---|---|---|")
    for python in asked.pythons:
        with tempfile.TemporaryDirectory(prefix="hamdel-size-") as folder:
            print(_row(python, Path(folder) / "venv", asked.extra), flush=True)


def _row(python: str, place: Path, extra: str) -> str:
    subprocess.run([python, "-m", "venv", str(place)], check=True)
    inside = place / "bin" / "python"
    if not inside.exists():  # Windows
        inside = place / "Scripts" / "python.exe"
    version = _said(inside, "import platform; print(platform.python_version())").strip()
    hazm = "hazm>=0.10,<0.11" if version.startswith("3.11") else "hazm>=0.12,<0.13"
    _install(inside, hazm)
    alone = sum(size for size, _ in _sizes(inside))
    _install(inside, f"{_HERE}[{extra}]" if extra else str(_HERE))
    sizes = sorted(_sizes(inside), reverse=True)
    largest = ", ".join(f"{name} {size / 1e6:.0f}" for size, name in sizes[:_LARGEST])
    return f"| {version} | {alone / 1e6:.0f} | {sum(s for s, _ in sizes) / 1e6:.0f} | {len(sizes)} | {largest} |"


def _install(python: Path, what: str) -> None:
    subprocess.run([str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", what], check=True)


def _sizes(python: Path) -> list[tuple[int, str]]:
    """The bytes and the name of each package, but pip's own."""
    rows = (line.split(" ", 1) for line in _said(python, _SIZES).splitlines())
    return [(int(size), name) for size, name in rows if not name.startswith(("pip ", "setuptools "))]


def _said(python: Path, code: str) -> str:
    return subprocess.run([str(python), "-c", code], check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    main()
