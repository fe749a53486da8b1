"""How each of hamdel's checks did on hamdel's own labelled texts: ``phrasebanks/measured.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from hamdel.model.definitions import Measured
from hamdel.phrasebank import load_table

__all__ = ["dump_measured", "load_measured"]

_HEADER = """\
# Written by `HAMDEL_WRITE_MEASURED=1 python -m pytest tests/test_measured.py`; don't edit it by hand.
# How each check does on hamdel's own labelled texts, with which it is developed: tests/cases/*.jsonl and the examples
# in the check's own file. precision: which share of its findings is right; recall: which share of the labels it finds;
# support: how many labels there are. tests/test_measured.py fails when this isn't what the code does.

"""


def load_measured(path: Path) -> dict[str, Measured]:
    """Read the figures by check id; none when there is no such file.

    Raises:
        PhrasebankError: the file is unreadable or no TOML.
    """
    if not path.is_file():
        return {}
    return {
        check: Measured(row.get("precision"), row.get("recall"), row["support"])
        for check, row in load_table(path).items()
    }


def dump_measured(figures: Mapping[str, Measured]) -> str:
    """Return the text of the file that `load_measured` reads."""
    return _HEADER + "".join(f'"{check}" = {{{_row(figures[check])}}}\n' for check in sorted(figures))


def _row(figures: Measured) -> str:
    shares = {"precision": figures.precision, "recall": figures.recall}
    cells = [f"{name} = {value:.4f}" for name, value in shares.items() if value is not None]
    return ", ".join([*cells, f"support = {figures.support}"])
