"""The one door to hamdel's judgement: a conversation goes in, a report comes out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypedDict, TypeVar, Unpack

from hamdel.errors import InputError
from hamdel.evidence.acts.deeds import read_deeds
from hamdel.evidence.case import Case
from hamdel.evidence.customer import Context
from hamdel.improve.fixing import Fixer
from hamdel.improve.putting_back import own_part, placed_report
from hamdel.improve.rewriting import Improver
from hamdel.judge import Judge, status_of
from hamdel.language.parts import split
from hamdel.model import (
    Audience,
    Channel,
    Conversation,
    Deeds,
    Fixed,
    Improved,
    Report,
    SentenceActs,
    Status,
)
from hamdel.settings.config import Config
from hamdel.wording.skeletons import Skeletons

if TYPE_CHECKING:
    from hamdel.archive.archive import Archive

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
        self._judge = Judge(config or Config(), archive, suggestions=suggestions, remember=remember, learned=learned)
        self.config = self._judge.config
        self.checks, self.enabled = self._judge.checks, self._judge.enabled
        self.reader, self.note = self._judge.reader, self._judge.note
        skeletons = Skeletons(self.config.templates)
        self._improver = Improver(self.checks, self._judge.offers, self.examine, skeletons, self._judge.ratings)

    @property
    def archive(self) -> Archive | None:
        """The past replies."""
        return self._judge.archive

    @archive.setter
    def archive(self, archive: Archive | None) -> None:
        self._judge.archive = archive

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
        analysis, _ = self._judge.language.read(talk.draft)
        if self.reader is None or status_of(analysis) is not Status.CHECKED:
            return ()
        evidence = self.reader.read(analysis, self._judge.customer(talk.customer)[1])
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
        _, case = self.examine(self.conversation(draft, **about))
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
        return self._judge.examine(talk)

    def check_conversation(self, talk: Conversation) -> Report:
        """Check a `Conversation`; see `check`."""
        own, parts = own_part(talk)
        return placed_report(self.examine(own)[0], parts)

    def check_with_deeds(self, draft: str, **about: Unpack[About]) -> tuple[Report, Deeds]:
        """Check one draft as `check` does, and tell what the whole of it does for the customer.

        Args:
            draft: the agent's text, raw.
            about: what is known of the conversation, as for `check`.

        Raises:
            InputError: there is no such audience or channel.
        """
        own, parts = own_part(self.conversation(draft, **about))
        report, case = self.examine(own)
        return placed_report(report, parts), read_deeds(case)

    def read_customer(self, message: str) -> Context:
        """Return what a customer's message says about the customer.

        Args:
            message: raw; may be empty.
        """
        return self._judge.customer(message)[0]


def _member(kind: type[_Choice], value: str | None, default: _Choice) -> _Choice:
    """Return the member that ``value`` names.

    Raises:
        InputError: there is none.
    """
    try:
        return kind(value) if value is not None else default
    except ValueError:
        raise InputError(f'no {kind.__name__.lower()} is called "{value}"; take one of {", ".join(kind)}') from None
