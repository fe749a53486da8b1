"""A whole better draft: the agent's facts and order kept, sentences with findings repaired, what is missing added.

Each round repairs what the last report says; the first takes the offered wordings, later ones take away what still has
a finding. What only the agent can know stays a visible «[…]», and so does every fact that a repair has no place for.
What is warm stands at the start and the end, what is competent in the middle. Source: Packard, Li and Berger 2024, key
PLB in ``phrasebanks/sources.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from hamdel.checks.scoring import Ratings, rescored
from hamdel.evidence.case import Case
from hamdel.evidence.customer.details import read_details
from hamdel.improve.assembling import Patch, assemble, moved
from hamdel.improve.facts import facts, lost, reminder
from hamdel.improve.offers import ADDING, Offers, sentence_change
from hamdel.improve.picking import pick
from hamdel.improve.putting_back import own_part, placed_improvement
from hamdel.improve.statements import going, reminding, statements
from hamdel.improve.tracing import Trace
from hamdel.model import Anchor, Change, Conversation, Finding, Improved, Report, Safety, Severity, Source, Step
from hamdel.model.definitions import Scope
from hamdel.model.policy import Role
from hamdel.phrasebank import CheckDef
from hamdel.wording.skeletons import Skeletons
from hamdel.wording.slots import known, placeholder

__all__ = ["Improver"]

Examine = Callable[[Conversation], tuple[Report, Case]]

_ROUNDS = 3
_ACTS = re.compile(r"می\u200c\w+م\b")
#: What a person expects of a whole reply, even where a check only hints at it.
_ALWAYS = (Scope.GREETING, Scope.CLOSING)


class Improver:
    """Rewrites drafts.

    Args:
        checks: definitions by id.
        offers: makes changes of wordings.
        examine: checks a conversation and returns what the report was made from as well.
        skeletons: whole replies by situation.
    """

    def __init__(
        self,
        checks: Mapping[str, CheckDef],
        offers: Offers,
        examine: Examine,
        skeletons: Skeletons,
        ratings: Ratings | None = None,
    ) -> None:
        self._checks = checks
        self._offers = offers
        self._examine = examine
        self._skeletons = skeletons
        self._ratings = ratings

    def start(self, talk: Conversation, situation: str) -> Improved:
        """Return the reply that a situation calls for, with what the draft and the customer say in its slots.

        Raises:
            InputError: there is no such situation.
            TemplateError: its template is wrong.
        """
        talk, parts = own_part(talk)
        _, case = self._examine(talk)
        stated = list(facts(case.draft, case.said))
        text = self._skeletons.render(situation, {**_from_draft(case), **known(case.slots)}, recent=case.recent)
        missing = reminder(lost(stated, text))
        if missing:
            text += f"\n{missing}"
        report, _ = self._examine(replace(talk, draft=text))
        report = self._scored(talk, report, "")
        step = Step(0, len(text), talk.draft.strip(), text, self._skeletons.title(situation, report.lang))
        return placed_improvement(parts, Improved(talk.draft, text, (step,), report))

    def improve(self, talk: Conversation) -> Improved:
        """Return a better draft; the same one when nothing has to be mended. What is quoted in it stays."""
        own, parts = own_part(talk)
        return placed_improvement(parts, self._rewritten(own))

    def _rewritten(self, talk: Conversation) -> Improved:
        """Return a better draft for one that is nothing but a reply."""
        report, case = self._examine(talk)
        steps: tuple[Step, ...] = ()
        trace = Trace(talk.draft)
        for number in range(_ROUNDS):
            patches = self._patches(report, case, number, trace)
            if not patches:
                break
            text, new, changes = assemble(report.draft, patches)
            steps = (*moved(steps, [one.change for one in changes]), *new)
            trace.follow(changes)
            report, case = self._examine(replace(talk, draft=text))
        steps = trace.dated_back(sorted(steps, key=lambda step: (step.start, step.end)))
        scored = self._scored(talk, report, trace.said(report.draft)) if steps else report
        return Improved(talk.draft, report.draft, steps, scored, trace.sources)

    def _scored(self, talk: Conversation, report: Report, said: str) -> Report:
        """Return a report whose scores count what the draft says, not what was put there for the agent to agree to."""
        own, _ = self._examine(replace(talk, draft=said))
        if not report.scores or self._ratings is None:
            return report
        return replace(report, scores=rescored(self._ratings, own.scores, report.scores))

    def _patches(self, report: Report, case: Case, number: int, trace: Trace) -> list[Patch]:
        """Return what to do about a report's findings in one round."""
        wanted = [finding for finding in report.findings if self._is_wanted(finding, number)]
        removals = list(self._removals(case, wanted, number, trace))
        patches = [*removals, *self._replacements(wanted, [patch.change for patch in removals])]
        return self._with_facts(case, wanted, [*patches, *self._additions(case, wanted, patches, number)])

    def _scope(self, finding: Finding) -> Scope | None:
        mending = self._checks[finding.check].mending_for(finding.kind)
        return mending.scope if mending else None

    def _is_wanted(self, finding: Finding, number: int) -> bool:
        if Role.SLOT in finding.roles:
            return False
        if finding.source is Source.READER and self._scope(finding) is Scope.DROP:
            return False  # a listed formula may go; a clause that only the learned reader finds says something
        if finding.severity is not Severity.SUGGESTION:
            return True
        at_once = _is_safe(finding) or Role.REPEATED in finding.roles
        return self._scope(finding) in _ALWAYS or (number == 0 and at_once)

    def _is_removed(self, finding: Finding, number: int) -> bool:
        """Tell whether a finding's clause goes; later rounds take no chances."""
        if finding.anchor is Anchor.DOCUMENT or _is_safe(finding):
            return False
        return number > 0 or not finding.edits or self._scope(finding) is Scope.SENTENCE

    def _removals(self, case: Case, findings: Iterable[Finding], number: int, trace: Trace) -> Iterator[Patch]:
        """Yield one patch a sentence whose clauses with findings go: the gravest one's wording takes their place.

        In later rounds nothing does, unless the only slot of its kind goes with them: it says what is to be promised.
        """
        sentences: dict[tuple[int, int], list[Finding]] = {}
        for finding in findings:
            if self._is_removed(finding, number):
                sentence = case.draft.sentence(case.draft.token_at(finding.start))
                sentences.setdefault(sentence, []).append(finding)
        used: list[str] = []
        answered: set[str] = set()
        for sentence, mine in sorted(sentences.items()):
            first = _spokesman(mine)
            bad = [token for finding in mine for token in case.draft.tokens(finding.start, finding.end)]
            change = sentence_change(case.draft, sentence, bad, "")
            needless = number and not trace.needs(case.draft.text, change.start, change.end)
            text = "" if needless or first.check in answered else pick(first.suggestions, used, needed=False)
            answered.add(first.check)
            used.append(text)
            change = sentence_change(case.draft, sentence, bad, text)
            yield Patch(change, first.message, _ids(mine), removes=True)

    @staticmethod
    def _replacements(findings: Iterable[Finding], gone: Sequence[Change]) -> Iterator[Patch]:
        """Yield the changes of the first edit of findings that keep their sentence."""
        done: set[Change] = set()
        for finding in findings:
            removed = any(change.start <= finding.start < change.end for change in gone)
            keeps = finding.edits and finding.anchor is Anchor.SPAN and not removed
            for change in finding.edits[0].changes if keeps else ():
                if change not in done:
                    done.add(change)
                    yield Patch(change, finding.message, (finding.check,))

    def _additions(self, case: Case, findings: Iterable[Finding], patches: list[Patch], number: int) -> Iterator[Patch]:
        """Yield the sentences that the draft lacks, unless a repaired one already says as much."""
        said = [patch.change.new for patch in patches]
        event = str(case.slots["problem"])
        missing = [(self._scope(finding), finding) for finding in findings if finding.anchor is Anchor.DOCUMENT]
        for scope in ADDING:
            for finding in (finding for wanted, finding in missing if wanted is scope):
                told = bool(event) and any(event in text for text in said)
                if Role.NEXT_STEP in finding.roles and any(map(_promises, said)):
                    continue
                if Role.PROBLEM in finding.roles and told:
                    continue
                wordings = _with_event(finding.suggestions[number:] or finding.suggestions, event, wanted=not told)
                said.append(pick(wordings, said))
                yield Patch(
                    self._offers.places.insertion(case.draft, scope, said[-1]), finding.message, (finding.check,)
                )

    @staticmethod
    def _with_facts(case: Case, findings: Iterable[Finding], patches: list[Patch]) -> list[Patch]:
        """Return the patches with a reminder of each fact that would go with a clause."""
        draft = case.draft
        gone = [patch for patch in patches if patch.removes]
        if not gone:
            return patches
        spans = (draft.tokens(finding.start, finding.end) for finding in findings if finding.anchor is Anchor.SPAN)
        hurt = {token for tokens in spans for token in tokens}
        inside = [going(draft, patch.change) for patch in gone]
        covered = {token for tokens in inside for token in tokens}
        rest = " ".join(draft.raw(i) for i in range(len(draft.words)) if i not in covered)
        rest += " ".join(patch.change.new for patch in patches)
        reminders: dict[Patch, str] = {}
        for patch, tokens in zip(gone, inside, strict=True):
            stated = (*facts(draft, tokens), *statements(draft, tokens, hurt))
            reminders[patch] = reminder(lost(stated, rest))
            rest += reminders[patch]
        return [patch._replace(change=reminding(patch.change, reminders.get(patch, ""))) for patch in patches]


def _spokesman(findings: Sequence[Finding]) -> Finding:
    """Return the finding whose wording takes a sentence's place: of the gravest a rule's, which knows what it found."""
    worded = [one for one in findings if one.severity is findings[0].severity and one.suggestions]
    return min(worded or findings, key=lambda finding: finding.source is Source.READER)


def _from_draft(case: Case) -> dict[str, object]:
    """Return the slots that the draft itself can fill where the customer's message can't."""
    details = read_details(case.draft)
    found = {"order": details.orders, "amount": details.amounts, "date": details.dates, "product": details.products}
    return {name: values[0] for name, values in found.items() if values}


def _with_event(wordings: Sequence[str], event: str, *, wanted: bool) -> Sequence[str]:
    """Return the wordings that take up the event in the customer's own words, or those that don't, if there are any."""
    return [wording for wording in wordings if event and (event in wording) == wanted] or wordings


def _promises(text: str) -> bool:
    """Tell whether a wording says what the writer does, and until when."""
    return placeholder("time") in text and bool(_ACTS.search(text))


def _is_safe(finding: Finding) -> bool:
    return bool(finding.edits) and finding.edits[0].safety is Safety.SAFE


def _ids(findings: Iterable[Finding]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(finding.check for finding in findings))
