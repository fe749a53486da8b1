"""SARIF 2.1.0, the OASIS standard that code hosts and editors read (docs.oasis-open.org/sarif/sarif/v2.1.0)."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any
from urllib.parse import quote

import hamdel
from hamdel.identifiers import mask_identifiers
from hamdel.model import Finding, Lang, Severity
from hamdel.model.definitions import CheckDef
from hamdel.model.files import Outcome
from hamdel.render.files.places import Spot, located
from hamdel.render.text.bidi import visible
from hamdel.render.text.json_text import dumps

__all__ = ["render"]

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.SUGGESTION: "note"}
_FINGERPRINT = "hamdelWords/v1"
_EXAMPLES = 3  # of each kind that a rule's help shows
_BYTES = 12  # of a fingerprint
_MOST = 25_000  # results of a run that code hosts take; they refuse the whole log otherwise
_RANKS = ("error", "warning", "note")


def render(outcome: Outcome, checks: Mapping[str, CheckDef], lang: Lang) -> str:
    """Return a log with one run; personal data is masked whatever the options say, for logs are uploaded.

    Args:
        outcome: of the run.
        checks: all checks by id, with their examples.
        lang: of the rules' texts; messages are in the reports' own.
    """
    used = sorted({finding.check for one in outcome.checked for finding in one.report.findings})
    rules = [_rule(checks[name], lang) for name in used]
    results = list(_results(outcome, used))
    run = {
        "tool": {"driver": {"name": "hamdel", "version": hamdel.__version__, "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "The folder that hamdel was run in."}}},
        "invocations": [_invocation(outcome, len(results) - _MOST)],
        "results": _worst(results),
        "properties": {"hidden": outcome.hidden, "unneeded": outcome.unneeded},
    }
    return dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(check: CheckDef, lang: Lang) -> dict[str, Any]:
    title, why = check.title.pick(lang), check.why.pick(lang)
    fire = [example.draft for example in check.examples.fire[:_EXAMPLES]]
    better = [f"{one.before} → {one.after}" for one in check.examples.rewrites[:_EXAMPLES]]
    examples = [mask_identifiers(" ".join(example.split())) for example in fire + better]
    return {
        "id": check.id,
        "shortDescription": {"text": title},
        "fullDescription": {"text": why},
        "help": {
            "text": "\n".join([why, "", *examples]),
            "markdown": "\n".join([why, "", *(f"- {example}" for example in examples)]),
        },
        "defaultConfiguration": {"level": _LEVELS[check.severity]},
    }


def _worst(results: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """As many as are taken, in their order; the gravest when there are more."""
    if len(results) <= _MOST:
        return results
    return sorted(results, key=lambda result: _RANKS.index(result["level"]))[:_MOST]


def _invocation(outcome: Outcome, more: int) -> dict[str, Any]:
    """How the run went; ``more`` results, if positive, had no room."""
    notes: list[dict[str, Any]] = [
        {"level": "error", "message": {"text": mask_identifiers(one.message)}, "locations": [_file(one.file)]}
        for one in outcome.troubles
    ]
    if more > 0:
        notes.append({"level": "warning", "message": {"text": f"{more} more results, none graver, are left out."}})
    return {"executionSuccessful": not outcome.troubles, "toolExecutionNotifications": notes}


def _results(outcome: Outcome, rules: Sequence[str]) -> Iterator[dict[str, Any]]:
    counts: Counter[str] = Counter()
    for one in outcome.checked:
        for finding, spot in located(one):
            words = "\0".join((one.text.file, one.text.place, finding.check, finding.kind, finding.matched))
            counts[words] += 1
            yield {
                "ruleId": finding.check,
                "ruleIndex": rules.index(finding.check),
                "level": _LEVELS[finding.severity],
                "message": {"text": _message(finding)},
                "locations": [_file(one.text.file, spot, one.text.place)],
                "partialFingerprints": {_FINGERPRINT: _digest(f"{words}\0{counts[words]}")},
            }


def _message(finding: Finding) -> str:
    better = f" ← {finding.suggestions[0]}" if finding.suggestions else ""
    return visible(finding.message + better)


def _file(name: str, spot: Spot | None = None, place: str = "") -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": _uri(name)}
    if spot:
        region = {"startLine": spot.line, "startColumn": spot.column}
        region |= {"endLine": spot.end_line, "endColumn": spot.end_column}
        physical["region"] = {key: value for key, value in region.items() if value is not None}
    found: dict[str, Any] = {"physicalLocation": physical}
    if place:
        found["logicalLocations"] = [{"fullyQualifiedName": mask_identifiers(place)}]
    return found


def _uri(name: str) -> dict[str, str]:
    """A file's address: relative to where hamdel was run, if it is below."""
    if name == "-":
        return {"uri": "stdin"}
    relative = os.path.relpath(name)
    if relative.startswith(os.pardir) or Path(relative).is_absolute():
        return {"uri": Path(name).absolute().as_uri()}
    return {"uri": quote(os.fsencode(Path(relative).as_posix())), "uriBaseId": "%SRCROOT%"}


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "replace"), digest_size=_BYTES).hexdigest()
