"""The methods of `hamdel stdio`."""

from __future__ import annotations

from hamdel.doors.requests import METHODS
from hamdel.doors.stdio.messages import Code
from hamdel.doors.stdio.methods import CHANGES, LONGEST, PROTOCOL
from tools.reference.markdown import code, table
from tools.reference.requests import section

__all__ = ["page"]


def page() -> str:
    """Return a section for each method, and the codes of errors."""
    about = f"Protocol `{PROTOCOL}`; a message has at most {LONGEST:,} bytes. What changes something: {code(*CHANGES)}."
    methods = [section(method, name) for name, method in METHODS.items()]
    codes = table(("code", "name"), ((code(one.value), one.name.lower().replace("_", " ")) for one in Code))
    return "\n".join([about, "", *methods, "## Errors\n", codes])
