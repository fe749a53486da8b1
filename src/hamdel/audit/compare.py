"""What changed since an earlier audit, read from its ``summary.json``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from hamdel.audit.proportions import adjusted, change_of_means, change_of_shares, share
from hamdel.base.text_files import json_value, read_text
from hamdel.errors import InputError
from hamdel.model.audit import Comparison, Summary
from hamdel.model.audit_schema import SCHEMA, SUMMARY
from hamdel.model.measures import Mean

__all__ = ["compared", "read_earlier"]

_WHAT_TO_DO = "name the folder of an earlier audit"


def read_earlier(place: Path) -> dict[str, Any]:
    """Read an earlier audit's summary.

    Args:
        place: its folder, or the file itself.

    Raises:
        InputError: there is none, it is none, or another version of hamdel wrote it in another form.
    """
    path = place / SUMMARY if place.is_dir() else place
    if not path.exists():
        raise InputError(f"{path}: there is no such file; {_WHAT_TO_DO}")
    earlier = json_value(read_text(path), str(path))
    schema = earlier.get("schema") if isinstance(earlier, dict) else None
    if schema != SCHEMA:
        raise InputError(f"{path}: has schema {schema!r}, not {SCHEMA!r}; {_WHAT_TO_DO} by this version of hamdel")
    try:
        _figures(earlier)
    except (KeyError, TypeError, AttributeError, ValueError):
        raise InputError(f"{path}: isn't what hamdel wrote; {_WHAT_TO_DO}") from None
    return dict(earlier)


def compared(earlier: dict[str, Any], summary: Summary) -> Comparison:
    """Return how rates and scores changed: Newcombe's intervals of the checks that both audits could judge.

    Args:
        earlier: as `read_earlier` returns it.
        summary: the later audit.
    """
    replies, counts, means = _figures(earlier)
    changes = {
        one.check: change_of_shares(share(*counts[one.check]), one.share)
        for one in summary.checks
        if one.check in counts and one.share.of and counts[one.check][1]
    }
    ps = adjusted([change.p for change in changes.values()])
    return Comparison(
        version=str(earlier.get("version", "")),
        replies=replies,
        checks={name: replace(change, p=p) for (name, change), p in zip(changes.items(), ps, strict=True)},
        scores={one.name: change_of_means(means[one.name], one.mean) for one in summary.scores if one.name in means},
    )


def _figures(earlier: dict[str, Any]) -> tuple[int, dict[str, tuple[int, int]], dict[str, Mean]]:
    """The number of replies, the counts of each check, and the mean of each score."""
    counts = {one["check"]: (_whole(one["count"]), _whole(one["of"])) for one in earlier["checks"]}
    if any(count > of for count, of in counts.values()):
        raise ValueError("more than all")
    means = {
        name: Mean(_real(one["value"]), _real(one["low"]), _real(one["high"]), _whole(one["of"]))
        for name, one in earlier["scores"].items()
    }
    return _whole(earlier["replies"]["checked"]), counts, means


def _whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise TypeError(value)
    return value


def _real(value: Any) -> float | None:
    return None if value is None else float(value)
