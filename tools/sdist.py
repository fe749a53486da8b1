"""Build the source archive so that anybody can build the same one.

``python -m tools.sdist`` builds it twice, from two copies of what git tracks, and compares; the archive is in
``dist/``. ``SOURCE_DATE_EPOCH`` is the time of everything in it: the last commit's, unless the environment has another.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

__all__ = ["built", "copied", "main"]

ROOT = Path(__file__).parents[1]
_LEFT = re.compile(
    r"\.venv|\..*_cache|\.hypothesis|__pycache__|node_modules|dist|site|.*\.egg-info|_kernel\.(?:so|.*tmp)"
)


def copied(to: Path) -> Path:
    """Copy what git tracks, with times of now and modes of whoever runs this."""
    for name in _tracked():
        if (ROOT / name).is_file():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, to / name)
    return to


def _tracked() -> Iterable[str]:
    """What git tracks; in a copy without git, all but what programs left there."""
    if (ROOT / ".git").exists():
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
        return filter(None, os.fsdecode(listed).split("\0"))
    paths = (path.relative_to(ROOT) for path in ROOT.rglob("*"))
    return (str(path) for path in paths if not any(_LEFT.fullmatch(part) for part in path.parts))


def built(root: Path, out: Path, epoch: str) -> Path:
    """Build the source archive of a copy.

    Args:
        root: the copy.
        out: where the archive goes.
        epoch: the time of everything in it, in seconds since 1970.
    """
    command = [sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", str(out)]
    env = {**os.environ, "SOURCE_DATE_EPOCH": epoch}
    subprocess.run(command, cwd=root, env=env, check=True, capture_output=True)
    (archive,) = out.glob("*.tar.gz")
    return archive


def main() -> None:
    """Build it twice, compare, and keep one."""
    last = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=True)
    epoch = os.environ.get("SOURCE_DATE_EPOCH") or last.stdout.strip()
    with tempfile.TemporaryDirectory() as folder:
        one, two = (built(copied(Path(folder, name)), Path(folder, f"{name}-out"), epoch) for name in ("one", "two"))
        digests = {sha256(path.read_bytes()).hexdigest() for path in (one, two)}
        if len(digests) > 1:
            raise SystemExit("two builds of the same commit differ")
        (ROOT / "dist").mkdir(exist_ok=True)
        kept = shutil.copy(one, ROOT / "dist" / one.name)
    print(f"{digests.pop()}  {kept}")  # noqa: T201 - a program for people


if __name__ == "__main__":
    main()
