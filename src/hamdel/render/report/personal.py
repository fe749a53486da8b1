"""A report without its card numbers, phones and e-mail addresses: what is printed may end up in a log."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from hamdel.identifiers.veil import Veil
from hamdel.model import Edit, Finding, Improved, Report

__all__ = ["masked", "masked_findings", "masked_steps"]


def masked(report: Report) -> Report:
    """The same report with personal identifiers masked in the draft and in every text about it.

    Args:
        report: any report; whatever is covered keeps its length, so that offsets keep their meaning.
    """
    veil = Veil(report.draft, report.customer)
    findings = tuple(_masked_finding(finding, report.draft, veil) for finding in report.findings)
    return replace(report, draft=veil(report.draft), findings=findings, customer=veil(report.customer))


def masked_findings(findings: Iterable[Finding], draft: str, customer: str = "") -> tuple[Finding, ...]:
    """The same findings of a draft that answers a customer with personal identifiers masked; see `masked`."""
    veil = Veil(draft, customer)
    return tuple(_masked_finding(finding, draft, veil) for finding in findings)


def masked_steps(improved: Improved) -> Improved:
    """The same improvement with its reasons and its report masked.

    The draft, the new text and what each step changed in it are the user's own and stay as they are.
    """
    veil = Veil(improved.draft, improved.text, improved.report.customer)
    steps = tuple(replace(step, reason=veil(step.reason)) for step in improved.steps)
    return replace(improved, steps=steps, report=masked(improved.report))


def _masked_finding(finding: Finding, draft: str, veil: Veil) -> Finding:
    """Messages may repeat what was matched; outside of the draft a bare code isn't recognised again."""
    shown = veil.slice(draft, finding.start, finding.end)

    def clean(text: str) -> str:
        return veil(text.replace(finding.matched, shown) if finding.matched else text)

    return replace(
        finding,
        matched=shown,
        message=clean(finding.message),
        suggestions=tuple(map(clean, finding.suggestions)),
        evidence=tuple(map(clean, finding.evidence)),
        edits=tuple(_masked_edit(edit, clean) for edit in finding.edits),
    )


def _masked_edit(edit: Edit, clean: Callable[[str], str]) -> Edit:
    """A wording may quote what the customer wrote."""
    return replace(edit, changes=tuple(replace(change, new=clean(change.new)) for change in edit.changes))
