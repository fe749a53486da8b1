"""Compile the near-copy search's inner loop when there is a compiler; without one, numpy does its work.

The library is plain C behind ctypes, so one build serves all versions of Python on a platform.
``HAMDEL_NO_KERNEL=1`` leaves it out.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FOLDER = Path("src/hamdel")


class KernelHook(BuildHookInterface[Any]):
    """Adds the compiled library to a wheel, an editable one too."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, and say that the wheel is for this platform; do nothing when that isn't possible."""
        library = compiled(Path(self.root) / FOLDER)
        if library is None:
            self.app.display_warning("no C compiler: hamdel will search its archive with numpy, which is slower")
            return
        build_data["artifacts"].append(f"/{FOLDER.as_posix()}/{library.name}")
        build_data["pure_python"] = False
        build_data["tag"] = f"py3-none-{sysconfig.get_platform().replace('-', '_').replace('.', '_')}"


def compiled(folder: Path) -> Path | None:
    """Compile the kernel in a folder; return the library, or None when it can't be done."""
    compiler = shlex.split(sysconfig.get_config_var("CC") or "cc")
    if os.environ.get("HAMDEL_NO_KERNEL") or sys.platform == "win32":
        return None
    if not shutil.which(compiler[0]):
        compiler = ["cc"]
    library = folder / "_kernel.so"
    made = folder / f"_kernel.{os.getpid()}.tmp"
    flags = [*_architectures(), "-O3", "-shared", "-fPIC"]
    command = [*compiler, *flags, "-o", str(made), str(folder / "_kernel.c"), "-lm"]
    try:
        subprocess.run(command, check=True, capture_output=True)
        made.replace(library)  # in one step: somebody may be searching with the old one
    except (OSError, subprocess.CalledProcessError):
        made.unlink(missing_ok=True)
        return None
    return library


def _architectures() -> list[str]:
    """Flags for macOS, where one interpreter runs on two architectures and a wheel's tag says for which it is."""
    if sys.platform != "darwin":
        return []
    if os.environ.get("ARCHFLAGS"):
        return shlex.split(os.environ["ARCHFLAGS"])
    both = sysconfig.get_platform().endswith("universal2")
    return ["-arch", "x86_64", "-arch", "arm64"] if both else []
