"""Hits to findings: severity and message as the user set them, suggestions, and the edits that mend it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from hamdel.checks.case import Case, Hit
from hamdel.config import Config
from hamdel.improve.offers import Offers
from hamdel.improve.suggest import Suggester
from hamdel.model import Anchor, Edit, Finding, Safety
from hamdel.phrasebank import CheckDef

__all__ = ["FindingMaker"]


class FindingMaker:
    """Makes findings.

    Args:
        config: the settings.
        offers: makes edits of suggestions.
    """

    def __init__(self, config: Config, offers: Offers) -> None:
        self._config = config
        self._offers = offers
        self._suggester = Suggester(config.templates)

    def finding(self, case: Case, check: CheckDef, hit: Hit) -> Finding | None:
        """Return the finding of a hit; None when its severity is off.

        Raises:
            TemplateError: the suggestion's template is wrong.
        """
        severity = self._config.severity_of(check.id, hit.severity or check.severity)
        if severity is None:
            return None
        draft = case.draft
        start, end = hit.chars or (draft.span(hit.first, hit.last) if hit.last > hit.first else (0, 0))
        matched = draft.text[start:end]
        document = start == end
        sentence = (0, 0) if document else draft.span(*draft.sentence(draft.token_at(start)))
        values = {**case.slots, "kind": hit.kind, "matched": matched, **dict(hit.slots)}
        finding = Finding(
            check=check.id,
            severity=severity,
            start=start,
            end=end,
            matched=matched,
            message=check.message_for(hit.kind).pick(self._config.lang).replace("{matched}", matched),
            suggestions=self._suggester.suggest(check.id, values, draft=draft.text, recent=case.recent),
            sentence=sentence,
            anchor=Anchor.DOCUMENT if document else Anchor.SPAN,
            kind=hit.kind,
            evidence=hit.evidence,
            copy=hit.copy,
        )
        return replace(finding, edits=self._edits(case, check, hit, finding, values))

    def _edits(
        self, case: Case, check: CheckDef, hit: Hit, finding: Finding, values: Mapping[str, Any]
    ) -> tuple[Edit, ...]:
        """Return the matcher's own edits and those that the check's file describes, a safe one first."""
        mending = check.mending_for(hit.kind)
        if mending is None:
            return hit.edits
        found = (*hit.edits, *self._offers.edits(case.draft, mending, finding, values))
        return tuple(sorted(found, key=lambda edit: edit.safety is not Safety.SAFE))
