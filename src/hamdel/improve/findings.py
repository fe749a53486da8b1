"""Hits to findings: severity and message as the user set them, suggestions, and the edits that mend it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from hamdel.base.deadline import look
from hamdel.base.digits import persian_digits
from hamdel.evidence.case import Case, Hit
from hamdel.evidence.learned.inference import EvidenceReader
from hamdel.improve.offers import Offers
from hamdel.model import Anchor, Finding, Lang, Safety, Source
from hamdel.phrasebank import CheckDef
from hamdel.settings.config import Config
from hamdel.wording.suggest import Suggester

__all__ = ["FindingMaker"]

_LONGEST = 500  # code points of what a wording repeats
_MOST = 100  # findings of one check in a draft that are worded; nobody reads on, and each costs a template


class FindingMaker:
    """Makes findings.

    Args:
        config: the settings.
        offers: makes edits of suggestions; None for findings without either.
        reader: the learned one, which knows sentences like those that it found; None where it isn't asked.
    """

    def __init__(self, config: Config, offers: Offers | None, reader: EvidenceReader | None = None) -> None:
        self._config = config
        self._offers = offers
        self._learned = reader
        self._suggester = Suggester(config.templates)

    def findings(self, case: Case, found: Iterable[tuple[CheckDef, Hit]]) -> list[Finding]:
        """Return the findings of all hits of a draft, less those whose severity is off; see `finding`.

        Of each check the first `_MOST` come with wordings, the others with the edits that their matcher knows.
        """
        made: list[Finding] = []
        worded: Counter[str] = Counter()
        for check, hit in found:
            look()
            worded[check.id] += 1
            one = self.finding(case, check, hit, worded=worded[check.id] <= _MOST)
            if one:
                made.append(one)
        return made

    def finding(self, case: Case, check: CheckDef, hit: Hit, *, worded: bool = True) -> Finding | None:
        """Return the finding of a hit; None when its severity is off.

        Args:
            case: the draft under examination.
            check: what fired.
            hit: where.
            worded: add wordings, where the maker has any.

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
        finding = Finding(
            check=check.id,
            severity=severity,
            start=start,
            end=end,
            matched=matched,
            message=self._message(check, hit, {**_veiled(case, hit), "matched": matched}),
            sentence=sentence,
            anchor=Anchor.DOCUMENT if document else Anchor.SPAN,
            kind=hit.kind,
            evidence=hit.evidence,
            copy=hit.copy,
            source=hit.source,
            score=hit.score,
            roles=check.policy.roles,
            priority=check.policy.priority,
        )
        if not self._offers:
            return finding
        if not worded:
            return replace(finding, edits=hit.edits)
        return self._with_wordings(case, check, hit, finding, self._offers)

    def _message(self, check: CheckDef, hit: Hit, values: Mapping[str, str]) -> str:
        """Return the message with what it names: «{matched}», and numbers that the matcher knows."""
        message = check.message_for(hit.kind).pick(self._config.lang)
        for name, value in values.items():
            spelt = persian_digits(value) if value.isdecimal() and name != "matched" else value
            message = message.replace(f"{{{name}}}", spelt if self._config.lang is Lang.FA else value)
        return message

    def _with_wordings(self, case: Case, check: CheckDef, hit: Hit, finding: Finding, offers: Offers) -> Finding:
        """Add suggestions, and edits: the matcher's own and those that the check's file describes, a safe one first."""
        values = _shortened({**case.slots, "kind": hit.kind, "matched": finding.matched, **_veiled(case, hit)})
        wordings = self._suggester.suggest(check.id, values, draft=case.draft.text, recent=case.recent)
        nearest = self._nearest(case, check, hit)
        worded = replace(finding, suggestions=wordings, nearest=nearest, edits=hit.edits)
        mending = check.mending_for(hit.kind) if hit.mendable else None
        offered = offers.edits(case.draft, mending, worded, values) if mending else ()
        edits = tuple(sorted((*hit.edits, *offered), key=lambda edit: edit.safety is not Safety.SAFE))
        return worded if edits == hit.edits else replace(worded, edits=edits)

    def _nearest(self, case: Case, check: CheckDef, hit: Hit) -> str:
        """Return the labelled sentence that the learned reader's own find is most like."""
        if self._learned is None or not check.fault or hit.source is not Source.READER:
            return ""
        return self._learned.nearest(case.draft, (hit.first, hit.last), check.fault)


def _veiled(case: Case, hit: Hit) -> dict[str, str]:
    """Return a hit's slots; some quote the customer."""
    return {name: case.veil(value) for name, value in hit.slots}


def _shortened(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return slots that a sentence can hold: a match may be as long as the draft."""
    return {name: _cut(value) if isinstance(value, str) else value for name, value in values.items()}


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
