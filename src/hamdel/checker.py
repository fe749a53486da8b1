"""The one door to hamdel's judgement: a conversation goes in, a report comes out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from hamdel.checks.case import Case, Hit
from hamdel.checks.engine import Engine
from hamdel.checks.presence import read_presence
from hamdel.checks.scoring import score
from hamdel.checks.steps import Steps
from hamdel.config import Address, Config, validate_checks
from hamdel.context import Context, read_context
from hamdel.errors import InputError
from hamdel.improve.suggest import Suggester
from hamdel.language.analysis import Analysis
from hamdel.language.tokenizer import Kind
from hamdel.language.zones import IGNORE, quoted_lines
from hamdel.model import Anchor, Audience, Channel, Conversation, Finding, Report, Status
from hamdel.phrasebank import CheckDef, load_checks
from hamdel.reader import Reader

if TYPE_CHECKING:
    from hamdel.archive.archive import Archive
    from hamdel.archive.past import PastReplies

__all__ = ["Checker"]

_Choice = TypeVar("_Choice", Audience, Channel)
_ADDRESS_CHECKS = frozenset(("respect/tu-form", "respect/tv-mix"))
_QUOTE_MARK = re.compile(r"^[ \t\u200e\u200f]*>[ \t]?", re.MULTILINE)


class Checker:
    """Checks drafts; make one and keep it, for it loads the lexicon and all phrases once.

    Args:
        config: settings; the defaults when None.
        archive: past replies that drafts are compared with, when they bring none of their own.

    Attributes:
        config: the settings.
        archive: the past replies.
        checks: all checks by id.
        enabled: the ids of those that run.

    Raises:
        ConfigError: the configuration names a check that doesn't exist.
        PhrasebankError: a check's file is wrong.
        LexiconError: hazm's data can't be found.

    >>> from hamdel import Checker
    >>> Checker().check("لطفاً شماره حسابتان را وارد کنید.").findings
    ()
    """

    def __init__(self, config: Config | None = None, archive: Archive | None = None) -> None:
        self.config = config or Config()
        self.archive = archive
        self.checks = load_checks(self.config.phrasebanks, examples=False)
        validate_checks(self.config, self.checks.keys())
        self._reader = Reader(self.checks.values())
        self.enabled = tuple(self._enabled())
        self._steps = Steps(self.checks["clarity/no-next-step"])
        self._engine = Engine(self.checks, self.enabled, self._reader.analyzer, self._steps, self.config.approved)
        self._suggester = Suggester(self.config.templates)
        self._context = lru_cache(maxsize=256)(self._read_context)

    def _enabled(self) -> list[str]:
        skipped = _ADDRESS_CHECKS if self.config.address is Address.TU else frozenset()
        return [
            name
            for name, check in self.checks.items()
            if name not in skipped and self.config.severity_of(name, check.severity) is not None
        ]

    def check(  # noqa: PLR0913  # a conversation has many parts; all but the draft are optional and named
        self,
        draft: str,
        *,
        customer: str = "",
        past: Sequence[str] = (),
        audience: Audience | str | None = None,
        channel: Channel | str | None = None,
        turn: int | None = None,
        customer_id: str = "",
        agent: str = "",
        same_customer: bool = False,
    ) -> Report:
        """Check one draft.

        Args:
            draft: the agent's text, raw; leading ``>`` lines are the customer's message.
            customer: the customer's message; when empty, the ``>`` lines are taken.
            past: earlier replies to compare with, in place of the archive.
            audience: who reads it, an `Audience` or its value; the configuration's when None.
            channel: how it is sent, a `Channel` or its value; the configuration's when None.
            turn: 1 for the first reply; None when unknown.
            customer_id: who the customer is, as in the archive: what they got before is compared more strictly.
            agent: who answers, as in the archive: whose openings are compared.
            same_customer: the replies in ``past`` went to this customer.

        Returns:
            The report; its findings hold code-point offsets into ``draft``.

        Raises:
            InputError: there is no such audience or channel.
            TemplateError: a suggestion's template is wrong.
        """
        message = customer or _customer_in(draft)
        reader = _member(Audience, audience, self.config.audience)
        way = _member(Channel, channel, self.config.channel)
        talk = Conversation(draft, message, tuple(past), reader, way, turn, customer_id, agent, same_customer)
        return self.check_conversation(talk)

    def check_conversation(self, talk: Conversation) -> Report:
        """Check a `Conversation`; see `check`."""
        analysis, hits = self._reader.read(talk.draft)
        context = self._context(talk.customer)
        status = _status(analysis)
        findings: list[Finding] = []
        ignored = 0
        scores = None
        if status is not Status.NOTHING:
            case = Case(talk, analysis, context, hits, self._past(talk))
            found = self._engine.run(case, persian=status is Status.CHECKED)
            made = [self._finding(case, check, hit) for check, hit in found]
            kept = [finding for finding in made if finding and not self._allowed(finding)]
            findings = _not_ignored(talk.draft, kept)
            ignored = len(kept) - len(findings)
            findings.sort(key=lambda f: (f.severity.rank, f.start, f.end, f.check))
            if status is Status.CHECKED:
                scores = score(read_presence(case, self._steps), findings)
        return Report(
            draft=talk.draft,
            findings=tuple(findings),
            status=status,
            lang=self.config.lang,
            emotion=context.emotion,
            register=context.register,
            ignored=ignored,
            customer=talk.customer,
            scores=scores,
        )

    def _past(self, talk: Conversation) -> PastReplies | None:
        if talk.past:
            from hamdel.archive.past import InMemoryReplies  # few drafts come with earlier replies

            return InMemoryReplies(talk.past, same_customer=talk.same_customer)
        return self.archive.view(customer=talk.customer_id, agent=talk.agent) if self.archive else None

    def _read_context(self, message: str) -> Context:
        if not message.strip():
            return Context()
        return read_context(*self._reader.read_customer(message))

    def _allowed(self, finding: Finding) -> bool:
        return bool(finding.matched) and finding.matched in self.config.allow

    def _finding(self, case: Case, check: CheckDef, hit: Hit) -> Finding | None:
        severity = self.config.severity_of(check.id, hit.severity or check.severity)
        if severity is None:
            return None
        draft = case.draft
        start, end = hit.chars or (draft.span(hit.first, hit.last) if hit.last > hit.first else (0, 0))
        matched = draft.text[start:end]
        document = start == end
        sentence = (0, 0) if document else draft.span(*draft.sentence(draft.token_at(start)))
        values = {**case.slots, "kind": hit.kind, "matched": matched, **dict(hit.slots)}
        return Finding(
            check=check.id,
            severity=severity,
            start=start,
            end=end,
            matched=matched,
            message=check.message_for(hit.kind).pick(self.config.lang).replace("{matched}", matched),
            suggestions=self._suggester.suggest(check.id, values, draft=draft.text, recent=case.recent),
            sentence=sentence,
            anchor=Anchor.DOCUMENT if document else Anchor.SPAN,
            kind=hit.kind,
            evidence=hit.evidence,
            copy=hit.copy,
            edits=hit.edits,
        )


def _member(kind: type[_Choice], value: str | None, default: _Choice) -> _Choice:
    """Return the member that ``value`` names.

    Raises:
        InputError: there is none.
    """
    try:
        return kind(value) if value is not None else default
    except ValueError:
        raise InputError(f'no {kind.__name__.lower()} is called "{value}"; take one of {", ".join(kind)}') from None


def _customer_in(draft: str) -> str:
    """Return the ``>`` lines that open a draft, without their marks."""
    lines: list[str] = []
    for first, last in quoted_lines(draft):
        before = draft[:first].splitlines()
        if any(line.strip() and not _QUOTE_MARK.match(line) for line in before):
            break
        lines.append(_QUOTE_MARK.sub("", draft[first:last]))
    return "\n".join(lines)


def _status(analysis: Analysis) -> Status:
    """Tell whether there is something to check, and whether it is Persian."""
    kinds = [word.kind for word, quiet in zip(analysis.words, analysis.silent, strict=True) if not quiet]
    persian, latin = kinds.count(Kind.WORD), kinds.count(Kind.LATIN)
    if persian * 2 >= latin and persian:
        return Status.CHECKED
    other = any(word.kind in (Kind.NUMBER, Kind.SLOT) for word in analysis.words)
    return Status.NOT_PERSIAN if latin or other else Status.NOTHING


def _not_ignored(text: str, findings: list[Finding]) -> list[Finding]:
    """Drop what a ``hamdel: ignore[…]`` comment silences: on its line, or on the next when it stands alone."""
    if "hamdel:" not in text:
        return findings
    silenced: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for match in IGNORE.finditer(text):
        start = text.rfind("\n", 0, match.start()) + 1
        end = text.find("\n", match.end())
        end = len(text) if end < 0 else end
        if not any(c.isalnum() for c in IGNORE.sub("", text[start:end])):
            following = text.find("\n", end + 1)
            end = len(text) if following < 0 else following
        for name in (match[1] or "*").split(","):
            silenced[name.strip()].append((start, end))
    return [f for f in findings if not _is_silenced(f, silenced)]


def _is_silenced(finding: Finding, silenced: dict[str, list[tuple[int, int]]]) -> bool:
    if finding.anchor is Anchor.DOCUMENT:
        return finding.check in silenced
    places = silenced.get(finding.check, []) + silenced.get("*", [])
    return any(start <= finding.start < end for start, end in places)
