"""hamdel (همدل): is this Persian support reply respectful, empathic and your own?

>>> from hamdel import Checker
>>> report = Checker().check("تو باید صبر کنی.", customer="سفارشم نرسیده")
>>> [finding.check for finding in report.findings]  # doctest: +SKIP
['respect/tu-form', 'respect/tu-form', 'empathy/no-problem-ack']
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hamdel.errors import HamdelError
from hamdel.model import Audience, Channel, Conversation, Emotion, Finding, Lang, Report, Scores, Severity, Status

if TYPE_CHECKING:
    from hamdel.checker import Checker
    from hamdel.settings.config import Config

__version__ = "0.1.0"

__all__ = [
    "Audience",
    "Channel",
    "Checker",
    "Config",
    "Conversation",
    "Emotion",
    "Finding",
    "HamdelError",
    "Lang",
    "Report",
    "Scores",
    "Severity",
    "Status",
    "__version__",
]


def __getattr__(name: str) -> Any:
    """Import what takes long only when it is asked for, so that ``hamdel --help`` stays quick."""
    if name == "Checker":
        from hamdel.checker import Checker

        return Checker
    if name == "Config":
        from hamdel.settings.config import Config

        return Config
    raise AttributeError(f"module 'hamdel' has no attribute {name!r}")
