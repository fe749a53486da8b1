"""Findings as diagnostics."""

from __future__ import annotations

from lsprotocol import types

from hamdel.doors.lsp.checked import Checked
from hamdel.model import Finding, Severity
from hamdel.render.report.json_report import why

__all__ = ["SOURCE", "UNCHECKED", "diagnostics", "severity_of"]

SOURCE = "hamdel"
#: The code of a diagnostic that says that a document wasn't checked.
UNCHECKED = "hamdel/unchecked"
#: A suggestion is a quiet hint: editors show hints without colour and don't count them as problems.
_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.SUGGESTION: types.DiagnosticSeverity.Hint,
}


def severity_of(severity: Severity) -> types.DiagnosticSeverity:
    """Return the protocol's severity."""
    return _SEVERITIES[severity]


def diagnostics(checked: Checked) -> list[types.Diagnostic]:
    """Return a document's diagnostics by place, personal data in their messages masked."""
    if checked.problem:
        return [_problem(checked)]
    found = sorted(checked.shown, key=lambda pair: (checked.place(pair[0]), pair[0].severity.rank))
    return [_diagnostic(checked, finding, clean) for finding, clean in found]


def _problem(checked: Checked) -> types.Diagnostic:
    """What is shown of a document that wasn't checked; at its first line, for nothing in it is to blame."""
    return types.Diagnostic(
        range=checked.document.range(0, 0),
        message=checked.problem,
        severity=types.DiagnosticSeverity.Information,
        code=UNCHECKED,
        source=SOURCE,
    )


def _diagnostic(checked: Checked, finding: Finding, clean: Finding) -> types.Diagnostic:
    uri = checked.links.get(finding.check)
    return types.Diagnostic(
        range=checked.document.range(*checked.place(finding)),
        message=clean.message,
        severity=severity_of(finding.severity),
        code=finding.check,
        code_description=types.CodeDescription(uri) if uri else None,
        source=SOURCE,
        data=why(clean),
    )
