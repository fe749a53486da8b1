"""Tell browsers where the host is, and take it back: a launcher, a manifest for each family, and where they look."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hamdel.base.atomic import write_atomically
from hamdel.base.resources import browser_dir
from hamdel.doors.browser.building import build
from hamdel.doors.browser.callers import CHROMIUM_ORIGIN, FIREFOX_ID
from hamdel.doors.browser.places import HOST_NAME, Browser, browsers, folders, home_folders
from hamdel.doors.browser.registry import Registry, WindowsRegistry

__all__ = ["Machine", "install", "manifest", "this_machine", "uninstall", "used", "written"]


@dataclass(frozen=True, slots=True)
class Machine:
    """What an installation depends on.

    Attributes:
        home: the home folder.
        data: the folder for our launcher, and for manifests on Windows.
        platform: as `sys.platform` has it.
        python: the interpreter that runs hamdel.
        registry: Windows'.
    """

    home: Path
    data: Path
    platform: str = sys.platform
    python: Path = field(default_factory=lambda: Path(sys.executable).absolute())
    registry: Registry = field(default_factory=WindowsRegistry)

    @property
    def is_windows(self) -> bool:
        return self.platform == "win32"

    @property
    def extension(self) -> Path:
        """The folder with the extension for each family of browsers."""
        return self.data / "extension"

    @property
    def launcher(self) -> Path:
        """The program that browsers start."""
        return self.data / ("hamdel-host.bat" if self.is_windows else "hamdel-host.sh")

    def manifests(self, browser: Browser) -> list[Path]:
        """Where the manifest for a browser is, or belongs."""
        if self.is_windows:
            return [self.data / ("firefox.json" if browser.is_firefox else "chromium.json")]
        return [folder / f"{HOST_NAME}.json" for folder in folders(browser, self.home, self.platform)]

    def key(self, browser: Browser) -> str:
        """The registry key that tells a browser where its manifest is."""
        owner = browsers()[browser.reads] if browser.reads else browser
        above = "Mozilla" if browser.is_firefox else owner.registry
        return rf"Software\{above}\NativeMessagingHosts\{HOST_NAME}"


def this_machine() -> Machine:
    """Return the machine that this runs on."""
    from platformdirs import user_data_path

    return Machine(Path.home(), user_data_path("hamdel", appauthor=False) / "browser")


def used(machine: Machine) -> list[Browser]:
    """Return the browsers that somebody uses here: those with a settings folder, or a key in the registry."""
    return [browser for browser in browsers().values() if _is_used(machine, browser)]


def _is_used(machine: Machine, browser: Browser) -> bool:
    if machine.is_windows:
        return machine.registry.has(rf"Software\{browser.registry}")
    return any(folder.is_dir() for folder in home_folders(browser, machine.home, machine.platform))


def install(machine: Machine, wanted: Iterable[Browser]) -> list[Path]:
    """Write the launcher, the extension, and a manifest for each browser.

    Args:
        machine: where.
        wanted: the browsers, used or not.

    Returns:
        What was written: the launcher, the manifests, and last the extension's folders, for a browser to load.

    Raises:
        OSError: a file can't be written.
    """
    done = [_write(machine.launcher, _launch(machine).encode("utf-8"))]
    if not machine.is_windows:
        machine.launcher.chmod(0o755)
    for browser in wanted:
        content = json.dumps(manifest(machine, browser), ensure_ascii=False, indent=2) + "\n"
        for path in machine.manifests(browser):
            if path not in done:
                done.append(_write(path, content.encode("utf-8")))
            if machine.is_windows:
                machine.registry.write(machine.key(browser), str(path))
    return [*done, *build(browser_dir(), machine.extension)]


def uninstall(machine: Machine) -> list[Path]:
    """Remove what `install` wrote, and nothing else: a manifest that names another program stays.

    Returns:
        What was removed.

    Raises:
        OSError: a file can't be removed.
    """
    gone = []
    for browser, path in written(machine):
        if machine.is_windows:
            machine.registry.remove(machine.key(browser))
        if path.is_file():
            path.unlink()
            gone.append(path)
    if machine.launcher.is_file():
        machine.launcher.unlink()
        gone.append(machine.launcher)
    if machine.extension.is_dir():
        shutil.rmtree(machine.extension)
        gone.append(machine.extension)
    with suppress(OSError):  # something else is in it
        machine.data.rmdir()
    return gone


def written(machine: Machine) -> Iterator[tuple[Browser, Path]]:
    """Yield each browser that knows our host, and the manifest that tells it so."""
    for browser in browsers().values():
        for path in machine.manifests(browser):
            if machine.is_windows and machine.registry.read(machine.key(browser)) != str(path):
                continue
            if _names(path) == str(machine.launcher):
                yield browser, path


def manifest(machine: Machine, browser: Browser) -> dict[str, Any]:
    """Return the host's manifest for a browser."""
    allowed = {"allowed_extensions": [FIREFOX_ID]} if browser.is_firefox else {"allowed_origins": [CHROMIUM_ORIGIN]}
    return {
        "name": HOST_NAME,
        "description": "hamdel, on this machine",
        "path": str(machine.launcher),
        "type": "stdio",
        **allowed,
    }


def _names(path: Path) -> str | None:
    """Return the program that a manifest names; None when it can't be read or is none."""
    try:
        value = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    program = value.get("path") if isinstance(value, dict) else None
    return program if isinstance(program, str) else None


def _launch(machine: Machine) -> str:
    """The launcher's text; -P keeps Python from importing what lies in the browser's working directory."""
    if machine.is_windows:
        python = str(machine.python).replace("%", "%%")
        return f'@echo off\r\nchcp 65001 >nul\r\n"{python}" -P -m hamdel browser host -- %*\r\n'
    quoted = str(machine.python).replace("'", "'\\''")
    return f"#!/bin/sh\nexec '{quoted}' -P -m hamdel browser host -- \"$@\"\n"


def _write(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, content)
    return path
