"""A report without its card numbers, phones and e-mail addresses: what is printed may end up in a log."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from hamdel.identifiers import mask_identifiers
from hamdel.model import Edit, Finding, Report

__all__ = ["masked", "masked_findings"]

_TOKEN = re.compile(r"[\w@.+\-]{4,}")  # shorter ones could be any number in a message


def masked(report: Report, mask: Callable[[str], str] = mask_identifiers) -> Report:
    """The same report with personal identifiers masked in the draft and in every text about it.

    Args:
        report: any report.
        mask: replaces identifiers by as many characters, so that offsets keep their meaning.
    """
    findings = masked_findings(report.findings, report.draft, mask)
    return replace(report, draft=mask(report.draft), findings=findings, customer=mask(report.customer))


def masked_findings(
    findings: Iterable[Finding], draft: str, mask: Callable[[str], str] = mask_identifiers
) -> tuple[Finding, ...]:
    """The same findings with personal identifiers masked; see `masked`."""
    hidden = mask(draft)
    return tuple(_masked_finding(finding, draft, hidden, mask) for finding in findings)


def _masked_finding(finding: Finding, raw: str, draft: str, mask: Callable[[str], str]) -> Finding:
    """Messages may repeat what was matched; outside of the draft a bare code isn't recognised again."""
    shown = draft[finding.start : finding.end]
    secrets = {
        token[0]: hidden
        for token in _TOKEN.finditer(raw, finding.start, finding.end)
        if (hidden := draft[token.start() : token.end()]) != token[0]
    }

    def clean(text: str) -> str:
        text = text.replace(finding.matched, shown) if finding.matched else text
        for token, hidden in secrets.items():
            text = text.replace(token, hidden)
        return mask(text)

    return replace(
        finding,
        matched=shown,
        message=clean(finding.message),
        suggestions=tuple(map(clean, finding.suggestions)),
        evidence=tuple(map(clean, finding.evidence)),
        edits=tuple(_masked_edit(edit, mask) for edit in finding.edits),
    )


def _masked_edit(edit: Edit, mask: Callable[[str], str]) -> Edit:
    """A wording may quote what the customer wrote."""
    return replace(edit, changes=tuple(replace(change, new=mask(change.new)) for change in edit.changes))
