"""spaCy, when something needs it; for hamdel's own commands without spaCy's command line, a third of its import.

``import spacy`` loads ``spacy.cli`` for one function, and with it an HTTP client, a project manager and a second typer.
For a process that checks one draft that is most of the waiting. Only hamdel's own commands ask to leave it out; whoever
imports hamdel as a library gets spaCy as it is.
"""

from __future__ import annotations

import importlib
import sys
from types import ModuleType

__all__ = ["import_spacy", "leave_out_command_line"]

_SKIPPED = ("spacy.cli", "spacy.cli.info")
_whole = True


def leave_out_command_line() -> None:
    """Let this process import spaCy without its command line; for processes that are hamdel's own."""
    global _whole  # noqa: PLW0603 - what a process imports is the whole process's
    _whole = False


def _stand_ins() -> dict[str, ModuleType]:
    modules = {name: ModuleType(name) for name in _SKIPPED}
    modules["spacy.cli"].__path__ = []
    modules["spacy.cli.info"].__dict__["info"] = None
    return modules


def import_spacy() -> None:
    """Import spaCy; one that doesn't take it that its command line is left out is imported in full."""
    if "spacy" in sys.modules:
        return
    if _whole:
        importlib.import_module("spacy")
        return
    sys.modules.update(_stand_ins())
    try:
        importlib.import_module("spacy")
    except (ImportError, AttributeError):
        for name in [name for name in sys.modules if name.split(".")[0] == "spacy"]:
            del sys.modules[name]
        importlib.import_module("spacy")
    finally:
        for name in _SKIPPED:  # so that anybody who wants the real ones can still import them
            if not hasattr(sys.modules.get(name), "__file__"):
                sys.modules.pop(name, None)
