"""One reply to one report: what is read in it, which checks find something, and how it scores."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from hamdel.checks.engine import Engine, Kit
from hamdel.checks.scoring import Ratings, score
from hamdel.checks.silenced import not_ignored
from hamdel.checks.weighing import Weigher
from hamdel.evidence.acts.steps import Steps
from hamdel.evidence.analysing import Reader
from hamdel.evidence.case import Case
from hamdel.evidence.customer import Context, read_context
from hamdel.evidence.learned.inference import EvidenceReader, Message
from hamdel.evidence.learned.ratings import tally
from hamdel.evidence.learned.traits import shipped_traits
from hamdel.improve.findings import FindingMaker
from hamdel.improve.offers import Offers
from hamdel.language.analysis import Analysis
from hamdel.language.tokenizer import Kind
from hamdel.model import Conversation, Emotion, Finding, Report, Scores, Status
from hamdel.model.policy import Role
from hamdel.phrasebank import load_checks
from hamdel.phrasebank.roles import by_role, only
from hamdel.settings.config import Address, Config, validate_checks

if TYPE_CHECKING:
    from hamdel.archive.archive import Archive
    from hamdel.archive.past import PastReplies

__all__ = ["Judge", "status_of"]


class Judge:
    """Judges replies with nothing else in their drafts; `hamdel.checker.Checker` takes out what they quote.

    Args:
        config: settings.
        archive: past replies that drafts are compared with, when they bring none of their own.
        suggestions: word them.
        remember: how many times the usual number of words is kept in memory.
        learned: ask the learned reader, too.

    Attributes:
        config: the settings.
        archive: the past replies.
        checks: all checks by id.
        enabled: the ids of those that run.
        language: reads drafts and messages.
        reader: the learned reader; None where it isn't asked.
        ratings: what scores are sums of; None without the reader.
        offers: what is offered for what is missing.
        note: what people should know of the settings, in a line.

    Raises:
        ConfigError: the configuration names a check that doesn't exist, or what a team taught is damaged.
        PhrasebankError: a check's file is wrong.
        LexiconError: hazm's data can't be found.
    """

    def __init__(
        self, config: Config, archive: Archive | None, *, suggestions: bool, remember: int, learned: bool
    ) -> None:
        self.config, self.archive = config, archive
        self.checks = load_checks(config.phrasebanks, examples=False)
        validate_checks(config, self.checks.keys())
        self._roles = by_role(self.checks.values())
        self.language = Reader(self.checks.values(), remember=remember)
        self.enabled = tuple(self._enabled())
        self.reader = EvidenceReader(shipped_traits(remember=remember)) if learned else None
        self.note, self._team = "", None
        if self.reader and config.learned:
            from hamdel.checks.taught import taught  # here, for most teams have taught nothing

            self.note, self._team = taught(self.reader, config.learned, self.checks)
        weigher = Weigher(self.reader, explains=suggestions) if self.reader else None
        steps = Steps(only(self.checks, Role.NEXT_STEP))
        kit = Kit(self.language.analyzer, steps, tuple(config.approved), config.limit)
        self._engine = Engine(self.checks, self.enabled, kit, weigher)
        self.ratings = Ratings(self.reader.ratings, self.checks) if self.reader else None
        self.offers = Offers(only(self.checks, Role.CLOSING).words("closings"))
        self._maker = FindingMaker(config, self.offers if suggestions else None, self.reader)
        #: What a customer's message says, as `read_context` and the reader have it; the last ones are remembered.
        self.customer = lru_cache(maxsize=256)(self._customer)

    def _enabled(self) -> list[str]:
        skipped = self._roles[Role.ADDRESS] if self.config.address is Address.TU else ()
        return [
            name
            for name, check in self.checks.items()
            if name not in skipped and self.config.severity_of(name, check.severity) is not None
        ]

    def examine(self, talk: Conversation) -> tuple[Report, Case]:
        """Return the report on a reply, with nothing else in its draft, and what it was made from.

        Raises:
            TemplateError: a suggestion's template is wrong.
        """
        analysis, hits = self.language.read(talk.draft)
        context, message = self.customer(talk.customer)
        status = status_of(analysis)
        case = Case(talk, analysis, context, hits, self._roles, self._past(talk), message)
        if self.reader and status is Status.CHECKED:
            case.evidence = self.reader.read(analysis, message)
        kept: list[Finding] = []
        if status is not Status.NOTHING:
            found = self._engine.run(case, persian=status is Status.CHECKED)
            kept = [finding for finding in self._maker.findings(case, found) if not self._allowed(finding)]
            if self._team and case.evidence:
                kept = list(self._team.kept(kept, case.evidence, analysis))
        findings = not_ignored(talk.draft, kept)
        findings.sort(key=lambda f: (f.severity.rank, f.start, f.end, f.check))
        report = Report(
            draft=talk.draft,
            findings=tuple(findings),
            status=status,
            lang=self.config.lang,
            emotion=context.emotion if context.emotion is not Emotion.NEUTRAL else message.emotion,
            register=context.register,
            stage=context.stage,
            ignored=len(kept) - len(findings),
            customer=talk.customer,
            scores=self._scores(case, findings),
        )
        return report, case

    def _scores(self, case: Case, findings: Sequence[Finding]) -> Scores | None:
        if self.ratings is None or case.evidence is None:
            return None
        counts = tally(case.evidence, case.lacking, case.draft.text)
        content = case.context.content
        takes_up = not (content.isdisjoint(case.said_lemmas) and content.isdisjoint(case.said_norms))
        return score(self.ratings, counts, findings, takes_up=takes_up)

    def _past(self, talk: Conversation) -> PastReplies | None:
        if talk.past:
            from hamdel.archive.past import InMemoryReplies  # few drafts come with earlier replies

            return InMemoryReplies(talk.past, same_customer=talk.same_customer)
        return self.archive.view(customer=talk.customer_id, agent=talk.agent) if self.archive else None

    def _customer(self, text: str) -> tuple[Context, Message]:
        if not text.strip():
            return Context(), Message()
        analysis, hits = self.language.read_customer(text)
        context = read_context(analysis, hits)
        if not self.reader:
            return context, Message()
        message = self.reader.message(analysis, context)
        return replace(context, felt=message.emotion), message

    def _allowed(self, finding: Finding) -> bool:
        return bool(finding.matched) and finding.matched in self.config.allow


def status_of(analysis: Analysis) -> Status:
    """Tell whether there is something to check, and whether it is Persian."""
    kinds = [word.kind for word, quiet in zip(analysis.words, analysis.silent, strict=True) if not quiet]
    persian, latin = kinds.count(Kind.WORD), kinds.count(Kind.LATIN)
    if persian * 2 >= latin and persian:
        return Status.CHECKED
    other = any(word.kind in (Kind.NUMBER, Kind.SLOT) for word in analysis.words)
    return Status.NOT_PERSIAN if latin or other else Status.NOTHING
