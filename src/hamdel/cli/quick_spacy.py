"""spaCy without its own command line, which is a third of its start-up and nothing that hamdel uses.

``import spacy`` loads ``spacy.cli`` for one function, and with it an HTTP client, a project manager and a second typer.
For a process that checks one draft that is most of the waiting. Only `hamdel`'s own commands do this; whoever
imports hamdel as a library gets spaCy as it is.
"""

from __future__ import annotations

import importlib
import sys
from types import ModuleType

__all__ = ["import_spacy"]

_SKIPPED = ("spacy.cli", "spacy.cli.info")


def _stand_ins() -> dict[str, ModuleType]:
    modules = {name: ModuleType(name) for name in _SKIPPED}
    modules["spacy.cli"].__path__ = []
    modules["spacy.cli.info"].__dict__["info"] = None
    return modules


def import_spacy() -> None:
    """Import spaCy, leaving out ``spacy.cli``; a spaCy that doesn't take this is imported in full."""
    if "spacy" in sys.modules:
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
