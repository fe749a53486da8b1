"""The one door to hamdel's judgement: a conversation goes in, a report comes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, TypedDict, TypeVar, Unpack

from hamdel.checks.engine import Engine, Kit
from hamdel.checks.scoring import Ratings, score
from hamdel.checks.silenced import not_ignored
from hamdel.checks.taught import taught
from hamdel.checks.weighing import Weigher
from hamdel.errors import InputError
from hamdel.evidence.acts.deeds import read_deeds
from hamdel.evidence.acts.steps import Steps
from hamdel.evidence.analysing import Reader
from hamdel.evidence.case import Case
from hamdel.evidence.customer import Context, read_context
from hamdel.evidence.learned.inference import EvidenceReader, Message
from hamdel.evidence.learned.ratings import tally
from hamdel.evidence.learned.traits import shipped_traits
from hamdel.improve.findings import FindingMaker
from hamdel.improve.fixing import Fixer
from hamdel.improve.offers import Offers
from hamdel.improve.putting_back import own_part, placed_report
from hamdel.improve.rewriting import Improver
from hamdel.language.analysis import Analysis
from hamdel.language.parts import split
from hamdel.language.tokenizer import Kind
from hamdel.model import (
    Audience,
    Channel,
    Conversation,
    Deeds,
    Emotion,
    Finding,
    Fixed,
    Improved,
    Report,
    Scores,
    SentenceActs,
    Status,
)
from hamdel.model.policy import Role
from hamdel.phrasebank import load_checks
from hamdel.phrasebank.roles import by_role, only
from hamdel.settings.config import Address, Config, validate_checks
from hamdel.wording.skeletons import Skeletons

if TYPE_CHECKING:
    from hamdel.archive.archive import Archive
    from hamdel.archive.past import PastReplies

__all__ = ["About", "Checker"]

_Choice = TypeVar("_Choice", Audience, Channel)


class About(TypedDict, total=False):
    """What may be known of a conversation besides its draft; see `Checker.check`."""

    customer: str
    past: Sequence[str]
    audience: Audience | str | None
    channel: Channel | str | None
    turn: int | None
    customer_id: str
    agent: str
    same_customer: bool


class Checker:
    """Checks drafts; make one and keep it, for it loads the lexicon and all phrases once.

    Args:
        config: settings; the defaults when None.
        archive: past replies that drafts are compared with, when they bring none of their own.
        suggestions: word them; without them findings have none, and checking is faster.
        remember: how many times the usual number of words is kept in memory; an eighth faster with 8, in 30 MB more.
        learned: ask the learned reader, too; without it the rules decide alone, as its training needs them.

    Attributes:
        config: the settings.
        archive: the past replies.
        checks: all checks by id.
        enabled: the ids of those that run.
        reader: the learned reader; None where it isn't asked.
        note: what people should know of the settings, in a line: that what the team taught is out of date.

    Raises:
        ConfigError: the configuration names a check that doesn't exist, or what a team taught is damaged.
        PhrasebankError: a check's file is wrong.
        LexiconError: hazm's data can't be found.

    >>> from hamdel import Checker
    >>> Checker().check("لطفاً شماره حسابتان را وارد کنید.").findings
    ()
    """

    def __init__(
        self,
        config: Config | None = None,
        archive: Archive | None = None,
        *,
        suggestions: bool = True,
        remember: int = 1,
        learned: bool = True,
    ) -> None:
        self.config = config or Config()
        self.archive = archive
        self.checks = load_checks(self.config.phrasebanks, examples=False)
        validate_checks(self.config, self.checks.keys())
        self._roles = by_role(self.checks.values())
        self._reader = Reader(self.checks.values(), remember=remember)
        self.enabled = tuple(self._enabled())
        self._steps = Steps(only(self.checks, Role.NEXT_STEP))
        self._evidence = EvidenceReader(shipped_traits(remember=remember)) if learned else None
        self.reader = self._evidence
        self.note, self._team = "", None
        if self._evidence and self.config.learned:
            self.note, self._team = taught(self._evidence, self.config.learned, self.checks)
        weigher = Weigher(self._evidence, explains=suggestions) if self._evidence else None
        kit = Kit(self._reader.analyzer, self._steps, tuple(self.config.approved), self.config.limit)
        self._engine = Engine(self.checks, self.enabled, kit, weigher)
        self._ratings = Ratings(self._evidence.ratings, self.checks) if self._evidence else None
        offers = Offers(only(self.checks, Role.CLOSING).words("closings"))
        self._maker = FindingMaker(self.config, offers if suggestions else None, self._evidence)
        self._improver = Improver(self.checks, offers, self._examine, Skeletons(self.config.templates), self._ratings)
        self._context = lru_cache(maxsize=256)(self._read_context)

    def _enabled(self) -> list[str]:
        skipped = self._roles[Role.ADDRESS] if self.config.address is Address.TU else ()
        return [
            name
            for name, check in self.checks.items()
            if name not in skipped and self.config.severity_of(name, check.severity) is not None
        ]

    def conversation(self, draft: str, **about: Unpack[About]) -> Conversation:
        """Return what is to be checked, completed from the settings; see `check` for the arguments.

        Raises:
            InputError: there is no such audience or channel.
        """
        return Conversation(
            draft=draft,
            customer=about.get("customer") or split(draft).customer,
            past=tuple(about.get("past", ())),
            audience=_member(Audience, about.get("audience"), self.config.audience),
            channel=_member(Channel, about.get("channel"), self.config.channel),
            turn=about.get("turn"),
            customer_id=about.get("customer_id", ""),
            agent=about.get("agent", ""),
            same_customer=about.get("same_customer", False),
        )

    def check(self, draft: str, **about: Unpack[About]) -> Report:
        """Check one draft.

        Args:
            draft: the agent's text, raw; what is quoted in it is the customer's (see `hamdel.language.parts`).
            about: what is known of the conversation: ``customer`` (the customer's message; when empty, what is quoted
                in the draft), ``past`` (earlier replies to compare with, in place of the archive), ``audience``
                and ``channel`` (members or their values; the configuration's when None), ``turn`` (1 for the first
                reply; None when unknown), ``customer_id`` (as in the archive: what this customer got before is compared
                more strictly), ``agent`` (as in the archive: whose openings are compared), ``same_customer`` (the
                replies in ``past`` went to this customer).

        Returns:
            The report; its findings hold code-point offsets into ``draft``.

        Raises:
            InputError: there is no such audience or channel.
            TemplateError: a suggestion's template is wrong.
        """
        return self.check_conversation(self.conversation(draft, **about))

    def fix(self, draft: str, *, offered: bool = False, **about: Unpack[About]) -> Fixed:
        """Apply the safe edits of a draft's findings.

        Args:
            draft: the agent's text, raw.
            offered: apply the first offered edit, too, where there is no safe one; somebody has to read the result.
            about: what is known of the conversation, as for `check`.

        Raises:
            InputError: there is no such audience or channel.
            TemplateError: a suggestion's template is wrong.
        """
        return Fixer(self.check_conversation, offered=offered).fix(self.conversation(draft, **about))

    def improve(self, draft: str, *, situation: str | None = None, **about: Unpack[About]) -> Improved:
        """Rewrite a draft: its facts and order kept, what hurts repaired, what is missing added.

        Args:
            draft: the agent's text, raw; may be empty when there is a situation.
            situation: the skeleton to start from, by name; None to start from the draft.
            about: what is known of the conversation, as for `check`.

        Raises:
            InputError: there is no such audience, channel or situation.
            TemplateError: a template is wrong.
        """
        talk = self.conversation(draft, **about)
        return self._improver.improve(talk) if situation is None else self._improver.start(talk, situation)

    def acts(self, draft: str, **about: Unpack[About]) -> tuple[SentenceActs, ...]:
        """Tell what each sentence of a reply does for the customer; faults are findings, and not told here.

        Args:
            draft: the agent's text, raw.
            about: what is known of the conversation, as for `check`.

        Raises:
            InputError: there is no such audience or channel.
        """
        talk, parts = own_part(self.conversation(draft, **about))
        analysis, _ = self._reader.read(talk.draft)
        if self._evidence is None or _status(analysis) is not Status.CHECKED:
            return ()
        evidence = self._evidence.read(analysis, self._context(talk.customer)[1])
        if evidence is None:
            return ()
        done = evidence.done({check.fault for check in self.checks.values()})
        return tuple(SentenceActs(*parts.span(*analysis.span(*sentence)), acts) for sentence, acts in done)

    def likely(self, draft: str, span: tuple[int, int], **about: Unpack[About]) -> tuple[str, ...]:
        """Return the checks that look for faults, the one first whose fault some words most likely have.

        Args:
            draft: the agent's text, raw.
            span: of the words, in code points.
            about: what is known of the conversation, as for `check`.

        Raises:
            InputError: there is no such audience or channel.
        """
        _, case = self._examine(self.conversation(draft, **about))
        known = {check.id: check.fault for check in self.checks.values() if check.fault}
        evidence = case.evidence
        if evidence is None:
            return tuple(known)
        places = [case.draft.span(*sentence) for sentence in evidence.sentences]
        within = [i for i, (start, end) in enumerate(places) if start < span[1] and span[0] < end]
        rows = evidence.chances[within or range(len(places))].max(axis=0)
        return tuple(sorted(known, key=lambda check: -float(rows[evidence.column(known[check])])))

    def examine(self, talk: Conversation) -> tuple[Report, Case]:
        """Check a `Conversation` as it is, quotations and all, and return what the report was made from, too."""
        return self._examine(talk)

    def check_conversation(self, talk: Conversation) -> Report:
        """Check a `Conversation`; see `check`."""
        own, parts = own_part(talk)
        return placed_report(self._examine(own)[0], parts)

    def check_with_deeds(self, draft: str, **about: Unpack[About]) -> tuple[Report, Deeds]:
        """Check one draft as `check` does, and tell what the whole of it does for the customer.

        Args:
            draft: the agent's text, raw.
            about: what is known of the conversation, as for `check`.

        Raises:
            InputError: there is no such audience or channel.
        """
        own, parts = own_part(self.conversation(draft, **about))
        report, case = self._examine(own)
        return placed_report(report, parts), read_deeds(case)

    def _examine(self, talk: Conversation) -> tuple[Report, Case]:
        """Return the report on a reply, with nothing else in its draft, and what it was made from."""
        analysis, hits = self._reader.read(talk.draft)
        context, message = self._context(talk.customer)
        status = _status(analysis)
        case = Case(talk, analysis, context, hits, self._roles, self._past(talk), message)
        if self._evidence and status is Status.CHECKED:
            case.evidence = self._evidence.read(analysis, message)
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
        if self._ratings is None or case.evidence is None:
            return None
        counts = tally(case.evidence, case.lacking, case.draft.text)
        content = case.context.content
        takes_up = not (content.isdisjoint(case.said_lemmas) and content.isdisjoint(case.said_norms))
        return score(self._ratings, counts, findings, takes_up=takes_up)

    def _past(self, talk: Conversation) -> PastReplies | None:
        if talk.past:
            from hamdel.archive.past import InMemoryReplies  # few drafts come with earlier replies

            return InMemoryReplies(talk.past, same_customer=talk.same_customer)
        return self.archive.view(customer=talk.customer_id, agent=talk.agent) if self.archive else None

    def read_customer(self, message: str) -> Context:
        """Return what a customer's message says about the customer.

        Args:
            message: raw; may be empty.
        """
        return self._context(message)[0]

    def _read_context(self, text: str) -> tuple[Context, Message]:
        if not text.strip():
            return Context(), Message()
        analysis, hits = self._reader.read_customer(text)
        context = read_context(analysis, hits)
        if not self._evidence:
            return context, Message()
        message = self._evidence.message(analysis, context)
        return replace(context, felt=message.emotion), message

    def _allowed(self, finding: Finding) -> bool:
        return bool(finding.matched) and finding.matched in self.config.allow


def _member(kind: type[_Choice], value: str | None, default: _Choice) -> _Choice:
    """Return the member that ``value`` names.

    Raises:
        InputError: there is none.
    """
    try:
        return kind(value) if value is not None else default
    except ValueError:
        raise InputError(f'no {kind.__name__.lower()} is called "{value}"; take one of {", ".join(kind)}') from None


def _status(analysis: Analysis) -> Status:
    """Tell whether there is something to check, and whether it is Persian."""
    kinds = [word.kind for word, quiet in zip(analysis.words, analysis.silent, strict=True) if not quiet]
    persian, latin = kinds.count(Kind.WORD), kinds.count(Kind.LATIN)
    if persian * 2 >= latin and persian:
        return Status.CHECKED
    other = any(word.kind in (Kind.NUMBER, Kind.SLOT) for word in analysis.words)
    return Status.NOT_PERSIAN if latin or other else Status.NOTHING
