"""What is there of the extension's other half, and how to mend what isn't."""

from __future__ import annotations

import json
import struct
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from hamdel.doors.browser.callers import CHROMIUM_ORIGIN
from hamdel.doors.browser.installing import Machine, manifest, used
from hamdel.doors.browser.places import SANDBOXES, Browser

__all__ = ["Remark", "examine"]

_PATIENCE = 30.0  # seconds for the first answer, in which the lexicon may be compiled


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that was found.

    Attributes:
        key: of what is to be said, in `hamdel.doors.browser.wording`.
        values: to be put into it.
        wrong: whether the extension can't work before it is mended.
    """

    key: str
    values: Mapping[str, object]
    wrong: bool = False


def examine(machine: Machine) -> Iterator[Remark]:
    """Yield what is there: the launcher, whether it answers, each browser that is used, and what stands in the way."""
    if machine.launcher.is_file():
        yield Remark("launcher", {"path": machine.launcher})
        yield _asked(machine)
    else:
        yield Remark("no_launcher", {}, wrong=True)
    for browser in used(machine):
        yield _known(machine, browser)
    for sandbox in SANDBOXES:
        if (machine.home / sandbox.folder).is_dir():
            yield Remark(sandbox.kind, {"name": sandbox.name})


def _known(machine: Machine, browser: Browser) -> Remark:
    named = {"name": browser.name}
    if machine.is_windows and machine.registry.read(machine.key(browser)) is None:
        return Remark("unknown", named, wrong=True)
    for path in machine.manifests(browser):
        try:
            content: Any = json.loads(path.read_bytes())
        except FileNotFoundError:
            return Remark("unknown", named, wrong=True)
        except (OSError, ValueError):
            content = None
        if content != manifest(machine, browser):
            return Remark("other", {**named, "path": path}, wrong=True)
    return Remark("known", {**named, "path": machine.manifests(browser)[0]})


def _asked(machine: Machine) -> Remark:
    """Start the host as a browser does, and ask for its version."""
    request = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "initialize"}).encode()
    begun = time.monotonic()
    try:
        done = subprocess.run(
            [str(machine.launcher), CHROMIUM_ORIGIN],
            input=struct.pack("=I", len(request)) + request,
            capture_output=True,
            timeout=_PATIENCE,
            check=False,
        )
        version = json.loads(done.stdout[4:])["result"]["version"]
    except subprocess.TimeoutExpired:
        return Remark("silent", {"problem": f"{_PATIENCE:g} s."}, wrong=True)
    except OSError as error:
        return Remark("silent", {"problem": f"{error.strerror}."}, wrong=True)
    except (ValueError, KeyError, TypeError):
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        return Remark("silent", {"problem": f"{lines[-1][:200] if lines else done.returncode}."}, wrong=True)
    return Remark("answers", {"seconds": f"{time.monotonic() - begun:.1f}", "version": version})
